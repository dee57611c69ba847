"""The drawing of a mark: ripples around a centre, as circles and as a small picture."""

import math
import struct
import zlib
from dataclasses import dataclass
from functools import cache

from impact_cli.report.blocks import Rating

_SHARE = 0.22  # how much of its colour a reached circle adds to what lies under it


@dataclass(frozen=True, slots=True)
class Ring:
    """One circle, in units of a square of 100 by 100."""

    radius: float
    reached: bool


def rings(rating: Rating) -> list[Ring]:
    """A circle for each possible mark, widest first; those up to the value are reached."""
    return [
        Ring(round(49 * number / rating.maximum, 2), number <= rating.value) for number in range(rating.maximum, 0, -1)
    ]


def draw_png(rating: Rating, color: str, size: int = 160) -> bytes:
    """The drawing on white as a PNG of `size` (even) by `size` pixels, for formats that take no vectors."""
    return _draw(tuple(rings(rating)), color, size)


@cache  # marks of a report are often the same, and each takes longer than a page of words
def _draw(circles: tuple[Ring, ...], color: str, size: int) -> bytes:
    half = size // 2
    shades = [
        [_shade(circles, math.hypot(x + 0.5, y + 0.5) * 100 / size, 100 / size) for x in range(half)]
        for y in range(half)
    ]
    ink = bytes.fromhex(color.removeprefix("#"))
    quarter = [[_mix(ink, shade) for shade in row] for row in shades]
    rows = [b"\0" + b"".join(row[::-1]) + b"".join(row) for row in quarter]
    return _encode_png(rows[::-1] + rows, size)


def _shade(circles: tuple[Ring, ...], distance: float, pixel: float) -> float:
    """How much colour lies at this distance from the centre, 0 to 1."""
    white = 1.0
    for circle in circles:
        inside = _clamp((circle.radius - distance) / pixel + 0.5)
        edge = _clamp(1.2 - abs(circle.radius - distance) / pixel)
        if circle.reached:
            white = 1 - (1 - white * (1 - _SHARE * inside)) * (1 - edge)
        else:
            white *= 1 - 0.5 * edge
    return 1 - white


def _clamp(share: float) -> float:
    return min(1.0, max(0.0, share))


def _mix(ink: bytes, shade: float) -> bytes:
    return bytes(round(255 + (part - 255) * shade) for part in ink)


def _encode_png(rows: list[bytes], size: int) -> bytes:
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
