"""The way of many sheets through one catalogue: what `trace_path` finds, with every answer that repeats judged once."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

from impact_cli.answers.following import follow_catalogue, list_moves
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.answers.values import AnswerError, read_known, read_value
from impact_cli.catalogue.conditions import Test, When, holds, key_of, passes, section_of
from impact_cli.catalogue.consistency import list_entries
from impact_cli.catalogue.model import Catalogue, Keywords, Many, Question, Text, is_free, options_of
from impact_cli.typography import fold

_MOST_KEPT = 1000  # answers remembered of a question: those that are chosen repeat


@dataclass(slots=True, eq=False)
class Seen:
    """An answer as its question stores it, None where the question takes none of it, and how often it was counted.

    `bits` are the tests it passes.
    """

    key: str
    value: Value | None
    bits: int
    times: int = 0


@dataclass(frozen=True, slots=True)
class Walked:
    """What one sheet says on its path: answers that others give too; free words by key; silences by key.

    Words are None where their question takes none of them. The `contradicted` keys cannot all be true.
    """

    sheet: Sheet
    seen: list[Seen]
    words: list[tuple[str, Any]]
    silences: list[tuple[str, Silence]]
    contradicted: frozenset[str]

    @property
    def answers(self) -> dict[str, Answer | None]:
        """All that was said, by key, in no order; None where it is misread."""
        told: dict[str, Answer | None] = {each.key: each.value for each in self.seen}
        return told | dict(self.words) | dict(self.silences)


# Of an option that can be ticked: its rank, whether it stands alone, the tests that need it, those that refuse it.
_Tick = tuple[int, bool, int, int]


@dataclass(slots=True, eq=False)
class _Step:
    """A question on the way; `needs` are the tests that lead to it, each one bit, `own` those of its answers."""

    key: str
    question: Question
    rank: int
    free: bool
    needs: int = 0
    own: int = 0
    tests: list[tuple[int, Test]] = field(default_factory=list)
    options: dict[str, _Tick] = field(default_factory=dict)
    bare: int = 0  # the tests that no option has to be ticked for
    others: list[tuple[int, Test]] = field(default_factory=list)
    kept: dict[Any, Seen] = field(default_factory=dict)


class Walker:
    """Walks through sheets, one after the other; `settle` is given the answers that are about to be forgotten."""

    def __init__(self, catalogue: Catalogue, settle: Callable[[Seen], object] = bool) -> None:
        self._catalogue = catalogue
        self._settle = settle
        self._steps = {
            key: _Step(key, question, rank, is_free(question))
            for rank, (key, question) in enumerate(catalogue.questions.items())
        }
        self._moves = list_moves(catalogue)
        self._former = {key: former for key, each in catalogue.questions.items() if (former := _list_former(each))}
        self._bits: dict[tuple[str, Test], int] = {}
        self._missed = 0  # what does not pass before anything is said
        for key, question in catalogue.questions.items():
            self._steps[key].needs = self._need(question.when, section_of(key))
        self._contradictions: dict[int, list[tuple[int, frozenset[str]]]] = {}  # by the bit of their first test
        for named, entry in list_entries(catalogue):
            keys = [key_of(name, named) for name in entry.when]
            first = self._bit_of(keys[0], next(iter(entry.when.values())))
            self._contradictions.setdefault(first, []).append((self._need(entry.when, named), frozenset(keys)))
        for step in self._steps.values():
            _prepare(step)

    def _need(self, when: When, section: str) -> int:
        """The bits of all its tests."""
        needs = 0
        for name, test in when.items():
            needs |= self._bit_of(key_of(name, section), test)
        return needs

    def _bit_of(self, key: str, test: Test) -> int:
        if bit := self._bits.get((key, test)):
            return bit
        bit = self._bits[key, test] = 1 << len(self._bits)
        step = self._steps[key]
        step.own |= bit
        step.tests.append((bit, test))
        self._missed |= 0 if holds({key: test}, "", {}) else bit
        return bit

    def walk(self, sheet: Sheet) -> Walked:
        """The path of one sheet, followed to this catalogue."""
        if self._is_former(sheet):
            sheet = follow_catalogue(self._catalogue, sheet).sheet
        seen: list[Seen] = []
        words: list[tuple[str, Any]] = []
        missed, last, steps = self._missed, -1, self._steps
        for key, said in sheet.answers.items():  # the loop in which a panorama spends its time
            if (step := steps.get(key)) is None:
                continue
            if step.rank < last:
                return self.walk(sheet.in_order(self._steps))
            last = step.rank
            if step.needs and step.needs & missed:
                continue
            if step.free:
                value, bits = _hear(step, said)
                words.append((key, value))
            else:
                known = step.kept.get(said if type(said) is not dict else (*said.items(),)) or self._judge(step, said)
                value, bits = known.value, known.bits
                seen.append(known)
            if step.own and value is not None:
                missed = (missed | step.own) ^ bits
        silences = [said for said in sheet.silences.items() if (step := steps.get(said[0])) and not step.needs & missed]
        return Walked(sheet, seen, words, silences, frozenset(self._contradict(seen, words, missed)))

    def _is_former(self, sheet: Sheet) -> bool:
        """Whether following changes something that was said: most sheets of an older version have no former id."""
        if sheet.catalogue.fingerprint == self._catalogue.fingerprint:
            return False
        if not self._moves.keys().isdisjoint((*sheet.answers, *sheet.silences)):
            return True
        return any(not former.isdisjoint(_ids_of(sheet.answers.get(key))) for key, former in self._former.items())

    def _contradict(self, seen: list[Seen], words: list[tuple[str, Any]], missed: int) -> Iterator[str]:
        met = [
            keys
            for first, several in self._contradictions.items()
            if not first & missed
            for needs, keys in several
            if not needs & missed
        ]
        if met:
            said = {each.key for each in seen if each.value is not None}
            said |= {key for key, value in words if value is not None}
            yield from (key for keys in met if keys <= said for key in keys)

    def _judge(self, step: _Step, said: Any) -> Seen:
        """The answer, judged and kept."""
        bits = _tick(step, said) if step.options else None
        value = _read(step.question, said) if bits is None else said
        seen = Seen(step.key, value, _find_bits(step, value) if bits is None else bits)
        if len(step.kept) >= _MOST_KEPT:
            self._forget(step)
        step.kept[said if type(said) is not dict else (*said.items(),)] = seen
        return seen

    def _forget(self, step: _Step) -> None:
        for seen in step.kept.values():
            self._settle(seen)
        step.kept.clear()

    def settle(self) -> None:
        """Forget every answer."""
        for step in self._steps.values():
            self._forget(step)


def _list_former(question: Question) -> frozenset[str]:
    """The former ids of a question's options."""
    return frozenset(former for options in options_of(question).values() for option in options for former in option.was)


