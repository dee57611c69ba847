"""Sentences to a venue manager when something cannot be done."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple


class ImpactError(Exception):
    """What happened and where (`message`), then what to do now (`hint`): both French, both whole sentences.

    The command line prints them on stderr and leaves with `exit_code`: 1 for what was found, 2 for how it was called.
    """

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class Fault(NamedTuple):
    """One thing to mend in a file: `file:line: where: what`. Line 0 stands for the whole file."""

    file: str
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.where, self.what) if part)


class FaultsError(ImpactError):
    """Every fault found in one reading, sorted by file and line."""

    def __init__(self, faults: Sequence[Fault], hint: str = "", *, exit_code: int = 1) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)), hint, exit_code=exit_code)


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known word that begins so, else the one that looks most like it, case aside; None where none does."""
    import difflib  # only a sentence about a fault needs it

    folded = {word.casefold(): word for word in known}
    begun = [word for word in folded if given and word.startswith(given.casefold())]
    if begun:
        return folded[min(begun, key=len)]
    near = difflib.get_close_matches(given[:200].casefold(), folded, n=1)
    return folded[near[0]] if near else None


def suggest(given: str, known: Iterable[str]) -> str:
    """The end of a sentence that names the nearest known word, with its leading space; empty where none is near."""
    near = nearest(given, known)
    return f" Vouliez-vous dire «\u00a0{near}\u00a0»\u202f?" if near else ""


def shorten(given: str, length: int = 60) -> str:
    """What somebody gave, fit for one line of a message: visible, and cut after `length` characters."""
    visible = "".join(
        character if character.isprintable() or character in "\u00a0\u202f" else "\ufffd"
        for character in given[: length + 1]
    )
    return visible if len(visible) <= length else visible[:length] + "…"


_CAUSES = {
    errno.ENOENT: "il n’existe pas",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota de disque est épuisé",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "une partie du chemin n’est pas un dossier",
    errno.EEXIST: "il existe déjà",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ELOOP: "c’est un lien, ou le chemin tourne en rond",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
    errno.EFBIG: "il est trop gros",
    errno.EBADF: "elle est fermée",
    errno.EIO: "le disque ne répond pas",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la mémoire manque",
    errno.EAGAIN: "trop de programmes tournent",
}
EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)  # what the system has no more of


def explain_os_error(error: OSError) -> str:
    """Why the system refused, in a few French words: its own are in the machine's language."""
    return _CAUSES.get(error.errno or 0, f"erreur {error.errno} du système")


def refuse_unreadable(name: object, error: OSError) -> ImpactError:
    """What to raise where a file that was given cannot be opened."""
    return ImpactError(
        f"{shorten(str(name), 200)}\u00a0: le fichier ne peut pas être lu ({explain_os_error(error)}).",
        "Vérifiez son nom et son dossier.",
    )


@contextmanager
def explaining(what: str, hint: str, kind: type[ImpactError] = ImpactError) -> Iterator[None]:
    """Raise, where the system refuses something inside, `what` it is with the reason, in French."""
    try:
        yield
    except OSError as error:
        raise kind(f"{what} ({explain_os_error(error)}).", hint) from error


def missing_extra(name: str, extra: str) -> ImpactError:
    """What to raise when the import behind a format fails; `name` is what people call the format."""
    return ImpactError(
        f"Le format {name} demande un module qui n’est pas installé.",
        f'Installez-le avec\u00a0: {_install_command()} "impact-cli[{extra}]"',
    )


def _install_command() -> str:
    """What installs beside the `impact` that runs, whoever installed it: pipx and uv leave no pip in its folder.

    A bare `pip` may be the system's, which refuses. The package itself is there and stays what it is.
    """
    import sys
    from importlib.util import find_spec
    from pathlib import Path

    home = Path(sys.prefix)
    if (home / "pipx_metadata.json").exists():
        return f"pipx runpip {home.name} install"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip install" if find_spec("pip") else f"uv pip install --python {python}"
