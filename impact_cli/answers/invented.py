"""A network of invented venues: the sheets of two years, drawn from a catalogue, the same each time.

Nothing here knows a question: names, places and words come from `exemples/reseau.json`, as does what is rare.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import assert_never

from msgspec.json import decode

from impact_cli.answers.consent import find_unasked
from impact_cli.answers.following import stamp_of
from impact_cli.answers.sheet import PUBLISHED, Answer, Origin, Sheet, Silence, Status, Value
from impact_cli.catalogue.conditions import holds, section_of
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import (
    Catalogue,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Question,
    Rating,
    Text,
    list_offered,
)

_USUAL_RANGE = (0, 40)  # of a number of which the data says nothing
# Shares: of each state enough that the panorama of 40 venues shows it, and the most of none but answers.
_NEWCOMERS = 0.2  # of the venues, without a first edition
_DRAFTS = 0.12  # of the sheets
_IMPORTED = 0.15  # of the sheets, read from a report
_DOUBTED = 0.1  # of their answers
_CHANGES = 0.22  # how often a draw of the second year is another one
_SILENT = 0.06  # of the questions
_SILENCES = (Silence.NOT_KNOWN, Silence.NOT_KNOWN, Silence.SKIPPED, Silence.NOT_APPLICABLE)
_PASSED = 0.8  # of the texts without words; the others were not asked
_WORDS_GIVEN = 0.45  # of the texts, by who writes least
_ASKED_ABOUT = 0.95  # of the texts, whether they may be published
_CONSENTED = 0.75  # of these


@dataclass(frozen=True, slots=True)
class Pool:
    """What a network is made of: see the file that `read_pool` reads."""

    venues: tuple[str, ...]
    editions: Sequence[str]
    places: Sequence[Mapping[str, str]]
    numbers: Mapping[str, tuple[int, int]]
    lasting: Sequence[str]
    rare: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    doubts: Sequence[str]


def read_pool(path: Path) -> Pool:
    """The names, places and words of the file."""
    return decode(path.read_bytes(), type=Pool)


def invent_network(catalogue: Catalogue, pool: Pool) -> Iterator[Sheet]:
    """The sheets of every venue, from its first edition to its last."""
    for venue in pool.venues:
        is_new = _throw(venue, "newcomer").random() < _NEWCOMERS
        for edition in pool.editions[-1:] if is_new else pool.editions:
            yield _Respondent(catalogue, pool, venue, edition).write_sheet()


def choose_quotation(catalogue: Catalogue, sheet: Sheet) -> str | None:
    """The key of the first text of several lines that may be published."""
    questions = catalogue.questions.items()
    texts = (key for key, question in questions if isinstance(question, Text) and question.lines)
    return next(filter(sheet.may_publish, texts), None)


def _throw(*names: str) -> Random:
    """Dice that always fall in the same way for these names."""
    return Random(" ".join(names))  # noqa: S311  no secrets


@cache
def _take_turns(venues: tuple[str, ...], edition: str, key: str) -> Sequence[str]:
    """The venues in an order that is drawn anew for each edition and question."""
    return _throw(edition, key).sample(venues, len(venues))


@cache
def _is_known_for(key: str, option: str) -> float:
    """How common an option is, beyond its place in the list."""
    return _throw(key, option).random() - 0.5


@dataclass(frozen=True)
class _Respondent:
    """Somebody who answers for a venue; its `energy`, `strain` and `size` tie the answers to each other."""

    catalogue: Catalogue
    pool: Pool
    venue: str
    edition: str

    def write_sheet(self) -> Sheet:
        """The sheet, with its silences, consents and doubts."""
        dice = _throw(self.venue, self.edition)
        is_draft = dice.random() < _DRAFTS
        now = datetime(int(self.edition), dice.randint(1, 12), 3, 17, 30, tzinfo=UTC)
        sheet = Sheet(
            venue=self.venue,
            edition=self.edition,
            catalogue=stamp_of(self.catalogue),
            created=now,
            changed=now,
            status=Status.IN_PROGRESS if is_draft else Status.FINISHED,
        ).with_answers(self._answer_all(is_draft=is_draft), now)
        for key in find_unasked(self.catalogue, sheet):
            if dice.random() < _ASKED_ABOUT:
                sheet = sheet.with_consent(key, publish=dice.random() < _CONSENTED)
        sheet = replace(sheet, quotation=choose_quotation(self.catalogue, sheet))
        return self._doubt(sheet, dice) if dice.random() < _IMPORTED else sheet

    def _doubt(self, sheet: Sheet, dice: Random) -> Sheet:
        """The sheet as one that was read from a report, of which some answers are to be confirmed."""
        values = [key for key in sheet.answers if not isinstance(self.catalogue.questions[key], Text)]
        doubted = {key: dice.choice(self.pool.doubts) for key in values if dice.random() < _DOUBTED}
        return replace(sheet, origin=Origin(PUBLISHED, sheet.changed, edition_said=True), uncertain=doubted)

    def _answer_all(self, *, is_draft: bool) -> Mapping[str, Answer]:
        answers: dict[str, Answer] = {}
        values: dict[str, Value] = {}
        questions = list(self.catalogue.questions.items())
        for key, question in questions[: len(questions) // 2] if is_draft else questions:
            if not question.asked or not holds(question.when, section_of(key), values):
                continue
            said = self._answer(key, question)
            if said is not None:
                answers[key] = said
                values |= {} if isinstance(said, Silence) else {key: said}
        for found in find_contradictions(self.catalogue, values):
            answers[found.keys[-1]] = Silence.NOT_KNOWN
        return answers

    def _answer(self, key: str, question: Question) -> Answer | None:
        dice = _throw(self.venue, self.edition, key)
        if key in self._place:
            return self._place[key]
        if isinstance(question, Text | Keywords):
            if not self._has_words(key, question, dice):
                return Silence.SKIPPED if dice.random() < _PASSED else None
        elif dice.random() < _SILENT:
            return dice.choice(_SILENCES)
        lasts = key in self.pool.lasting or dice.random() >= _CHANGES
        return self._draw_value(key, question, _throw(self.venue, key) if lasts else dice)

    def _has_words(self, key: str, question: Text | Keywords, dice: Random) -> bool:
        """Whether this venue says something; what takes several lines is said by one venue alone in an edition."""
        if isinstance(question, Text) and question.lines:
            return self._turn(key) < len(self.pool.words.get(key, ()))
        return key in self.pool.words and dice.random() < _WORDS_GIVEN + 0.4 * self._energy

    def _turn(self, key: str) -> int:
        return _take_turns(self.pool.venues, self.edition, key).index(self.venue)

    def _draw_value(self, key: str, question: Question, dice: Random) -> Value:
        match question:
            case Many():
                return self._tick(key, question.options, dice)
            case One():
                return self._weigh(key, list_offered(question.options), dice)
            case Grid():
                return {row.id: self._weigh(key, question.choices, dice) for row in question.rows}
            case Number():
                return self._count(key, question, dice)
            case Rating(marks=marks):
                felt = self._energy + 0.35 * (dice.random() - 0.5)
                return max(min(marks), min(max(marks), round(felt * max(marks))))
            case Text():
                words = self.pool.words[key]
                said = words[self._turn(key)] if question.lines else dice.choice(words)
                return said.format(year=int(self.edition) - 1)
            case Keywords():
                words = self.pool.words[key]
                drawn = dice.choices(words, range(len(words), 0, -1), k=4)
                return tuple(dict.fromkeys(drawn))[: question.most]
            case _:
                assert_never(question)

    def _tick(self, key: str, options: Sequence[Option], dice: Random) -> tuple[str, ...]:
        """The options that were observed; where there is none, the one that says so."""
        together = [option for option in options if option.asked and not option.exclusive]
        likely = {option.id: self._measure(key, option, place / len(together)) for place, option in enumerate(together)}
        if ticked := tuple(option for option, likelihood in likely.items() if dice.random() < likelihood):
            return ticked
        alone = [option for option in options if option.asked and option.exclusive]
        return (self._weigh(key, alone or together, dice),)

    def _weigh(self, key: str, options: Sequence[Option], dice: Random) -> str:
        """One option, a likely one more often."""
        weights = [self._measure(key, option, place / len(options)) for place, option in enumerate(options)]
        return dice.choices(options, weights)[0].id

    def _measure(self, key: str, option: Option, place: float) -> float:
        """How often such a venue ticks it: lists begin with what is common, and effects go together."""
        tilt = 2.2 * _is_known_for(key, option.id) + 2.4 * (0.35 - (0.5 if option.specify else place))
        tilt += 3.2 * (self._strain - 0.7) if option.difficulty else 2.6 * (self._energy - 0.5)
        tilt -= 1.5 if option.specify or option.means or option.id in self.pool.rare.get(key, ()) else 0
        return 1 / (1 + math.exp(-tilt))

    def _count(self, key: str, question: Number, dice: Random) -> int:
        """A number within the usual ones: of years each as often as another, of things more for a large venue."""
        low, high = self.pool.numbers.get(key, _USUAL_RANGE)
        share = 0.75 * self._size + 0.25 * dice.random()
        counted = dice.uniform(low, high) if question.year else (low + 1) * ((high + 1) / (low + 1)) ** share - 1
        return max(question.min, min(question.max, round(counted)))

    @cached_property
    def _place(self) -> Mapping[str, str]:
        return _throw(self.venue, "place").choice(self.pool.places)

    @cached_property
    def _size(self) -> float:
        return _throw(self.venue, "size").random()

    @cached_property
    def _energy(self) -> float:
        since = 0.06 if self.edition == self.pool.editions[-1] else 0.0
        return 0.25 + 0.6 * (0.7 * _throw(self.venue, "energy").random() + 0.3 * self._size) + since

    @cached_property
    def _strain(self) -> float:
        """A large venue with few breaks has more of it."""
        return 0.2 + 0.4 * _throw(self.venue, "strain").random() + 0.3 * self._size
