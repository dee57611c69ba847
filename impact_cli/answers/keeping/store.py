"""A sheet on the disk: one JSON file an edition, written whole or not at all, over nothing that others wrote."""

import errno
import hashlib
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from impact_cli.answers.collection.plain_sheets import decode_plain
from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.keeping.history import append_changes, compare_sheets
from impact_cli.answers.keeping.snapshots import keep_catalogue
from impact_cli.answers.migrations import latest_format, read_format
from impact_cli.answers.sheet import Sheet
from impact_cli.answers.sheet_file import LARGEST, decode_sheet, encode_sheet, read_document, refuse_newer
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError, explaining
from impact_cli.files import first_free, open_regular, read_file, uninterrupted, write_whole

_SAVED = "Ce qui était déjà enregistré n’a pas changé."


class SaveError(ImpactError):
    """The sheet is not on the disk; what it holds is still in memory."""


class GoneError(SaveError):
    """The sheet's file was taken away while it was being filled."""


class ChangedError(SaveError):
    """Something else wrote the sheet's file while it was being filled; ours lies beside it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A sheet as it lies on the disk; `digest` is that of its bytes, by which a change made elsewhere is seen.

    `ours` are the digests of what it was before in our own hands: a drive that was unplugged may be back with it.
    """

    path: Path
    sheet: Sheet
    digest: str
    ours: frozenset[str] = field(default=frozenset(), compare=False)


def load_sheet(path: Path) -> Stored:
    """The sheet of a file. Raises ImpactError where it cannot be read as a whole."""
    hint = "Vérifiez le chemin\u202f; «\u00a0impact list\u00a0» montre les fiches que vous avez."
    with explaining(f"{path}\u00a0: la fiche ne peut pas être lue", hint):
        content = read_file(path, LARGEST)
    return Stored(path, decode_plain(content) or decode_sheet(content, path), _digest(content))


def refuse_read_only(stored: Stored) -> None:
    """Raise ImpactError where the sheet is of a newer version, which alone may write it."""
    if stored.sheet.format > latest_format():
        raise refuse_newer(stored.path)


def save_sheet(stored: Stored, catalogue: Catalogue | None = None, *, keep: bool = False) -> Stored:
    """Put the sheet on the disk, whole and synced, in place of the one that was loaded.

    The answers it replaces go to its history, in the terms of `catalogue`, which it was answered with; a sheet of an
    older format is kept beside, and with a finished one that catalogue, if it is to `keep`. Raises SaveError, and
    changes nothing, where the disk refuses; GoneError where the file is no longer there; ChangedError where something
    else wrote it since it was loaded (ours is then kept beside); ImpactError where a newer version of the program did.
    """
    refuse_read_only(stored)
    stored = replace(stored, sheet=stored.sheet.without_stale_consent())
    content = encode_sheet(stored.sheet)
    if len(content) > LARGEST:
        raise SaveError(
            f"{stored.path}\u00a0: avec cette réponse, la fiche dépasserait {LARGEST // 1_000_000} Mo.",
            f"{_SAVED} Donnez une réponse plus courte.",
        )
    with _explaining(stored.path), uninterrupted():
        former = _read_former(stored, content)
        if former:
            _keep_former(stored, former, catalogue)
        if catalogue and keep:
            keep_catalogue(stored.path, stored.sheet, catalogue)
        # A link is followed to the very sheet that was loaded, and nowhere else.
        write_whole(Path(os.path.realpath(stored.path)) if former else stored.path, content)
    return replace(stored, digest=_digest(content), ours=stored.ours | {stored.digest})


def refuse_unwritable(stored: Stored) -> None:
    """Raise SaveError where nobody gave the right to save the sheet, before anything is done that goes with it."""
    with _explaining(stored.path):
        _check_rights(stored.path)


def _check_rights(path: Path) -> None:
    """Raise OSError where the file may not be written: taking its place would go round what somebody forbade."""
    with open_regular(path, os.O_WRONLY):
        pass
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def _explaining(path: Path) -> AbstractContextManager[None]:
    hint = f"{_SAVED} Libérez de la place ou rétablissez l’accès au dossier."
    return explaining(f"{path}\u00a0: la réponse n’a pas pu être enregistrée", hint, SaveError)


def _read_former(stored: Stored, content: bytes) -> bytes:
    """The file as it is now, nothing for a new one; it must be what was loaded, or what we write or wrote."""
    try:
        former = read_file(stored.path, LARGEST)
    except FileNotFoundError as error:
        if not stored.digest:
            return b""
        raise GoneError(
            f"{stored.path}\u00a0: la fiche n’est plus là (dossier déplacé, effacé ou débranché\u202f?).",
            "Vos réponses sont encore en mémoire\u00a0: elles peuvent être enregistrées de nouveau.",
        ) from error
    expected = {stored.digest, *stored.ours} if stored.digest else set[str]()
    if former != content and _digest(former) not in expected:
        kept = _keep_ours(stored)
        raise ChangedError(
            f"{stored.path}\u00a0: la fiche a changé sur le disque pendant la saisie (une synchronisation\u202f?). "
            f"Les deux sont gardées\u202f; la vôtre est dans {kept}",
            "Comparez-les avec «\u00a0impact show CHEMIN\u00a0», puis reprenez celle que vous voulez\u00a0: "
            "impact survey CHEMIN",
        )
    return former


def _keep_ours(stored: Stored) -> Path:
    """Write our sheet beside the one that somebody else wrote, under a name that says when."""
    moment = f"{stored.sheet.changed:%Y-%m-%d-%Hh%M}"
    kept = first_free(stored.path.with_name(f"{stored.path.stem}.votre-saisie-{moment}.json"))
    write_whole(kept, encode_sheet(stored.sheet))
    return kept


def _keep_former(stored: Stored, former: bytes, catalogue: Catalogue | None) -> None:
    """What is about to be replaced, by who may: a file of an older format as it is, answers in the history."""
    _check_rights(stored.path)
    number = read_format(read_document(former, stored.path))
    if number < latest_format():
        write_whole(first_free(stored.path.with_name(f"{stored.path.stem}.format-{number}.json")), former)
    before = decode_sheet(former, stored.path)
    before = follow_catalogue(catalogue, before).sheet if catalogue else before
    append_changes(stored.path, compare_sheets(before, stored.sheet))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
