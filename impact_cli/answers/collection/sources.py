"""Where the sheets of a collection lie: files, folders and ZIP archives, each file once, in an order of names alone."""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from lzma import LZMAError
from pathlib import Path
from typing import NamedTuple

from impact_cli.answers.sheet_file import LARGEST
from impact_cli.errors import explain_os_error

_DEEPEST = 40  # folders in one another: what some systems give for a folder is a link that turns round
_LARGEST_ARCHIVE = 2_000_000_000  # bytes
_HIGHEST_RATIO = 200  # of what a file says and what it takes in an archive; sheets have 3 to 10
_SHARE = 1000  # files: a sixth of a second of work
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# What a spoilt archive raises: RuntimeError is also that of a password, LookupError that of an entry without a name.
DAMAGES = (zipfile.BadZipFile, ValueError, LookupError, EOFError, RuntimeError, zlib.error, LZMAError)
# What lies beside a sheet and is no sheet, after the name of that sheet.
_COMPANION = re.compile(r"(?P<sheet>.+?)\.(?:(?:draft|catalogue|format-\d+(?:-\d+)?)\.json|history\.jsonl)")


class Reason(StrEnum):
    """Why something is left out of a collection, as a French clause about several files or one."""

    ABSENT = "introuvable"
    UNREADABLE = "illisible"
    LINK = "lien, qui n’est pas suivi"
    OTHER = "autre chose que des fiches"
    LARGE = "trop gros pour une fiche"
    BOMB = "archive qui se déplie sans mesure"
    LOCKED = "protégé par un mot de passe"
    DAMAGED = "archive abîmée"
    BROKEN = "fiche abîmée"
    NEWER = "fiche d’une version plus récente d’impact"
    FOREIGN = "fiche d’un autre questionnaire"
    TWICE = "lieu et édition déjà lus dans une autre fiche"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not read: its name as people find it again, the reason, and more about it where there is more to say."""

    name: str
    reason: Reason
    detail: str = ""


class Place(NamedTuple):
    """A file that may be a sheet; in an archive, its rank there. One of thousands that travel between processes."""

    name: str
    path: str
    rank: int | None = None


def list_places(sources: Iterable[Path]) -> Iterator[Place | LeftOut]:
    """Every file that may hold a sheet, in the order of their paths whatever the order of the sources.

    A source within another is not listed twice. Links are followed where they are given, and nowhere else. Nothing is
    opened but folders and the list of an archive; an archive inside an archive is left out.
    """
    given = {os.path.realpath(source): str(source) for source in sorted(sources, key=str, reverse=True)}
    for path, name in sorted(given.items()):
        if not any(parent in given for parent in map(str, Path(path).parents)):
            yield from _list(path, path if path == name else name)


def list_shares(sources: Iterable[Path]) -> Iterator[list[Place | LeftOut]]:
    """The places in shares for several processes: the files of a folder, which hold a venue, are in one of them.

    Those of a folder of thousands are not.
    """
    share: list[Place | LeftOut] = []
    for place in list_places(sources):
        cut = len(share) >= _SHARE and os.path.dirname(share[-1].name) != os.path.dirname(place.name)  # noqa: PTH120  names of archives too
        if cut or len(share) >= 2 * _SHARE:
            yield share
            share = []
        share.append(place)
    if share:
        yield share


class Reader:
    """Reads places, with one archive open at most."""

    def __init__(self) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._entries: list[zipfile.ZipInfo] = []

    def read(self, place: Place) -> bytes | LeftOut:
        """The bytes of a file, never more than those of the largest sheet, or why there are none."""
        try:
            return self._read(place)
        except OSError as error:
            return _leave_out(place.name, error)
        except DAMAGES:
            return LeftOut(place.name, Reason.DAMAGED)

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive:
            self._archive.close()
        self._archive = None

    def _read(self, place: Place) -> bytes | LeftOut:
        if place.rank is None:
            return _read_file(place)
        archive = self._open(place.path)
        with archive.open(self._entries[place.rank]) as file:
            content = file.read(LARGEST + 1)
        return content if len(content) <= LARGEST else LeftOut(place.name, Reason.LARGE)

    def _open(self, path: str) -> zipfile.ZipFile:
        if self._archive is None or self._archive.filename != path:
            self.close()
            self._archive = zipfile.ZipFile(path)
            self._entries = _sort_entries(self._archive)
        return self._archive


def _read_file(place: Place) -> bytes | LeftOut:
    handle = os.open(place.path, _FLAGS)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            return LeftOut(place.name, Reason.OTHER)
        if state.st_size > LARGEST:
            return LeftOut(place.name, Reason.LARGE)
        content = os.read(handle, state.st_size + 1)  # its end was seen where it holds no more than was said
        while len(content) != state.st_size and len(content) <= LARGEST and (more := os.read(handle, LARGEST)):
            content += more
    finally:
        os.close(handle)
    return content if len(content) <= LARGEST else LeftOut(place.name, Reason.LARGE)


def _leave_out(name: str, error: OSError) -> LeftOut:
    if isinstance(error, FileNotFoundError):
        return LeftOut(name, Reason.ABSENT)
    return LeftOut(name, Reason.UNREADABLE, explain_os_error(error))


def _list(path: str, name: str) -> Iterator[Place | LeftOut]:
    """What one source holds."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  of a path that is a string everywhere here
    except OSError as error:
        yield _leave_out(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _list_folder(path, name, 0)
    elif _is_archive(name):
        yield from _list_archive(path, name)
    else:
        yield Place(name, path)


def _list_folder(path: str, name: str, depth: int) -> Iterator[Place | LeftOut]:
    if depth > _DEEPEST:
        yield LeftOut(name, Reason.LINK, "les dossiers y tournent en rond")
        return
    try:
        with os.scandir(path) as entries:
            waiting = [f"{entry.name}\0{_kind_of(entry)}" for entry in entries]  # one text each: there may be 100,000
    except OSError as error:
        yield _leave_out(name, error)
        return
    waiting.sort(reverse=True)
    companions = len(waiting) > 1 and any(_COMPANION.fullmatch(each[:-2]) for each in waiting)
    known = {each[:-2] for each in waiting} if companions else set[str]()
    inside = path.removesuffix(os.sep) + os.sep
    shown = inside if path is name else name.removesuffix(os.sep) + os.sep
    while waiting:
        each, kind = waiting.pop().split("\0")
        if not _is_companion(each, known):
            file = inside + each
            yield from _list_entry(file, file if shown is inside else shown + each, kind, depth)


_LINK, _FOLDER, _FILE = "l", "d", "f"


def _kind_of(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return _LINK
    return _FOLDER if entry.is_dir(follow_symlinks=False) else _FILE


def _list_entry(path: str, name: str, kind: str, depth: int) -> Iterable[Place | LeftOut]:
    if kind == _FOLDER:
        return _list_folder(path, name, depth + 1)
    if kind == _LINK:
        return (LeftOut(name, Reason.LINK),)
    if name.lower().endswith(".json"):
        return (Place(name, path),)
    return _list_archive(path, name) if _is_archive(name) else (LeftOut(name, Reason.OTHER),)


def _is_companion(name: str, beside: Collection[str]) -> bool:
    """Whether it is known to lie beside sheets: hidden, the bin, or named by a sheet that is there."""
    if name.rpartition("/")[2].startswith((".", "_")):
        return True
    named = _COMPANION.fullmatch(name) if beside else None
    return named is not None and f"{named['sheet']}.json" in beside


def _is_archive(name: str) -> bool:
    return name.lower().endswith(".zip")


def _list_archive(path: str, name: str) -> Iterator[Place | LeftOut]:
    """The files of an archive; none of them is ever written to the disk, so that their paths lead nowhere."""
    try:
        size = os.stat(path).st_size  # noqa: PTH116  paths stay texts here
        if size > _LARGEST_ARCHIVE:
            yield LeftOut(name, Reason.LARGE)
            return
        with zipfile.ZipFile(path) as archive:
            entries = _sort_entries(archive)
    except OSError as error:
        yield _leave_out(name, error)
        return
    except DAMAGES:
        yield LeftOut(name, Reason.DAMAGED)
        return
    if sum(entry.file_size for entry in entries) > _HIGHEST_RATIO * size:
        yield LeftOut(name, Reason.BOMB)
        return
    known = {entry.filename for entry in entries}
    for rank, entry in enumerate(entries):
        if not _is_hidden(entry, known):
            yield _judge(entry, rank, path, f"{name} › {entry.filename}")


def _sort_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return sorted(archive.infolist(), key=lambda entry: entry.filename)


def _is_hidden(entry: zipfile.ZipInfo, known: Collection[str]) -> bool:
    folders = entry.filename.split("/")[:-1]
    hidden = any(folder.startswith("_") or re.match(r"\.[^.]", folder) for folder in folders)
    return entry.is_dir() or hidden or _is_companion(entry.filename, known)


def _judge(entry: zipfile.ZipInfo, rank: int, path: str, name: str) -> Place | LeftOut:
    """Whether a file of an archive may be read at all, by what the archive says of it."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return LeftOut(name, Reason.LINK)
    if entry.flag_bits & 1:
        return LeftOut(name, Reason.LOCKED)
    if not entry.filename.lower().endswith(".json"):
        return LeftOut(name, Reason.OTHER)
    if entry.file_size > LARGEST:
        return LeftOut(name, Reason.LARGE)
    if entry.file_size > _HIGHEST_RATIO * max(entry.compress_size, 1):
        return LeftOut(name, Reason.BOMB)
    return Place(name, path, rank)
