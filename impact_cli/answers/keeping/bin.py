"""Deleted sheets: moved with what lies beside them to a bin in the home folder, from where they come back.

The sheet goes last, there and back: as long as it has not gone, nothing has, and who begins again ends it.
"""

import contextlib
import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impact_cli.answers.keeping.heads import read_name
from impact_cli.answers.keeping.history import history_path
from impact_cli.answers.keeping.locks import lock_sheet
from impact_cli.answers.keeping.snapshots import catalogue_path
from impact_cli.answers.keeping.venues import place_sheet
from impact_cli.answers.sheet_file import LARGEST
from impact_cli.errors import ImpactError, explaining
from impact_cli.files import first_free, make_private_folder, move_file, read_file, uninterrupted, write_whole

BIN = "_corbeille"  # no venue's folder: their names have no underscore

_DELETED = "%Y-%m-%d_%H-%M-%S"


@dataclass(frozen=True, slots=True)
class Discarded:
    """A deleted edition: the folder it lies in now, and the venue's folder it comes from."""

    venue: str
    edition: str
    folder: Path
    origin: Path

    @property
    def deleted(self) -> datetime | None:
        """When, as the folder's name has it."""
        moment = self.folder.name.partition("_")[2]
        with contextlib.suppress(ValueError):
            return datetime.strptime(moment[:19], _DELETED).astimezone()
        return None


def discard(home: Path, sheet: Path, now: datetime) -> Path:
    """Move an edition, its history and the rest to the bin; the folder they are in. Raises ImpactError."""
    beside_all = home / BIN / sheet.parent.name
    with lock_sheet(sheet):
        refused = explaining(f"{sheet}\u00a0: la fiche n’a pas pu être déplacée", "Elle est encore là.")
        with refused, uninterrupted():
            _refuse_links(home / BIN, beside_all)
            take_back(sheet)
            target = first_free(beside_all / f"{sheet.stem}_{now:{_DELETED}}")
            make_private_folder(target)
            _move_together(_files_of(sheet), target)
    _remove_if_empty(sheet.parent)
    return target


def list_discarded(home: Path) -> list[Discarded]:
    """Everything in the bin, from the oldest."""
    folders = sorted((home / BIN).glob("*/*/"), key=lambda folder: folder.name.partition("_")[2])
    return [found for folder in folders if (found := _read(home, folder))]


def bring_back(discarded: Discarded) -> Path:
    """Move an edition back to its venue's folder; its sheet. Raises ImpactError where that has another by now."""
    sheet = discarded.origin / f"{discarded.edition}.json"
    with lock_sheet(sheet, discarded.venue):
        if sheet.exists():
            raise ImpactError(
                f"{sheet}\u00a0: une autre fiche a pris la place de celle-ci.",
                "Supprimez-la d’abord\u00a0: elle aussi ira dans la corbeille.",
            )
        last = discarded.folder / sheet.name
        hint = "Elle est encore dans la corbeille, avec tout ce qui va avec elle."
        with explaining(f"{sheet}\u00a0: la fiche n’a pas pu revenir", hint), uninterrupted():
            _move_together([*sorted(set(discarded.folder.iterdir()) - {last}), last], sheet.parent)
    with contextlib.suppress(OSError):
        discarded.folder.rmdir()
    return sheet


def find_returning(home: Path, sheet: Path) -> Discarded | None:
    """The deleted edition whose return was cut short: what lies beside its sheet is back, the sheet itself is not."""
    if sheet.exists() or not any(path.exists() for path in (history_path(sheet), catalogue_path(sheet))):
        return None
    waiting = (found for found in list_discarded(home) if found.origin / f"{found.edition}.json" == sheet)
    return next(waiting, None)


def _files_of(sheet: Path) -> list[Path]:
    """What bears the sheet's name beside it, then the sheet; not the lock that is held."""
    return [*sorted(file for file in sheet.parent.glob(f"{sheet.stem}.*") if file != sheet), sheet]


def _move_together(files: Sequence[Path], target: Path) -> None:
    """Move all of the files, or none. Raises OSError."""
    moved: list[Path] = []
    try:
        for file in files:
            move_file(file, target / file.name)
            moved.append(file)
    except OSError:
        for file in moved:
            with contextlib.suppress(OSError):
                move_file(target / file.name, file)
        raise


def take_back(sheet: Path) -> None:
    """Take back what a deletion that was cut short had moved: the sheet stayed, so nothing of it is deleted.

    Only who holds its lock may. Raises OSError.
    """
    bin_of_all = sheet.parent.parent / BIN
    if bin_of_all.is_symlink() or not sheet.exists():
        return
    for folder in (bin_of_all / sheet.parent.name).glob(f"{sheet.stem}_*/"):
        if (folder / sheet.name).exists():
            continue
        for stray in sorted(folder.iterdir()):
            there = sheet.with_name(stray.name)
            if there == history_path(sheet) and there.exists():
                write_whole(there, read_file(stray, LARGEST) + read_file(there, LARGEST))
                stray.unlink()
            elif not there.exists():
                move_file(stray, there)
        with contextlib.suppress(OSError):
            folder.rmdir()


def _refuse_links(*folders: Path) -> None:
    """Raise OSError where the bin is a link: nothing is moved out of the home folder."""
    for folder in folders:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        locks = list(folder.iterdir())
        if all(file.name.startswith(".") and file.suffix == ".lock" for file in locks):
            for file in locks:
                file.unlink()
            folder.rmdir()


def _read(home: Path, folder: Path) -> Discarded | None:
    """What a folder of the bin holds; None for one without its sheet, which a deletion has not reached yet."""
    edition = folder.name.partition("_")[0]
    sheet = folder / f"{edition}.json"
    if not sheet.exists():
        return None
    name = read_name(sheet) or folder.parent.name
    return Discarded(name, edition, folder, place_sheet(home, name, edition).parent)
