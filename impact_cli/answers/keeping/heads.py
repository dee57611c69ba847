"""The name of a venue from its latest sheet alone: a home of thousands is searched without checking all of them."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from impact_cli.answers.keeping.names import EDITION, year_of
from impact_cli.answers.sheet_file import LARGEST
from impact_cli.files import read_file


class _Named(Struct):
    """What is read of a sheet, whatever else stands in it."""

    venue: str


def read_name(sheet: Path) -> str | None:
    """The name that a sheet gives, None where it cannot be read."""
    try:
        return decode(read_file(sheet, LARGEST), type=_Named).venue or None
    except (OSError, MsgspecError, RecursionError):
        return None


def read_latest_name(folder: str | Path) -> str | None:
    """The name that the latest edition gives; None where its whole sheets have to be read to know which that is."""
    sheets = {sheet: year_of(sheet.stem) for sheet in _list_sheets(folder)}
    latest = max(sheets.values(), default=0)
    several = [sheet for sheet, year in sheets.items() if year == latest]
    return read_name(several[0]) if latest and len(several) == 1 else None


def list_names_in(folder: Path) -> Iterator[str]:
    """The name that each sheet gives, read one after the other."""
    return filter(None, map(read_name, _list_sheets(folder)))


def _list_sheets(folder: str | Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  names alone, of thousands of folders
            if name.endswith(".json") and EDITION.fullmatch(name[:-5]):
                yield Path(folder, name)
