"""The name of a venue from the first lines of its latest sheet: a home of thousands is searched without reading all."""

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from impact_cli.answers.keeping.names import EDITION, YEAR
from impact_cli.files import open_regular

_HEAD = 2048  # bytes, more than stand before the name in a sheet as it is written here
_NAMED = re.compile(rb'\{\s*"format": \d+,\s*"catalogue": \{[^{}]*\},\s*"venue": ("(?:[^"\\]|\\.)+"),')


def read_name(folder: str | Path) -> str | None:
    """The name that the latest edition gives; None where its whole sheets have to be read to know."""
    try:
        latest = _find_latest(os.listdir(folder))  # noqa: PTH208  names alone, of thousands of folders
        return _read_head(f"{folder}{os.sep}{latest}") if latest else None
    except (OSError, ValueError):
        return None


def list_names_in(folder: Path) -> Iterator[str]:
    """The name that each sheet gives whose first lines say it, read one after the other."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  names alone, of many voices
            if name.endswith(".json") and EDITION.fullmatch(name[:-5]):
                with contextlib.suppress(OSError, ValueError):
                    yield from filter(None, [_read_head(f"{folder}{os.sep}{name}")])


def _find_latest(names: list[str]) -> str | None:
    """The file of the last year, where one edition alone has it."""
    years: dict[str, str] = {}
    for name in names:
        if name.endswith(".json") and EDITION.fullmatch(name[:-5]):
            year = YEAR.match(name)
            if year is None or year[0] in years:
                return None
            years[year[0]] = name
    return years[max(years)] if years else None


def _read_head(path: str) -> str | None:
    with open_regular(path, os.O_RDONLY) as handle:
        named = _NAMED.match(os.read(handle, _HEAD))
    return str(json.loads(named[1])) if named else None
