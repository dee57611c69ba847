"""One writer at a time on a sheet: who it is and since when, told to the second one."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from msgspec import MsgspecError
from msgspec.json import decode

from impact_cli.clock import is_in_calendar, read_clock
from impact_cli.errors import ImpactError, explaining, shorten
from impact_cli.files import create_file, make_private_folder, open_regular, read_file, remove_leftovers, write_whole

_LARGEST = 10_000  # bytes of a signature
_HINT = "Terminez cette saisie d’abord\u202f; «\u00a0impact show\u00a0» peut lire la fiche en attendant."


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes in a sheet: a user, on a machine, since a moment; the process, and the venue the sheet is of."""

    user: str
    machine: str
    since: datetime
    process: int = 0
    venue: str = ""


@contextlib.contextmanager
def lock_sheet(path: Path, venue: str = "") -> Iterator[None]:
    """Keep others from writing this sheet meanwhile; the lock ends with the process that holds it, however it ends.

    On a drive that knows no locks, as some in networks, the signature is the lock, and a crash may leave it there.
    Raises ImpactError where somebody else holds it, and says who. Reading asks for no lock.
    """
    with _explaining(path):
        make_private_folder(path.parent)
        lock = path.with_name(f".{path.stem}.lock")
        held = _locked(lock, path) if _knows_locks(lock) else _claimed(path, venue)
    with held:
        remove_leftovers(path.parent, _names_of(path))
        _sign(path, venue)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                _signature(path).unlink()


@contextlib.contextmanager
def _locked(lock: Path, path: Path) -> Iterator[None]:
    """Hold the system's lock."""
    import filelock

    held = filelock.FileLock(lock, timeout=0, mode=0o600)
    with _explaining(path):
        try:
            held.acquire()
        except filelock.Timeout as error:
            raise ImpactError(f"{path}\u00a0: {_tell_holder(read_holder(path))}.", _HINT) from error
    try:
        yield
    finally:
        held.release()


@contextlib.contextmanager
def _claimed(path: Path, venue: str) -> Iterator[None]:
    """Hold the signature, which nobody has; one that a process of this machine left, and that has ended, goes."""
    import platform

    signature = _signature(path)
    former = read_holder(path)
    if former and former.machine == platform.node() and not _is_running(former.process):
        with contextlib.suppress(OSError):
            signature.unlink()
    with _explaining(path):
        try:
            create_file(signature, _write_signature(venue))
        except FileExistsError as error:
            raise ImpactError(
                f"{path}\u00a0: {_tell_holder(read_holder(path))}. Ce disque ne dit pas si elle l’est encore.",
                f"Si elle ne l’est plus, effacez le fichier {signature}, puis relancez la même commande.",
            ) from error
    yield


def _knows_locks(lock: Path) -> bool:
    """Whether the drive can lock at all. Raises OSError where the lock's file cannot be made, or is a link."""
    if not hasattr(os, "O_NOFOLLOW"):  # Windows, whose drives all do
        return True
    import fcntl

    with open_regular(lock, os.O_RDWR | os.O_CREAT) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # ENOSYS, ENOLCK, EOPNOTSUPP, and whatever else a server says
            return False
    return True


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process > 0


def _explaining(path: Path) -> contextlib.AbstractContextManager[None]:
    hint = "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME."
    return explaining(f"{path.parent}\u00a0: rien ne peut être enregistré dans ce dossier", hint)


def _names_of(sheet: Path) -> list[str]:
    """The files that are written whole under a sheet's lock; the bare stem is what older versions named theirs by."""
    stem = sheet.stem
    beside = [f"{stem}.{part}" for part in ("catalogue.json", "draft.json", "holder", "format-1.json")]
    return [stem, sheet.name, *beside]


def read_holder(path: Path) -> Holder | None:
    """Who signed the lock of this sheet last; after a crash, somebody who no longer holds it."""
    return _read_signature(_signature(path))


def list_holders(folder: Path) -> list[Holder]:
    """Who signed for a sheet of this folder, whether they still write or not."""
    with contextlib.suppress(OSError):
        return [holder for file in sorted(folder.glob(".*.holder")) if (holder := _read_signature(file))]
    return []


def list_signed(folder: Path) -> list[Path]:
    """The sheets of this folder for which somebody signed, also those that are not saved yet."""
    return [file.with_name(f"{file.stem[1:]}.json") for file in sorted(folder.glob(".*.holder"))]


def _read_signature(file: Path) -> Holder | None:
    try:
        holder = decode(read_file(file, _LARGEST), type=Holder)
    except (OSError, MsgspecError, RecursionError):
        return None
    return holder if is_in_calendar(holder.since) else None


def _sign(path: Path, venue: str) -> None:
    """Leave one's name beside the lock: without it the lock holds all the same."""
    with contextlib.suppress(OSError):
        write_whole(_signature(path), _write_signature(venue))


def _write_signature(venue: str) -> bytes:
    import getpass
    import platform

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # the last where Windows names no user
        user = "?"
    holder = Holder(user, platform.node(), read_clock(), os.getpid(), venue)
    signed = {**asdict(holder), "since": holder.since.isoformat(timespec="seconds")}
    return json.dumps(signed, ensure_ascii=False).encode("utf-8", "replace")


def _signature(path: Path) -> Path:
    """Not the lock's own file, which another system may forbid others to read while it is locked."""
    return path.with_name(f".{path.stem}.holder")


def _tell_holder(holder: Holder | None) -> str:
    if holder is None:
        return "une autre saisie est ouverte sur cette fiche"
    since = holder.since.astimezone()
    return (
        f"une autre saisie est ouverte sur cette fiche, par {shorten(holder.user)} sur {shorten(holder.machine)},"
        f" depuis le {since:%d/%m/%Y} à {since:%H} h {since:%M}"
    )
