"""Files that commands write for people: nothing of theirs is written over unasked, nothing of a home folder ever."""

import contextlib
import errno
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from impact_cli.cli.parts.choosing import confirm
from impact_cli.cli.parts.parameters import expand
from impact_cli.errors import ImpactError, explain_os_error, shorten
from impact_cli.printing import explain_unwritable, say
from impact_cli.typography import make_visible

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FICHIER",
        parser=expand,
        help="Le fichier à écrire (-\u00a0: sortie standard).",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Remplacer le fichier qui existe déjà.")]

STREAM = Path("-")  # as for other programs: the standard output
# What is open already, by the name that a shell gives it: "> file" makes these a file, which is no reason to ask.
_OPENED = re.compile(r"/(?:dev|proc/self)/(?:fd/)?(?:([0-9]+)|stdin|(stdout)|(stderr))")
_LARGEST_SHEET = 20_000_000  # bytes looked at to know a sheet
_OF_SHEETS = {".json", ".jsonl", ".lock", ".holder", ".tmp"}  # endings of what lies in a venue's folder
_OPENING = 3  # seconds
_OTHERS = 0o077  # rights of anybody but the owner
# Endings that promise a format, ours or another's.
PROMISED = {
    *(".txt", ".md", ".markdown", ".json", ".html", ".htm", ".pdf", ".docx", ".doc", ".odt", ".rtf"),
    *(".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet", ".zip", ".yaml", ".png"),
}


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a file goes: `path` as it was named; `file` behind its links, None for what is written as a stream.

    `former` is what somebody agreed to replace, None for nothing: another file that came meanwhile is left alone.
    """

    path: Path
    file: Path | None
    former: tuple[int, ...] | None = None

    def write(self, content: str | bytes, *, private: bool = False) -> None:
        """Write all of it, or leave what was there. Raises ImpactError."""
        from impact_cli.files import write_whole

        raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        with _explaining(self.path):
            if self.file is None:
                _write_stream(self.path, raw)
                return
            if _recognise(self.file) not in {None, self.former}:
                raise FileExistsError(errno.EEXIST, "", str(self.path))
            was_private = self.file.exists() and not self.file.stat().st_mode & _OTHERS  # its rights do not grow
            write_whole(self.file, raw, private=private or was_private, fresh=self.former is None)

    def say_written(self, what: str) -> None:
        """Say where it is; a stream speaks for itself."""
        if self.file:
            say(f"{what} enregistré\u00a0: {self.path}")


def choose_output(path: Path, home: Path | None = None, *, force: bool = False) -> Destination:
    """Where to write, once it was asked about a file that is there. Raises ImpactError where nothing may be written."""
    with _explaining(path):
        if _is_stream(path):
            return Destination(path, None)
        file = Path(os.path.realpath(path))
        if path.is_symlink() and not file.exists():
            raise _refuse(path, "ce lien ne mène à aucun fichier")
        if _is_kept(file, home):
            raise _refuse(path, "c’est le dossier des fiches, et leurs réponses seraient perdues")
        file.parent.stat()  # no folder is made for it
        former = _recognise(file)
        if former:
            _ask(path, file, force=force)
    return Destination(path, file, former)


@contextlib.contextmanager
def make_folder(path: Path, *, private: bool = True, replaces: bool = False) -> Iterator[Path]:
    """A folder to fill, named as it was given once it is whole. Raises ImpactError.

    None that is there is touched, unless it is known to be one that this one `replaces`.
    """
    from impact_cli.files import new_folder

    target = Path(os.path.realpath(path))
    if _is_kept(target / "_", None):
        raise _refuse(path, "c’est dans le dossier des fiches, où il serait pris pour un lieu")
    if target.suffix.lower() in PROMISED:
        raise _refuse(path, "ce sera un dossier de plusieurs fichiers, et ce nom est celui d’un seul")
    try:
        with new_folder(target, private=private, replaces=replaces) as filled:
            yield filled
    except FileExistsError as error:
        raise _refuse(path, "ce dossier existe déjà") from error
    except OSError as error:
        raise ImpactError(
            f"{shorten(str(path), 200)}\u00a0: le dossier n’a pas pu être écrit ({_explain(path, error)}).",
            "Choisissez un autre endroit\u202f; rien n’a changé.",
        ) from error


def open_file(path: Path) -> None:
    """Open a written file with the program that the system has for it, which says nothing on our terminal."""
    if not _open(path.absolute()):
        say(f"Aucun programme n’a pu ouvrir {path}\u202f; le fichier, lui, est écrit.")


def _open(path: Path) -> bool:
    """Whether a program took the file: one that is still there after a while did."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            os.startfile(path)  # noqa: S606  what was written just now
            return True
        return False
    command = ["open" if sys.platform == "darwin" else "xdg-open", str(path)]
    quiet = subprocess.DEVNULL
    try:
        opening = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603  ours
        return opening.wait(_OPENING) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _refuse(path: Path, why: str) -> ImpactError:
    return ImpactError(f"{path}\u00a0: {why}.", "Choisissez un autre nom.", exit_code=2)


