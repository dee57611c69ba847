"""Deleted sheets: moved with what lies beside them to a bin in the home folder, from where they come back."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impact_cli.answers.locks import lock_sheet
from impact_cli.answers.sheet_file import LARGEST
from impact_cli.answers.store import first_free
from impact_cli.errors import ImpactError, explain_os_error
from impact_cli.files import make_private_folder, read_file, uninterrupted

BIN = "_corbeille"  # no venue's folder: their names have no underscore


@dataclass(frozen=True, slots=True)
class Discarded:
    """A deleted edition: the folder it lies in now, and the venue's folder it comes from."""

    venue: str
    edition: str
    folder: Path
    origin: Path


def discard(home: Path, sheet: Path, now: datetime) -> Path:
    """Move an edition, its history and the rest to the bin; the folder they are in. Raises ImpactError."""
    target = first_free(home / BIN / sheet.parent.name / f"{sheet.stem}_{now:%Y-%m-%d_%H-%M-%S}")
    with lock_sheet(sheet), _telling(sheet), uninterrupted():
        make_private_folder(target)
        for file in _files_of(sheet):
            os.rename(file, target / file.name)  # noqa: PTH104  never over another
    _remove_if_empty(sheet.parent)
    return target


def list_discarded(home: Path) -> list[Discarded]:
    """Everything in the bin, from the oldest."""
    folders = sorted((home / BIN).glob("*/*/"), key=lambda folder: folder.name.partition("_")[2])
    return [found for folder in folders if (found := _read(home, folder))]


def bring_back(discarded: Discarded) -> Path:
    """Move an edition back to its venue's folder; its sheet. Raises ImpactError where that has another by now."""
    sheet = discarded.origin / f"{discarded.edition}.json"
    with lock_sheet(sheet), _telling(sheet), uninterrupted():
        if sheet.exists():
            raise ImpactError(
                f"{sheet} : une autre fiche a pris la place de celle-ci.",
                "Supprimez-la d’abord : elle aussi ira dans la corbeille.",
            )
        for file in sorted(discarded.folder.iterdir(), reverse=True):
            os.rename(file, sheet.with_name(file.name))  # noqa: PTH104  never over another
    with contextlib.suppress(OSError):
        discarded.folder.rmdir()
    return sheet


def _files_of(sheet: Path) -> list[Path]:
    """The sheet, then what bears its name beside it; not the lock that is held."""
    return [sheet, *sorted(file for file in sheet.parent.glob(f"{sheet.stem}.*") if file != sheet)]


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        locks = list(folder.iterdir())
        if all(file.name.startswith(".") and file.suffix == ".lock" for file in locks):
            for file in locks:
                file.unlink()
            folder.rmdir()


def _read(home: Path, folder: Path) -> Discarded | None:
    edition = folder.name.partition("_")[0]
    try:
        document = json.loads(read_file(folder / f"{edition}.json", LARGEST))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        document = None
    venue = document.get("venue") if isinstance(document, dict) else None
    name = folder.parent.name
    return Discarded(venue if isinstance(venue, str) else name, edition, folder, home / name)


@contextlib.contextmanager
def _telling(sheet: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ImpactError(
            f"{sheet} : la fiche n’a pas pu être déplacée ({explain_os_error(error)}).", "Elle est encore là."
        ) from error
