import struct
import zlib

import pytest

from impact_cli.render.rings import draw_png, rings
from impact_cli.report.blocks import Rating


@pytest.mark.parametrize("value", [1, 3, 5])
def test_as_many_circles_are_reached_as_the_mark_says(value: int) -> None:
    drawn = rings(Rating("Intensité", value, 5, "Intensité"))
    assert len(drawn) == 5
    assert sum(ring.reached for ring in drawn) == value
    assert [ring.radius for ring in drawn] == sorted((ring.radius for ring in drawn), reverse=True)


def test_picture_is_coloured_in_its_middle_and_white_in_its_corners() -> None:
    rows = _decode(draw_png(Rating("Intensité", 2, 5, "Intensité"), "#a33e19", 40), 40)
    red, green, blue = rows[19][19]
    assert red > green > blue
    assert {rows[0][0], rows[0][39], rows[39][0], rows[39][39]} == {(255, 255, 255)}
    assert rows == rows[::-1]


def _decode(png: bytes, size: int) -> list[list[tuple[int, ...]]]:
    """The pixels of a PNG whose lines are not filtered."""
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (size, size)
    length = struct.unpack(">I", png[33:37])[0]
    pixels = zlib.decompress(png[41 : 41 + length])
    lines = [pixels[start + 1 : start + 1 + 3 * size] for start in range(0, len(pixels), 3 * size + 1)]
    return [[tuple(line[place : place + 3]) for place in range(0, 3 * size, 3)] for line in lines]
