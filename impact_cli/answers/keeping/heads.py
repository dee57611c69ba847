"""The name of a venue from its latest sheet alone: a home of thousands is searched without checking all of them."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from impact_cli.answers.keeping.names import EDITION, year_of
from impact_cli.files import open_regular

_LONGEST = 65_536  # bytes


class _Named(Struct):
    """What is read of a sheet, whatever else stands in it."""

    venue: str


def read_name(sheet: str | Path) -> str | None:
    """The name that a sheet gives; None where it cannot be read, or is too long to be read just for that."""
    try:
        with open_regular(sheet, os.O_RDONLY) as handle:
            return decode(os.read(handle, _LONGEST), type=_Named).venue or None
    except (OSError, MsgspecError, RecursionError):
        return None


def read_latest_name(folder: str | Path) -> str | None:
    """The name that the latest edition gives; None where its whole sheets have to be read to know which that is."""
    sheets = _list_sheets(folder)
    years = [year_of(sheet) for sheet in sheets]
    latest = max(years, default=0)
    return read_name(f"{folder}{os.sep}{sheets[years.index(latest)]}") if latest and years.count(latest) == 1 else None


def list_names_in(folder: Path) -> Iterator[str]:
    """The name that each sheet gives, read one after the other."""
    return filter(None, (read_name(folder / sheet) for sheet in _list_sheets(folder)))


def _list_sheets(folder: str | Path) -> list[str]:
    with contextlib.suppress(OSError):
        names = os.listdir(folder)  # noqa: PTH208  names alone, of thousands of folders
        return [name for name in names if name.endswith(".json") and EDITION.fullmatch(name[:-5])]
    return []
