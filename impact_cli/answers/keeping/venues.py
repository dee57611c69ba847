"""Which venues there are, and where: one folder a venue, in a folder of all the sheets."""

import itertools
import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from impact_cli.answers.keeping.heads import list_names_in, read_latest_name
from impact_cli.answers.keeping.locks import list_holders
from impact_cli.answers.keeping.names import EDITION, check_name, fold_name, slug_of, year_of
from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.errors import ImpactError, explaining, nearest, shorten

_MOST_TOLD = 8  # names in a sentence


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

    def place_sheet(self, edition: str) -> Path:
        """Where the sheet of an edition is or will be. Raises ImpactError where the folder may not be entered."""
        if not self.editions:
            raise self.refuse_closed()
        return self.folder / f"{edition}.json"

    def refuse_closed(self) -> ImpactError:
        """The error about a folder that may not be entered."""
        return ImpactError(
            f"{self.folder}\u00a0: vous n’avez pas le droit d’entrer dans ce dossier.",
            "Demandez-le à la personne à qui il appartient, ou indiquez un autre dossier avec --home.",
        )


def default_home(environ: Mapping[str, str]) -> Path:
    """IMPACT_HOME, else the platform's folder for a user's data."""
    if named := environ.get("IMPACT_HOME"):
        return Path(os.path.expanduser(named))  # noqa: PTH111  leaves the "~name" of nobody as it is
    import platformdirs

    return platformdirs.user_data_path("impact", appauthor=False)


def list_venues(home: Path) -> list[Venue]:
    """Every venue of a home folder, in the order of names. Raises ImpactError where the folder cannot be read."""
    with _explaining(home):
        venues = [venue for folder in _list_folders(home) if (venue := read_venue(Path(folder)))]
    return sorted(venues, key=lambda venue: fold_name(venue.name))


def _list_folders(home: Path) -> list[str]:
    """The paths of the folders in which venues may be, all but the bin: texts, for there are thousands."""
    if not home.exists():
        return []
    with os.scandir(home) as entries:
        return sorted(entry.path for entry in entries if entry.is_dir() and not entry.name.startswith("_"))


def _explaining(home: Path) -> AbstractContextManager[None]:
    hint = "Indiquez un autre dossier avec --home ou la variable IMPACT_HOME."
    return explaining(f"{home}\u00a0: le dossier des fiches ne peut pas être lu", hint)


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
    with suppress(ImpactError):
        return load_sheet(path).sheet
    return None


Rank = tuple[int, bool, float, str]


def rank_edition(edition: str, sheet: Sheet | None) -> Rank:
    """The year an edition is named by, none coming before any; then the moment it was changed.

    One that draws voices together comes after all of its year: a voice that is changed later is still one of them.
    """
    return year_of(edition), bool(sheet and sheet.voices), sheet.changed.timestamp() if sheet else 0, edition


def list_names(home: Path) -> list[tuple[str, Path]]:
    """The name of every venue with its folder, in the order of `list_venues`, most of them read from first lines alone.

    The name of a venue of whose sheets none can be read is that of its folder. Raises ImpactError as `list_venues`.
    """
    with _explaining(home):
        named = [(read_latest_name(folder) or _name_carefully(Path(folder)), folder) for folder in _list_folders(home)]
    return sorted(((name, Path(folder)) for name, folder in named if name), key=lambda each: fold_name(each[0]))


def _name_carefully(folder: Path) -> str | None:
    venue = read_venue(folder)
    return venue.name if venue else None


def find_venue(home: Path, name: str) -> Venue | None:
    """The venue of that name, whatever its case, accents and article; None where there is none."""
    return search_venue(home, name)[0]


def search_venue(home: Path, name: str) -> tuple[Venue | None, Sequence[tuple[str, Path]]]:
    """The venue of that name; where there is none, the names of all that are, as `list_names`.

    One of whose sheets none can be read is found by its folder, for nobody knows its name.
    """
    wanted, likely = fold_name(name), home / slug_of(name)
    with _explaining(home):
        found = read_venue(likely) if likely.is_dir() else None
    if found and found.known and fold_name(found.name) == wanted:
        return found, ()
    names = list_names(home)
    for other, folder in names:
        if fold_name(other) == wanted and (venue := read_venue(folder)) and venue.known:
            return venue, ()
    return (None if found and found.known else found), names


def require_venue(home: Path, name: str, *, whole: bool = False) -> Venue:
    """The venue of that name or folder, else the only one whose name begins so unless it must be `whole`.

    Raises ImpactError with near names.
    """
    venue, names = search_venue(home, check_name(name))
    if venue:
        return venue
    wanted = fold_name(name)
    begun = {folder: other for other, folder in names if fold_name(other).startswith(wanted)}
    meant = [folder for _, folder in names if folder.name == name] or (
        [*begun] if len(begun) == 1 and not whole else []
    )
    if meant and (venue := read_venue(meant[0])):
        return venue
    raise _refuse_name(name, [*begun.values()], find_near(names, name))


def _refuse_name(name: str, begun: Sequence[str], near: str | None) -> ImpactError:
    given = f"«\u00a0{shorten(name)}\u00a0»"
    if len(begun) > 1:
        told = ", ".join(map(shorten, begun[:_MOST_TOLD])) + (", …" if len(begun) > _MOST_TOLD else "")
        return ImpactError(f"Plusieurs lieux commencent par {given}\u00a0: {told}.", "Donnez le nom entier.")
    hint = f" Vouliez-vous dire «\u00a0{shorten(near, 120)}\u00a0»\u202f?" if near else ""
    return ImpactError(f"Aucune fiche pour {given}.{hint}", "«\u00a0impact list\u00a0» montre les lieux que vous avez.")


def find_near(named: Sequence[tuple[str, Path]], name: str) -> str | None:
    """The one of these names that looks like it, None where none does."""
    names = {fold_name(other): other for other, _ in named}
    near = nearest(fold_name(name), names)
    return names[near] if near else None


def place_sheet(home: Path, name: str, edition: str) -> Path:
    """Where the sheet of an edition is or will be."""
    venue = find_venue(home, name)
    return venue.place_sheet(edition) if venue else place_folder(home, name) / f"{edition}.json"


def place_folder(home: Path, name: str) -> Path:
    """The folder that a new venue will have; two venues with one slug have a folder each."""
    folder = home / slug_of(name)
    numbered = itertools.chain((folder,), (folder.with_name(f"{folder.name}-{rank}") for rank in itertools.count(2)))
    return next(each for each in numbered if not os.path.lexists(each) or _is_free(each, name))


def _is_free(folder: Path, name: str) -> bool:
    """Whether nobody but this venue is in a folder: it has no sheet, and no other venue is about to save one."""
    if folder.is_symlink() or not folder.is_dir() or read_venue(folder):
        return False
    return not is_claimed(folder, name)


def is_claimed(folder: Path, name: str) -> bool:
    """Whether another venue of that folder is being answered for, or has a sheet there."""
    ours = fold_name(name)
    if any(fold_name(holder.venue) != ours for holder in list_holders(folder) if holder.venue):
        return True
    if any(fold_name(other) == ours for other in list_names_in(folder)):  # the first of a thousand voices says so
        return False
    venue = read_venue(folder)
    return venue is not None and venue.known and fold_name(venue.name) != ours
