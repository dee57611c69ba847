"""Where sheets live: one folder a venue, one JSON file an edition, each written whole or not at all."""

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from impact_cli.answers.sheet import Sheet
from impact_cli.answers.sheet_file import FORMAT, LARGEST, decode_sheet, encode_sheet
from impact_cli.errors import ImpactError, explain_os_error, nearest, shorten
from impact_cli.typography import fold

_LONGEST_NAME = 120
_LONGEST_SLUG = 60
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_ARTICLE = re.compile(r"^(?:le |la |les |l')|\s*\((?:le|la|les|l')\)$")
_SAVED = "Ce qui était déjà enregistré n’a pas changé."


def default_home(environ: Mapping[str, str]) -> Path:
    """IMPACT_HOME, else the platform's folder for a user's data."""
    if named := environ.get("IMPACT_HOME"):
        return Path(named)
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
    if not _EDITION.fullmatch(edition):
        raise ImpactError(
            f"« {shorten(edition)} » n’est pas une édition.",
            "Donnez une année, comme 2026, ou un mot de lettres sans accent, de chiffres et de tirets (20 au plus).",
            exit_code=2,
        )
    return edition


@dataclass(frozen=True, slots=True)
class Stored:
    """A sheet as it lies on the disk; `digest` is that of its bytes, by which a change made elsewhere is seen."""

    path: Path
    sheet: Sheet
    digest: str


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue's folder: its name as its latest edition gives it, its editions from the oldest."""

    name: str
    folder: Path
    editions: Mapping[str, Path]

    @property
    def latest(self) -> Path:
        """The sheet of the last edition, in the order of their names."""
        return self.editions[max(self.editions)]


def load_sheet(path: Path) -> Stored:
    """The sheet of a file. Raises ImpactError where it cannot be read as a whole."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ImpactError(
            f"{path} : la fiche ne peut pas être lue ({explain_os_error(error)}).",
            "Vérifiez le chemin ; « impact list » montre les fiches que vous avez.",
        ) from error
    return Stored(path, decode_sheet(content, path), _digest(content))


def save_sheet(stored: Stored) -> Stored:
    """Put the sheet on the disk, whole and synced, in place of the one that was loaded.

    Raises ImpactError and changes nothing where the disk refuses, where the file was changed by something else since
    it was loaded, or where a newer version of the program wrote it.
    """
    if stored.sheet.format > FORMAT:
        raise ImpactError(
            f"{stored.path} : fiche d’une version plus récente d’impact ; elle peut être lue, pas modifiée.",
            "Installez la dernière version d’impact pour la compléter.",
        )
    content = encode_sheet(stored.sheet)
    try:
        _refuse_foreign_change(stored)
        _write_whole(stored.path, content)
    except OSError as error:
        raise ImpactError(
            f"{stored.path} : la réponse n’a pas pu être enregistrée ({explain_os_error(error)}).",
            f"{_SAVED} Libérez de la place ou rétablissez l’accès au dossier, puis relancez la même commande.",
        ) from error
    return replace(stored, digest=_digest(content))


def _refuse_foreign_change(stored: Stored) -> None:
    found = _digest(stored.path.read_bytes()) if stored.path.exists() else ""
    if found != stored.digest:
        raise ImpactError(
            f"{stored.path} : la fiche a changé sur le disque pendant la saisie (une synchronisation ?).",
            f"{_SAVED} Relancez la même commande : elle repartira de la fiche telle qu’elle est.",
        )


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105  the call whose promise we need
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108  same file, same module
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming last; systems that cannot open a folder (Windows) do it by themselves."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def lock_sheet(path: Path) -> Iterator[None]:
    """Keep others from writing this sheet meanwhile; the lock ends with the process that holds it."""
    import filelock

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = filelock.FileLock(path.with_name(f".{path.stem}.lock"), timeout=0, mode=0o600)
        lock.acquire()
    except filelock.Timeout as error:
        raise ImpactError(
            f"{path} : une autre saisie est ouverte sur cette fiche.",
            "Terminez-la d’abord ; « impact show » peut la lire en attendant.",
        ) from error
    except OSError as error:
        raise ImpactError(
            f"{path.parent} : rien ne peut être enregistré dans ce dossier ({explain_os_error(error)}).",
            "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def list_venues(home: Path) -> list[Venue]:
    """Every venue of a home folder, in the order of names. Raises ImpactError where the folder cannot be read."""
    try:
        folders = sorted(entry for entry in home.iterdir() if entry.is_dir()) if home.exists() else []
        venues = [venue for folder in folders if (venue := read_venue(folder))]
    except OSError as error:
        raise ImpactError(
            f"{home} : le dossier des fiches ne peut pas être lu ({explain_os_error(error)}).",
            "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME.",
        ) from error
    return sorted(venues, key=lambda venue: fold_name(venue.name))


def read_venue(folder: Path) -> Venue | None:
    """The venue of one folder; None where it holds no sheet."""
    editions = {path.stem: path for path in sorted(folder.glob("*.json")) if _EDITION.fullmatch(path.stem)}
    if not editions:
        return None
    name = folder.name
    with contextlib.suppress(ImpactError):
        name = load_sheet(editions[max(editions)]).sheet.venue
    return Venue(name, folder, editions)


def find_venue(home: Path, name: str) -> Venue | None:
    """The venue of that name, whatever its case, accents and article; None where there is none."""
    venues = list_venues(home)
    wanted = fold_name(name)
    return next((venue for venue in venues if fold_name(venue.name) == wanted or venue.folder.name == name), None)


def require_venue(home: Path, name: str) -> Venue:
    """The venue of that name. Raises ImpactError with near names."""
    if venue := find_venue(home, check_name(name)):
        return venue
    near = find_near(home, name)
    hint = f" Vouliez-vous dire « {near} » ?" if near else ""
    raise ImpactError(
        f"Aucune fiche pour « {shorten(name)} ».{hint}", "« impact list » montre les lieux que vous avez."
    )


def find_near(home: Path, name: str) -> str | None:
    """The name of a venue that looks like this one, None where none does."""
    names = {fold_name(venue.name): venue.name for venue in list_venues(home)}
    near = nearest(fold_name(name), names)
    return names[near] if near else None


def place_sheet(home: Path, name: str, edition: str) -> Path:
    """Where the sheet of an edition is or will be; two venues with one slug have a folder each."""
    if venue := find_venue(home, name):
        return venue.folder / f"{edition}.json"
    free = next(folder for folder in _numbered(home / slug_of(name)) if not folder.exists())
    return free / f"{edition}.json"


def slug_of(name: str) -> str:
    """A name for a folder or a file: small ASCII letters, digits and hyphens, never empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:_LONGEST_SLUG].strip("-") or "lieu"


def _numbered(folder: Path) -> Iterator[Path]:
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}-{number}")
        number += 1


def fold_name(name: str) -> str:
    """What makes a name the same name: not its case, accents, spaces, hyphens nor article."""
    folded = fold(name)
    return re.sub(r"[\s'-]+", " ", _ARTICLE.sub("", folded)).strip() or folded
