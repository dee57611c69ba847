"""Where sheets live: one folder a venue, one JSON file an edition, each written whole or not at all."""

import contextlib
import hashlib
import itertools
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.keeping.heads import EDITION, YEAR, read_name
from impact_cli.answers.keeping.history import append_changes, compare_sheets
from impact_cli.answers.keeping.locks import list_holders
from impact_cli.answers.keeping.snapshots import keep_catalogue
from impact_cli.answers.migrations import latest_format, read_format
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.answers.sheet_file import LARGEST, decode_sheet, encode_sheet, read_document, refuse_newer
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.ours import Raw
from impact_cli.errors import ImpactError, explain_os_error, nearest, shorten
from impact_cli.files import open_regular, read_file, uninterrupted, write_whole
from impact_cli.typography import fold

_LONGEST_NAME = 120
_LONGEST_SLUG = 60
_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")  # what Windows takes for devices, whatever the ending
_ARTICLE = re.compile(r"^(?:le|la|les|l) |\s*\((?:le|la|les|l) ?\)$")
_APOSTROPHES = r"'\u02b9\u02bc\u2018\u2019\u201b\u00b4`\u2032"
_HYPHENS = r"\-\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_BETWEEN_WORDS = rf"[\s{_APOSTROPHES}{_HYPHENS}\u115f\u1160\u2800]+"  # the last are letters that are blank
_UNSEEN = re.compile(r"[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # none of them "Cf"
_SAVED = "Ce qui était déjà enregistré n’a pas changé."


def default_home(environ: Mapping[str, str]) -> Path:
    """IMPACT_HOME, else the platform's folder for a user's data."""
    if named := environ.get("IMPACT_HOME"):
        return Path(os.path.expanduser(named))  # noqa: PTH111  leaves the "~name" of nobody as it is
    import platformdirs

    return platformdirs.user_data_path("impact", appauthor=False)


def check_name(name: str) -> str:
    """A venue's name on one line, fit to be told. Raises ImpactError where nothing in it can be read."""
    clean = " ".join(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", name).split())
    if not any(character.isalnum() for character in clean):
        raise ImpactError(
            f"« {shorten(name)} » n’est pas un nom de lieu : il n’a ni lettre ni chiffre.",
            "Donnez le nom comme vous l’écrivez d’habitude, par exemple « Les Halles ».",
            exit_code=2,
        )
    if len(clean) > _LONGEST_NAME:
        raise ImpactError(
            f"Le nom du lieu compte {len(clean)} caractères ; {_LONGEST_NAME} au plus sont acceptés.",
            "Donnez le nom d’usage, sans sous-titre.",
            exit_code=2,
        )
    return clean


def check_edition(edition: str) -> str:
    """An edition's name, fit to be a file's. Raises ImpactError."""
    if not EDITION.fullmatch(edition) or _RESERVED.fullmatch(edition.lower()):
        raise ImpactError(
            f"« {shorten(edition)} » n’est pas une édition.",
            "Donnez une année, comme 2026, ou un mot de lettres sans accent, de chiffres et de tirets (20 au plus).",
            exit_code=2,
        )
    return edition


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


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue's folder: its name as its latest edition gives it, its editions from the oldest.

    They are in the order of their years, then of their dates; `finished` are those the venue said to be complete. The
    folder of a venue none of whose sheets can be read gives it its name, and it is not `known`; one that may not be
    entered has no editions.
    """

    name: str
    folder: Path
    editions: Mapping[str, Path]
    finished: frozenset[str] = frozenset()
    known: bool = True

    @property
    def latest(self) -> Path:
        """The sheet of the last edition. Raises ImpactError where the folder may not be entered."""
        if not self.editions:
            raise self.refuse_closed()
        return [*self.editions.values()][-1]

    @property
    def told(self) -> str:
        """The edition that a report tells: the last that is finished, else the last."""
        if not self.editions:
            raise self.refuse_closed()
        return [edition for edition in self.editions if not self.finished or edition in self.finished][-1]

    def refuse_closed(self) -> ImpactError:
        """The error about a folder that may not be entered."""
        return ImpactError(
            f"{self.folder} : vous n’avez pas le droit d’entrer dans ce dossier.",
            "Demandez-le à la personne à qui il appartient, ou indiquez un autre dossier avec --home.",
        )


def load_sheet(path: Path) -> Stored:
    """The sheet of a file. Raises ImpactError where it cannot be read as a whole."""
    try:
        content = read_file(path, LARGEST)
    except OSError as error:
        raise ImpactError(
            f"{path} : la fiche ne peut pas être lue ({explain_os_error(error)}).",
            "Vérifiez le chemin ; « impact list » montre les fiches que vous avez.",
        ) from error
    return Stored(path, decode_sheet(content, path), _digest(content))


def refuse_read_only(stored: Stored) -> None:
    """Raise ImpactError where the sheet is of a newer version, which alone may write it."""
    if stored.sheet.format > latest_format():
        raise refuse_newer(stored.path)


def refresh(stored: Stored) -> Stored:
    """The sheet as it is on the disk now: somebody may have written between its first reading and our lock."""
    return load_sheet(stored.path) if stored.path.exists() else stored


def save_sheet(stored: Stored, catalogue: Catalogue | None = None, tree: Raw | None = None) -> Stored:
    """Put the sheet on the disk, whole and synced, in place of the one that was loaded.

    The answers it replaces go to its history, in the terms of `catalogue`, which it was answered with; a sheet of an
    older format is kept beside, and with a finished one the `tree` of that catalogue. Raises SaveError, and changes
    nothing, where the disk refuses; GoneError where the file is no longer there; ChangedError where something else
    wrote it since it was loaded (ours is then kept beside); ImpactError where a newer version of the program did.
    """
    refuse_read_only(stored)
    stored = replace(stored, sheet=stored.sheet.without_stale_consent())
    content = encode_sheet(stored.sheet)
    if len(content) > LARGEST:
        raise SaveError(
            f"{stored.path} : avec cette réponse, la fiche dépasserait {LARGEST // 1_000_000} Mo.",
            f"{_SAVED} Donnez une réponse plus courte.",
        )
    try:
        with uninterrupted():
            former = _read_former(stored, content)
            if former:
                _refuse_locked(stored.path)
            _keep_former(stored, former, catalogue)
            if tree:
                keep_catalogue(stored.path, stored.sheet, tree)
            # A link is followed to the very sheet that was loaded, and nowhere else.
            write_whole(Path(os.path.realpath(stored.path)) if former else stored.path, content)
    except OSError as error:
        raise SaveError(
            f"{stored.path} : la réponse n’a pas pu être enregistrée ({explain_os_error(error)}).",
            f"{_SAVED} Libérez de la place ou rétablissez l’accès au dossier.",
        ) from error
    return replace(stored, digest=_digest(content), ours=stored.ours | {stored.digest})


def _refuse_locked(path: Path) -> None:
    """Raise OSError where the file may not be written: taking its place would go round what somebody forbade."""
    with open_regular(path, os.O_WRONLY):
        pass


def _read_former(stored: Stored, content: bytes) -> bytes:
    """The file as it is now, nothing for a new one; it must be what was loaded, or what we write or wrote."""
    try:
        former = read_file(stored.path, LARGEST)
    except FileNotFoundError as error:
        if not stored.digest:
            return b""
        raise GoneError(
            f"{stored.path} : la fiche n’est plus là (dossier déplacé, effacé ou débranché ?).",
            "Vos réponses sont encore en mémoire : elles peuvent être enregistrées de nouveau.",
        ) from error
    expected = {stored.digest, *stored.ours} if stored.digest else set[str]()
    if former != content and _digest(former) not in expected:
        kept = _keep_ours(stored)
        raise ChangedError(
            f"{stored.path} : la fiche a changé sur le disque pendant la saisie (une synchronisation ?). "
            f"Les deux sont gardées ; la vôtre est dans {kept}",
            "Comparez-les avec « impact show CHEMIN », puis reprenez celle que vous voulez : impact survey CHEMIN",
        )
    return former


def _keep_ours(stored: Stored) -> Path:
    """Write our sheet beside the one that somebody else wrote, under a name that says when."""
    moment = f"{stored.sheet.changed:%Y-%m-%d-%Hh%M}"
    kept = first_free(stored.path.with_name(f"{stored.path.stem}.votre-saisie-{moment}.json"))
    write_whole(kept, encode_sheet(stored.sheet))
    return kept


def _keep_former(stored: Stored, former: bytes, catalogue: Catalogue | None) -> None:
    """What is about to be replaced: a file of an older format as it is, answers in the history."""
    if not former:
        return
    number = read_format(read_document(former, stored.path))
    if number < latest_format():
        write_whole(first_free(stored.path.with_name(f"{stored.path.stem}.format-{number}.json")), former)
    before = decode_sheet(former, stored.path)
    before = follow_catalogue(catalogue, before).sheet if catalogue else before
    append_changes(stored.path, compare_sheets(before, stored.sheet))


def first_free(path: Path) -> Path:
    """The path, or the first of the same name with a number, that no file has."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    return next(each for each in itertools.chain((path,), numbered) if not os.path.lexists(each))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def list_venues(home: Path) -> list[Venue]:
    """Every venue of a home folder, in the order of names. Raises ImpactError where the folder cannot be read."""
    with _explaining(home):
        venues = [venue for folder in _list_folders(home) if (venue := read_venue(folder))]
    return sorted(venues, key=lambda venue: fold_name(venue.name))


def _list_folders(home: Path) -> list[Path]:
    """The folders in which venues may be: all but the bin."""
    if not home.exists():
        return []
    with os.scandir(home) as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("_"))
    return [home / name for name in names]


@contextlib.contextmanager
def _explaining(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ImpactError(
            f"{home} : le dossier des fiches ne peut pas être lu ({explain_os_error(error)}).",
            "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME.",
        ) from error


def read_venue(folder: Path) -> Venue | None:
    """The venue of one folder; None where it holds no sheet."""
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        return None
    except PermissionError:
        return Venue(folder.name, folder, {}, known=False)
    paths = {path.stem: path for path in entries if path.suffix == ".json"}
    sheets = {edition: _read_or_none(path) for edition, path in paths.items() if EDITION.fullmatch(edition)}
    if not sheets:
        return None
    order = sorted(sheets, key=lambda edition: rank_edition(edition, sheets[edition]))
    finished = frozenset(edition for edition, sheet in sheets.items() if sheet and sheet.status == Status.FINISHED)
    named = next((sheet.venue for edition in reversed(order) if (sheet := sheets[edition])), None)
    editions = {edition: paths[edition] for edition in order}
    return Venue(named or folder.name, folder, editions, finished, known=named is not None)


def _read_or_none(path: Path) -> Sheet | None:
    with contextlib.suppress(ImpactError):
        return load_sheet(path).sheet
    return None


def rank_edition(edition: str, sheet: Sheet | None) -> tuple[int, float, str]:
    """The year an edition is named by, none coming before any; then the moment it was changed."""
    year = YEAR.match(edition)
    return int(year[0]) if year else 0, sheet.changed.timestamp() if sheet else 0, edition


def list_names(home: Path) -> list[tuple[str, Path]]:
    """The name of every venue with its folder, in the order of `list_venues`, most of them read from first lines alone.

    The name of a venue of whose sheets none can be read is that of its folder. Raises ImpactError as `list_venues`.
    """
    with _explaining(home):
        named = [(read_name(folder) or _name_carefully(folder), folder) for folder in _list_folders(home)]
    return sorted(((name, folder) for name, folder in named if name), key=lambda each: fold_name(each[0]))


def _name_carefully(folder: Path) -> str | None:
    venue = read_venue(folder)
    return venue.name if venue else None


def find_venue(home: Path, name: str) -> Venue | None:
    """The venue of that name, whatever its case, accents and article; None where there is none.

    One of whose sheets none can be read is found by its folder, for nobody knows its name.
    """
    wanted, likely = fold_name(name), home / slug_of(name)
    with _explaining(home):
        found = read_venue(likely) if likely.is_dir() else None
    if found and found.known and fold_name(found.name) == wanted:
        return found
    for other, folder in list_names(home):
        if fold_name(other) == wanted and (venue := read_venue(folder)) and venue.known:
            return venue
    return found if found and not found.known else None


def require_venue(home: Path, name: str, *, whole: bool = False) -> Venue:
    """The venue of that name or folder, else the only one whose name begins so unless it must be `whole`.

    Raises ImpactError with near names.
    """
    if venue := find_venue(home, check_name(name)):
        return venue
    names = list_names(home)
    wanted = fold_name(name)
    begun = {folder: other for other, folder in names if fold_name(other).startswith(wanted)}
    meant = [folder for _, folder in names if folder.name == name] or (
        [*begun] if len(begun) == 1 and not whole else []
    )
    if meant and (venue := read_venue(meant[0])):
        return venue
    if len(begun) > 1:
        told = ", ".join(begun.values())
        raise ImpactError(f"Plusieurs lieux commencent par « {shorten(name)} »\u00a0: {told}.", "Donnez le nom entier.")
    near = _find_near(names, name)
    hint = f" Vouliez-vous dire « {near} »\u202f?" if near else ""
    raise ImpactError(
        f"Aucune fiche pour « {shorten(name)} ».{hint}", "«\u00a0impact list\u00a0» montre les lieux que vous avez."
    )


def find_near(home: Path, name: str) -> str | None:
    """The name of a venue that looks like this one, None where none does."""
    return _find_near(list_names(home), name)


def _find_near(named: list[tuple[str, Path]], name: str) -> str | None:
    names = {fold_name(other): other for other, _ in named}
    near = nearest(fold_name(name), names)
    return names[near] if near else None


def place_sheet(home: Path, name: str, edition: str) -> Path:
    """Where the sheet of an edition is or will be; two venues with one slug have a folder each."""
    if venue := find_venue(home, name):
        if not venue.editions:
            raise venue.refuse_closed()
        return venue.folder / f"{edition}.json"
    folder = home / slug_of(name)
    numbered = itertools.chain((folder,), (folder.with_name(f"{folder.name}-{rank}") for rank in itertools.count(2)))
    free = next(each for each in numbered if not os.path.lexists(each) or _is_free(each, name))
    return free / f"{edition}.json"


def _is_free(folder: Path, name: str) -> bool:
    """Whether nobody but this venue is in a folder: it has no sheet, and no other venue is about to save one."""
    if folder.is_symlink() or not folder.is_dir() or read_venue(folder):
        return False
    return not is_claimed(folder, name)


def is_claimed(folder: Path, name: str) -> bool:
    """Whether another venue of that folder is being answered for, or has a sheet there."""
    venue = read_venue(folder)
    names = [*(holder.venue for holder in list_holders(folder)), *([venue.name] if venue and venue.known else [])]
    return any(fold_name(other) != fold_name(name) for other in names if other)


def slug_of(name: str) -> str:
    """A name for a folder or a file: small ASCII letters, digits and hyphens, never empty."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:_LONGEST_SLUG].strip("-") or "lieu"
    return f"lieu-{slug}" if _RESERVED.fullmatch(slug) else slug


@lru_cache(maxsize=10_000)  # a search folds every name of a home, more than once
def fold_name(name: str) -> str:
    """What makes a name the same name: not its case, accents, spaces, hyphens, apostrophes, article nor the unseen."""
    seen = "".join(letter for letter in _UNSEEN.sub("", name) if unicodedata.category(letter) != "Cf")
    folded = re.sub(_BETWEEN_WORDS, " ", fold(seen)).strip()
    return _ARTICLE.sub("", folded).strip() or folded
