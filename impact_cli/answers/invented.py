"""A network of invented venues: the sheets of two years, drawn from a catalogue, the same each time.

Nothing here knows a question: names, places and words come from `exemples/reseau.json`, as does what is rare.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, assert_never

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
        for edition in pool.editions:
            if edition == pool.editions[-1] or _chance(venue, "newcomer") >= _NEWCOMERS:
                yield _Respondent(catalogue, pool, venue, edition).write_sheet()


def choose_quotation(catalogue: Catalogue, sheet: Sheet) -> str | None:
    """The key of the first text of several lines that may be published."""
    questions = catalogue.questions.items()
    texts = (key for key, question in questions if isinstance(question, Text) and question.lines)
    return next(filter(sheet.may_publish, texts), None)


def _chance(*names: str) -> float:
    """A number from 0 to 1 that is always the same for these names."""
    digest = hashlib.blake2b("\0".join(names).encode(), digest_size=7).digest()
    return int.from_bytes(digest) / 2**56


def _choose(among: Sequence[Any], chance: float) -> Any:
    return among[int(chance * len(among))]


@cache
def _take_turns(venues: tuple[str, ...], edition: str, key: str) -> Mapping[str, int]:
    """The venues' places in an order that is drawn anew for each edition and question."""
    drawn = sorted(venues, key=lambda venue: _chance(venue, edition, key, "turn"))
    return {venue: place for place, venue in enumerate(drawn)}


