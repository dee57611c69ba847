"""Which sheet each submission becomes: the one it is already, the edition itself, or a voice of it."""

import itertools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from impact_cli.answers.following import stamp_of
from impact_cli.answers.sheet import Sheet, Submission
from impact_cli.answers.store import (
    Stored,
    Venue,
    check_edition,
    check_name,
    fold_name,
    list_venues,
    load_sheet,
    slug_of,
)
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError
from impact_cli.exchange.field.filling import Filled

_LONGEST = 20  # characters of an edition's name
_NO_VOICE = "voix"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_WORDS = re.compile(r"(?:-(?:et|ou|de|du|des|d|l|la|le|les|un|une|a|au|aux|en))+$")  # of a name cut short


@dataclass(slots=True)
class Shelf:
    """The sheets of one venue: editions whose names are taken, and the submissions that they are."""

    name: str
    folder: Path
    editions: dict[str, Path]
    submissions: dict[str, str] | None = None  # instance → edition; None until it is wanted

    def find(self, instances: tuple[str, ...]) -> Path | None:
        """The sheet that one of these submissions is already."""
        if self.submissions is None:
            self.submissions = dict(_list_submissions(self.editions))
        edition = next((self.submissions[each] for each in instances if each in self.submissions), None)
        return self.editions[edition] if edition else None

    def put(self, edition: str, instances: tuple[str, ...]) -> Path:
        """Take a name for a submission."""
        path = self.editions[edition] = self.folder / f"{edition}.json"
        self.submissions = (self.submissions or {}) | dict.fromkeys(instances, edition)
        return path


def _list_submissions(editions: Mapping[str, Path]) -> list[tuple[str, str]]:
    found = []
    for edition, path in editions.items():
        try:
            came = load_sheet(path).sheet.submission
        except ImpactError:  # what cannot be read is no submission that we know
            continue
        found += [(instance, edition) for instance in came.instances] if came else []
    return found


class Shelves:
    """The venues of a home folder, looked through once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._shelves = {fold_name(venue.name): _open(venue) for venue in list_venues(home) if venue.known}

    def find(self, venue: str) -> Shelf:
        """The shelf of the venue of that name, an empty one for a new venue. Raises ImpactError."""
        name = check_name(venue)
        folded = fold_name(name)
        if folded not in self._shelves:
            self._shelves[folded] = Shelf(name, self._find_folder(name), {})
        return self._shelves[folded]

    def _find_folder(self, name: str) -> Path:
        """A folder that nobody has, on the disk or among the venues to come."""
        taken = {shelf.folder for shelf in self._shelves.values()}
        folder = self._home / slug_of(name)
        numbered = (folder.with_name(f"{folder.name}-{number}") for number in itertools.count(2))
        return next(
            each for each in itertools.chain((folder,), numbered) if each not in taken and not os.path.lexists(each)
        )


def _open(venue: Venue) -> Shelf:
    return Shelf(venue.name, venue.folder, dict(venue.editions))


def read_edition(said: str, now: datetime) -> tuple[str, bool]:
    """The edition that was typed, or the year in it, else this year; and whether it is the one that was typed."""
    try:
        return check_edition(said), True
    except ImpactError:
        year = _YEAR.search(said)
        return year[0] if year else str(now.year), not said


def name_edition(shelf: Shelf, edition: str, voice: str, *, alone: bool) -> str:
    """A name that no sheet of the venue has: the edition's own for a submission that stands alone, else a voice's."""
    if alone and not voice and edition not in shelf.editions:
        return edition
    for number in itertools.count(1):
        name = _name_voice(edition, voice, "" if number == 1 else f"-{number}")
        if name not in shelf.editions:
            return name
    raise AssertionError(edition)


def _name_voice(edition: str, voice: str, number: str) -> str:
    room = _LONGEST - len(edition) - 1 - len(number)
    slug = slug_of(voice) if any(letter.isalnum() for letter in voice) else _NO_VOICE
    if len(slug) > room:
        cut = slug[: room + 1].rpartition("-")[0] or slug[:room]
        slug = _LAST_WORDS.sub("", cut).strip("-") or cut
    return (
        f"{edition[: _LONGEST - 2 - len(number)]}-{slug}{number}" if room > 0 else f"{edition[:8]}-{_NO_VOICE}{number}"
    )


def make_sheet(catalogue: Catalogue, before: Sheet, filled: Filled, came: Submission) -> Sheet:
    """The sheet with what the submission says in place of its answers; what had no place in it stays."""
    sheet = replace(
        before,
        catalogue=stamp_of(catalogue),
        submission=came,
        answers=filled.answers,
        silences=filled.silences,
        uncertain=filled.uncertain,
        unplaced=tuple(dict.fromkeys((*before.unplaced, *filled.unplaced))),
        changed=came.read,
    )
    for key, publish in filled.consents.items():
        sheet = sheet.with_consent(key, publish=publish)
    return sheet.in_order(catalogue.questions)


def begin(catalogue: Catalogue, shelf: Shelf, path: Path, now: datetime) -> Stored:
    """A sheet that is not there yet."""
    sheet = Sheet(venue=shelf.name, edition=path.stem, catalogue=stamp_of(catalogue), created=now, changed=now)
    return Stored(path, sheet, "")
