"""One writer at a time on a sheet: who it is and since when, told to the second one."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impact_cli.errors import ImpactError, explain_os_error, shorten
from impact_cli.files import make_private_folder, read_file, remove_leftovers, write_whole

_LARGEST = 10_000  # bytes of a signature


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes in a sheet: a user, on a machine, since a moment."""

    user: str
    machine: str
    since: datetime


@contextlib.contextmanager
def lock_sheet(path: Path) -> Iterator[None]:
    """Keep others from writing this sheet meanwhile; the lock ends with the process that holds it, however it ends.

    Raises ImpactError where somebody else holds it, and says who. Reading asks for no lock.
    """
    import filelock

    try:
        make_private_folder(path.parent)
        lock = filelock.FileLock(path.with_name(f".{path.stem}.lock"), timeout=0, mode=0o600)
        lock.acquire()
    except filelock.Timeout as error:
        raise ImpactError(
            f"{path} : {_tell_holder(read_holder(path))}",
            "Terminez cette saisie d’abord ; « impact show » peut lire la fiche en attendant.",
        ) from error
    except OSError as error:
        raise ImpactError(
            f"{path.parent} : rien ne peut être enregistré dans ce dossier ({explain_os_error(error)}).",
            "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME.",
        ) from error
    try:
        remove_leftovers(path.parent, _names_of(path))
        _sign(path)
        yield
    finally:
        with contextlib.suppress(OSError):
            _signature(path).unlink()
        lock.release()


def _names_of(sheet: Path) -> list[str]:
    """The files that are written whole under a sheet's lock; the bare stem is what older versions named theirs by."""
    stem = sheet.stem
    beside = [f"{stem}.{part}" for part in ("catalogue.json", "draft.json", "holder", "format-1.json")]
    return [stem, sheet.name, *beside]


def read_holder(path: Path) -> Holder | None:
    """Who signed the lock of this sheet last; after a crash, somebody who no longer holds it."""
    try:
        signed = json.loads(read_file(_signature(path), _LARGEST))
        return Holder(str(signed["user"]), str(signed["machine"]), datetime.fromisoformat(signed["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _sign(path: Path) -> None:
    """Leave one's name beside the lock: without it the lock holds all the same."""
    import getpass
    import platform

    with contextlib.suppress(OSError, KeyError, ImportError):  # the last where Windows names no user
        user = getpass.getuser()
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        signed = {"user": user, "machine": platform.node(), "process": os.getpid(), "since": since}
        write_whole(_signature(path), json.dumps(signed, ensure_ascii=False).encode("utf-8", "replace"))


def _signature(path: Path) -> Path:
    """Not the lock's own file, which another system may forbid others to read while it is locked."""
    return path.with_name(f".{path.stem}.holder")


def _tell_holder(holder: Holder | None) -> str:
    if holder is None:
        return "une autre saisie est ouverte sur cette fiche."
    since = holder.since.astimezone()
    return (
        f"une autre saisie est ouverte sur cette fiche, par {shorten(holder.user)} sur {shorten(holder.machine)},"
        f" depuis le {since:%d/%m/%Y} à {since:%H} h {since:%M}."
    )