@dataclass(frozen=True)
class _Respondent:
    """Somebody who answers for a venue; its `energy`, `strain` and `size` tie the answers to each other."""

    catalogue: Catalogue
    pool: Pool
    venue: str
    edition: str

    def write_sheet(self) -> Sheet:
        """The sheet, with its silences, consents and doubts."""
        answers = self._answer_all()
        now = datetime(int(self.edition), 1 + int(11 * self._once("month")), 3, 17, 30, tzinfo=UTC)
        sheet = Sheet(
            venue=self.venue,
            edition=self.edition,
            catalogue=stamp_of(self.catalogue),
            created=now,
            changed=now,
            status=Status.IN_PROGRESS if self._is_draft else Status.FINISHED,
        ).with_answers(answers, now)
        for key in find_unasked(self.catalogue, sheet):
            if self._once(key, "asked") < _ASKED_ABOUT:
                sheet = sheet.with_consent(key, publish=self._once(key, "consent") < _CONSENTED)
        sheet = replace(sheet, quotation=choose_quotation(self.catalogue, sheet))
        return self._doubt(sheet, now) if self._once("imported") < _IMPORTED else sheet

    def _doubt(self, sheet: Sheet, now: datetime) -> Sheet:
        """The sheet as one that was read from a report, of which some answers are to be confirmed."""
        doubted = {
            key: _choose(self.pool.doubts, self._once(key, "reason"))
            for key in sheet.answers
            if not isinstance(self.catalogue.questions[key], Text) and self._once(key, "doubt") < _DOUBTED
        }
        return replace(sheet, origin=Origin(PUBLISHED, now, edition_said=True), uncertain=doubted)

    def _answer_all(self) -> Mapping[str, Answer]:
        answers: dict[str, Answer] = {}
        values: dict[str, Value] = {}
        questions = list(self.catalogue.questions.items())
        for key, question in questions[: len(questions) // 2] if self._is_draft else questions:
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
        if key in self._place:
            return self._place[key]
        if isinstance(question, Text | Keywords):
            if self._has_words(key, question):
                return self._draw_value(key, question)
            return Silence.SKIPPED if self._once(key, "passed") < _PASSED else None
        silent = self._once(key, "silent") / _SILENT
        return _choose(_SILENCES, silent) if silent < 1 else self._draw_value(key, question)

    def _has_words(self, key: str, question: Text | Keywords) -> bool:
        """Whether this venue says something; what takes several lines is said by one venue alone in an edition."""
        if isinstance(question, Text) and question.lines:
            return self._turn(key) < len(self.pool.words.get(key, ()))
        return key in self.pool.words and self._once(key, "told") < _WORDS_GIVEN + 0.4 * self._energy

    def _turn(self, key: str) -> int:
        return _take_turns(self.pool.venues, self.edition, key)[self.venue]

    def _draw_words(self, key: str, question: Text) -> str:
        words = self.pool.words[key]
        said = words[self._turn(key)] if question.lines else str(_choose(words, self._once(key)))
        return said.format(year=int(self.edition) - 1)

    def _draw_value(self, key: str, question: Question) -> Value:
        match question:
            case Many():
                return self._tick(key, question.options)
            case One():
                return self._weigh(key, list_offered(question.options))
            case Grid():
                return {row.id: self._weigh(f"{key}.{row.id}", question.choices) for row in question.rows}
            case Number():
                return self._count(key, question)
            case Rating(marks=marks):
                felt = self._energy + 0.35 * (self._steady(key) - 0.5)
                return max(min(marks), min(max(marks), round(felt * max(marks))))
            case Text():
                return self._draw_words(key, question)
            case Keywords():
                words = self.pool.words[key]
                ranked = sorted(words, key=lambda word: self._steady(key, word) * (1 + words.index(word)))
                return tuple(ranked[: min(question.most, 2 + int(3 * self._steady(key)))])
            case _:
                assert_never(question)

    def _tick(self, key: str, options: Sequence[Option]) -> tuple[str, ...]:
        """The options that were observed; where there is none, the one that says so."""
        together = [option for option in options if option.asked and not option.exclusive]
        ticked = [
            option.id
            for place, option in enumerate(together)
            if self._steady(key, option.id) < self._likelihood(key, option, place / len(together))
        ]
        if ticked:
            return tuple(ticked)
        alone = [option for option in options if option.asked and option.exclusive]
        return (self._weigh(key, alone or together),)

    def _weigh(self, key: str, options: Sequence[Option]) -> str:
        """One option, a likely one more often."""
        weights = [self._likelihood(key, option, place / len(options)) for place, option in enumerate(options)]
        left = self._steady(key) * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option.id
        return options[-1].id

    def _likelihood(self, key: str, option: Option, place: float) -> float:
        """How often such a venue ticks it: lists begin with what is common, and effects go together."""
        tilt = 2.2 * (_chance(key, option.id, "known") - 0.5) + 2.4 * (0.35 - (0.5 if option.specify else place))
        tilt += 3.2 * (self._strain - 0.7) if option.difficulty else 2.6 * (self._energy - 0.5)
        tilt -= 1.5 if option.specify or option.means or option.id in self.pool.rare.get(key, ()) else 0
        return 1 / (1 + math.exp(-tilt))

    def _count(self, key: str, question: Number) -> int:
        """A number within the usual ones: of years each as often as another, of things more for a large venue."""
        low, high = self.pool.numbers.get(key, _USUAL_RANGE)
        if question.year:
            counted = low + self._steady(key) * (high - low)
        else:
            share = 0.75 * self._size + 0.25 * self._steady(key)
            counted = math.exp(math.log(low + 1) + share * (math.log(high + 1) - math.log(low + 1))) - 1
            counted *= 1 if key in self.pool.lasting else 0.92 + 0.16 * self._once(key)
        return max(question.min, min(question.max, round(counted)))

    @cached_property
    def _is_draft(self) -> bool:
        return self._once("draft") < _DRAFTS

    @cached_property
    def _place(self) -> Mapping[str, str]:
        place: Mapping[str, str] = _choose(self.pool.places, _chance(self.venue, "place") ** 1.4)
        return place

    @cached_property
    def _size(self) -> float:
        return _chance(self.venue, "size")

    @cached_property
    def _energy(self) -> float:
        since = 0.06 if self.edition == self.pool.editions[-1] else 0.0
        return 0.25 + 0.6 * (0.7 * _chance(self.venue, "energy") + 0.3 * self._size) + since

    @cached_property
    def _strain(self) -> float:
        """A large venue with few breaks has more of it."""
        return 0.2 + 0.4 * _chance(self.venue, "strain") + 0.3 * self._size

    def _once(self, *names: str) -> float:
        """A draw of this edition alone."""
        return _chance(self.venue, self.edition, *names)

    def _steady(self, *names: str) -> float:
        """A draw that is mostly the same in every edition."""
        is_other = self._once(*names, "change") < _CHANGES and names[0] not in self.pool.lasting
        return self._once(*names) if is_other else _chance(self.venue, *names)
