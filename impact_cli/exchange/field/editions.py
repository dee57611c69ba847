"""Which sheet each submission becomes: the one it is already, the edition itself, or a voice of it."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from impact_cli.answers.following import stamp_of
from impact_cli.answers.keeping.names import check_edition, check_name, fold_name, slug_of
from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.keeping.venues import list_venues, place_folder
from impact_cli.answers.sheet import Sheet, Status, Submission
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError
from impact_cli.exchange.field.filling import Filled

_LONGEST = 20  # characters of an edition's name
_LONGEST_BEFORE = 14  # of an edition's name before that of a voice
_NO_VOICE = "voix"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_WORDS = re.compile(r"(?:-(?:et|ou|de|du|des|d|l|la|le|les|un|une|a|au|aux|en))+$")  # of a name cut short


@dataclass
class Shelf:
    """The sheets of one venue: editions whose names are taken, and the submissions that they are."""

    name: str
    folder: Path
    editions: dict[str, Path]

    @cached_property
    def submissions(self) -> dict[str, str]:
        """The editions by the ids of the submissions that they are."""
        return dict(_list_submissions(self.editions))

    def find(self, instances: tuple[str, ...]) -> Path | None:
        """The sheet that one of these submissions is already."""
        edition = next((self.submissions[each] for each in instances if each in self.submissions), None)
        return self.editions[edition] if edition else None

    def put(self, edition: str, instances: tuple[str, ...]) -> Path:
        """Take a name for a submission."""
        self.submissions.update(dict.fromkeys(instances, edition))
        self.editions[edition] = self.folder / f"{edition}.json"
        return self.editions[edition]


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
        known = [venue for venue in list_venues(home) if venue.known]
        self._shelves = {fold_name(each.name): Shelf(each.name, each.folder, {**each.editions}) for each in known}

    def find(self, venue: str) -> Shelf:
        """The shelf of the venue of that name, an empty one for a new venue. Raises ImpactError."""
        name = check_name(venue)
        folded = fold_name(name)
        if folded not in self._shelves:
            self._shelves[folded] = Shelf(name, place_folder(self._home, name), {})
        return self._shelves[folded]


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
    slug = slug_of(voice) if any(letter.isalnum() for letter in voice) else _NO_VOICE
    endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (_join(edition[:_LONGEST_BEFORE], slug, ending) for ending in endings)
    return next(name for name in names if name not in shelf.editions)


def _join(edition: str, slug: str, ending: str) -> str:
    """The name, no longer than an edition's may be: the voice is cut between words, where it has some."""
    room = _LONGEST - len(edition) - len("-") - len(ending)
    if len(slug) > room:
        cut = slug[: room + 1].rpartition("-")[0] or slug[:room]
        slug = _LAST_WORDS.sub("", cut)
    return f"{edition}-{slug}{ending}"


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
        status=Status.IN_PROGRESS,
        changed=came.read,
    )
    for key, publish in filled.consents.items():
        sheet = sheet.with_consent(key, publish=publish)
    return sheet.in_order(catalogue.questions)