def _ask(path: Path, file: Path, *, force: bool) -> None:
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if not file.is_file():
        raise _refuse(path, "ce n’est pas un fichier ordinaire")
    if force:
        return
    refusal = ImpactError(
        f"{path}\u00a0: ce fichier existe déjà.",
        "Choisissez un autre nom, ou ajoutez --force pour le remplacer.",
        exit_code=2,
    )
    if not confirm(f"{path} existe déjà. Le remplacer\u202f?", "Non, le garder", "Oui, le remplacer", refusal):
        say("Rien n’a été écrit.")
        raise typer.Exit(1)


def _is_stream(path: Path) -> bool:
    if path == STREAM or _OPENED.fullmatch(os.path.abspath(path)):  # noqa: PTH100  links are not followed
        return True
    with contextlib.suppress(FileNotFoundError):
        mode = path.stat().st_mode
        return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)
    return False


def _write_stream(path: Path, content: bytes) -> None:
    if path == STREAM:
        _pour(sys.stdout.buffer, content, path)
        return
    sys.stdout.flush()
    with open(_open_stream(path), "wb") as stream:
        _pour(stream, content, path)


def _pour(stream: BinaryIO, content: bytes, path: Path) -> None:
    if stream.isatty():
        try:
            content = make_visible(content.decode()).encode()
        except UnicodeDecodeError as error:
            raise _refuse(path, "ce format n’est pas fait pour un terminal") from error
    stream.write(content)
    stream.flush()


def _open_stream(path: Path) -> int:
    if opened := _OPENED.fullmatch(os.path.abspath(path)):  # noqa: PTH100  a Path would follow links
        return os.dup(int(opened[1] or (1 if opened[2] else 2)))
    try:
        return _open_now(path, getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
    say(f"{path}\u00a0: personne ne lit encore à l’autre bout\u202f; Ctrl-C pour ne pas attendre.")
    return _open_now(path)


def _open_now(path: Path, flags: int = 0) -> int:
    handle = os.open(path, os.O_WRONLY | flags)
    if hasattr(os, "set_blocking"):  # Windows, which has no such pipes, has it from Python 3.12 on
        os.set_blocking(handle, True)
    return handle


def _recognise(file: Path) -> tuple[int, ...] | None:
    """What tells a file from another of its name, and from itself once it was changed; None where there is none."""
    with contextlib.suppress(FileNotFoundError):
        found = file.stat()
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
    return None


@contextlib.contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise explain_unwritable(error) from error
    except FileExistsError as error:
        raise ImpactError(
            f"{shorten(str(path), 200)}\u00a0: un fichier de ce nom est arrivé entre-temps, ou a changé.",
            "Il est resté tel quel. Relancez la commande, ou choisissez un autre nom avec -o FICHIER.",
        ) from error
    except OSError as error:
        raise ImpactError(
            f"{shorten(str(path), 200)}\u00a0: le fichier n’a pas pu être écrit ({_explain(path, error)}).",
            "Choisissez un autre dossier avec -o FICHIER\u202f; rien d’autre n’a changé.",
        ) from error


def _explain(path: Path, error: OSError) -> str:
    if path.parent.is_dir():
        return explain_os_error(error)
    return f"le dossier «\u00a0{path.parent}\u00a0» n’existe pas"


def _is_kept(file: Path, home: Path | None) -> bool:
    """Whether the file is one of a home folder's or a sheet's, or would be taken for one, as "_corbeille" would be."""
    from impact_cli.answers.keeping.bin import BIN
    from impact_cli.answers.keeping.venues import default_home

    homes = filter(None, (home, default_home(os.environ)))
    if BIN in file.parts or _is_venue_folder(file.parent) or any(_is_within(file, each) for each in homes):
        return file.exists() or file.suffix.lower() in _OF_SHEETS or file.name.startswith((".", "_"))
    return _lies_beside_sheet(file) or (file.is_file() and _is_of_sheet(file))


def _is_venue_folder(folder: Path) -> bool:
    """Whether sheets live in a folder, of whichever home: the lock of one is beside it."""
    return any(folder.joinpath(f"{lock.stem[1:]}.json").exists() for lock in folder.glob(".*.lock"))


def _is_within(file: Path, folder: Path) -> bool:
    return folder.exists() and any(parent.samefile(folder) for parent in file.parents if parent.exists())


def _is_of_sheet(file: Path) -> bool:
    """Whether the file holds a sheet, or the questionnaire of one, in any encoding of JSON."""
    with file.open("rb") as opened:
        content = opened.read(_LARGEST_SHEET)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):  # perhaps a sheet that a hand spoilt
        return bool(re.search(rb'"answers"\s*:', content.replace(b"\0", b"")))
    return isinstance(document, dict) and bool(document.keys() & {"answers", "catalogue"})


def _lies_beside_sheet(file: Path) -> bool:
    """Whether the file bears the name of a sheet beside it, as its history and its lock do."""
    if file.suffix.lower() not in _OF_SHEETS:
        return False
    parts = file.name.lstrip(".").split(".")
    sheets = (file.with_name(".".join(parts[:count]) + ".json") for count in range(1, len(parts)))
    return any(sheet.is_file() and _is_of_sheet(sheet) for sheet in sheets)