def _ids_of(said: Value | None) -> Collection[str]:
    match said:
        case str():
            return (said,)
        case tuple():
            return said
        case Mapping():
            return (*said, *said.values())
        case _:
            return ()


def _prepare(step: _Step) -> None:
    """Where several options can be ticked, which tests each of them decides."""
    if not isinstance(step.question, Many):
        return
    step.others = [(bit, test) for bit, test in step.tests if test.all or (test.min, test.max) != (None, None)]
    simple = [(bit, test) for bit, test in step.tests if (bit, test) not in step.others]
    step.bare = sum(bit for bit, test in simple if not test.includes)
    for rank, option in enumerate(step.question.options):
        needing = sum(bit for bit, test in simple if option.id in test.includes)
        refusing = sum(bit for bit, test in simple if option.id in test.excludes)
        step.options[option.id] = rank, option.exclusive, needing, refusing


def _tick(step: _Step, ticked: Any) -> int | None:
    """The tests that ticked options pass, None where they do not stand as they are stored."""
    if type(ticked) is not tuple or not ticked:
        return None
    last, passed, refused = -1, step.bare, 0
    for option in ticked:
        if (tick := step.options.get(option)) is None:
            return None
        rank, alone, needing, refusing = tick
        if rank <= last or (alone and len(ticked) > 1):
            return None
        last, passed, refused = rank, passed | needing, refused | refusing
    for bit, test in step.others:
        passed |= bit if passes(test, ticked) else 0
    return passed & ~refused


def _hear(step: _Step, said: Any) -> tuple[Any, int]:
    """The words as their question stores them, None where it takes none of them; and the tests they pass."""
    if not step.own and _is_stored(step.question, said):
        return said, 0
    value = _read(step.question, said)
    return value, _find_bits(step, value)


def _find_bits(step: _Step, value: Value | None) -> int:
    """The tests that an answer passes."""
    return sum(bit for bit, test in step.tests if value is not None and passes(test, value))


def _is_stored(question: Question, said: Any) -> bool:
    """Whether words are surely such as the question stores: reading them again changes nothing."""
    match question:
        case Text(lines=lines, max_length=longest):
            plain = type(said) is str and said.isprintable() and said == said.strip() and 0 < len(said) <= longest
            plain = plain and is_normalized("NFC", said)
            return plain and (lines or ("  " not in said and said[-1] != "."))
        case Keywords(most=most):
            folded = [_fold_stored(word) for word in said] if type(said) is tuple else []
            return None not in folded and 0 < len({*folded}) == len(folded) <= most
        case _:
            return False


@lru_cache(maxsize=20_000)
def _fold_stored(word: str) -> str | None:
    """The folded keyword, None where it would be stored otherwise."""
    try:
        return fold(word) if read_value(_KEYWORDS, (word,)) == (word,) else None
    except AnswerError:
        return None


_KEYWORDS = Keywords(id="", ask="", topic="")


def _read(question: Question, said: Value) -> Value | None:
    try:
        return read_value(question, said)
    except AnswerError:
        return read_known(question, said)
