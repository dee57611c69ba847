"""Submissions become sheets: what each one becomes, and what there is to say of all of them together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum, auto
from pathlib import Path

from impact_cli.answers.following import stamp_of
from impact_cli.answers.keeping.editing import begin_sheet, editing
from impact_cli.answers.keeping.names import check_edition
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Submission
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError
from impact_cli.exchange.field.editions import Shelves, make_sheet, name_edition, read_edition
from impact_cli.exchange.field.filling import Filled
from impact_cli.exchange.field.naming import read_stamp
from impact_cli.exchange.field.submissions import Gathering, Submitted

Voices = dict[tuple[str, str], list[str]]  # editions, by the venue and the edition that they are voices of


class Fate(StrEnum):
    """What became of a submission."""

    NEW = auto()  # a sheet of its own
    REPLACED = auto()  # the sheet that it was already, with what it says now
    KNOWN = auto()  # it is a sheet already, and says what it said
    CHANGED = auto()  # it is a sheet already, and says something else now: the sheet stays as it is
    EMPTY = auto()  # it answers nothing
    REFUSED = auto()  # its venue has no name, or its sheet could not be written


@dataclass(frozen=True, slots=True)
class Became:
    """One submission, what became of it, the sheet where there is one, and the edition of which that may be a voice."""

    fate: Fate
    filled: Filled
    edition: str = ""
    stored: Stored | None = None
    error: ImpactError | None = None

    @property
    def writes(self) -> bool:
        """Whether a sheet was written for it."""
        return self.fate in {Fate.NEW, Fate.REPLACED}


@dataclass(slots=True)
class Options:
    """What the command says of all that it imports, and whether sheets are written."""

    home: Path
    now: datetime
    venue: str = ""
    edition: str = ""
    replaces: bool = False
    writes: bool = True


@dataclass(slots=True)
class Account:
    """What there is to say of many submissions, counted."""

    fates: Counter[Fate] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    stamps: Counter[str] = field(default_factory=Counter)  # of other catalogues, or other versions of ours
    errors: Counter[str] = field(default_factory=Counter)
    media: int = 0
    voices: Voices = field(default_factory=dict)

    @property
    def written(self) -> int:
        """How many sheets were."""
        return self.fates[Fate.NEW] + self.fates[Fate.REPLACED]

    @property
    def has_failed(self) -> bool:
        """Whether some submission has no sheet, or one that is behind it."""
        return bool(self.fates[Fate.REFUSED] or self.fates[Fate.CHANGED])

    def note(self, catalogue: Catalogue, became: Became) -> None:
        """Count one submission."""
        filled = became.filled
        self.fates[became.fate] += 1
        self.strangers.update(dict.fromkeys(filled.strangers, 1))
        self.refused.update(dict.fromkeys(filled.refused, 1))
        self.media += filled.media
        stamp = read_stamp(filled.stamp)
        if stamp and stamp != stamp_of(catalogue):
            self.stamps[f"{stamp.id} {stamp.version}"] += 1
        if became.stored and became.stored.sheet.edition.startswith(f"{became.edition}-"):
            sheet = became.stored.sheet
            self.voices.setdefault((sheet.venue, became.edition), []).append(sheet.edition)
        if became.error:
            self.errors[f"{became.error.message} {became.error.hint}"] += 1


@dataclass
class Importer:
    """Makes sheets of submissions, as `options` say."""

    catalogue: Catalogue
    options: Options

    def run(self, gathering: Gathering) -> Iterator[Became]:
        """What each submission becomes, one after the other."""
        self._shelves = Shelves(self.options.home)
        homes = gathering.count_homes()
        for submitted, filled in gathering.take():
            try:
                yield self._import(submitted, filled, alone=homes[submitted.home] == 1)
            except ImpactError as error:
                yield Became(Fate.REFUSED, filled, error=error)

    def _import(self, submitted: Submitted, filled: Filled, *, alone: bool) -> Became:
        if not (filled.answers or filled.silences or filled.unplaced):
            return Became(Fate.EMPTY, filled)
        venue = self.options.venue or filled.venue
        if not venue:
            raise ImpactError("Le nom du lieu manque.", "Donnez-le avec --venue.")
        shelf = self._shelves.find(venue)
        came = Submission(submitted.instances, filled.voice, submitted.said, self.options.now)
        edition = self._choose_edition(filled)
        if there := shelf.find(submitted.instances):
            return replace(self._renew(there, came, filled), edition=edition)
        path = shelf.put(name_edition(shelf, edition, filled.voice, alone=alone), submitted.instances)
        stored = self._write(begin_sheet(self.catalogue, shelf.name, path, self.options.now), came, filled)
        return Became(Fate.NEW, filled, edition, stored)

    def _choose_edition(self, filled: Filled) -> str:
        if self.options.edition:
            return check_edition(self.options.edition)
        edition, is_typed = read_edition(filled.edition, self.options.now)
        if not is_typed:
            filled.unplaced.append(f"Édition\u00a0: {filled.edition}")
        return edition

    def _renew(self, there: Path, came: Submission, filled: Filled) -> Became:
        """What becomes of a submission that is a sheet already."""
        stored = load_sheet(there)
        before = stored.sheet.submission
        if before and before.said == came.said:
            return Became(Fate.KNOWN, filled, stored=stored)
        if not self.options.replaces:
            return Became(Fate.CHANGED, filled, stored=stored)
        return Became(Fate.REPLACED, filled, stored=self._write(stored, came, filled))

    def _write(self, stored: Stored, came: Submission, filled: Filled) -> Stored:
        if not self.options.writes:
            return replace(stored, sheet=make_sheet(self.catalogue, stored.sheet, filled, came))
        with editing(stored, unchanged=True) as fresh:
            sheet = make_sheet(self.catalogue, fresh.sheet, filled, came)
            return save_sheet(replace(fresh, sheet=sheet), self.catalogue)
