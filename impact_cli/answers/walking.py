"""The way of many sheets through one catalogue: what `trace_path` gives, with every test of an answer made once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.reading import AnswerError, read_known, read_value
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.catalogue.conditions import holds, key_of
from impact_cli.catalogue.consistency import list_entries
from impact_cli.catalogue.model import Catalogue, Question, Test, Text, When

_MOST_KEPT = 2000  # answers remembered of a question: those with options repeat, free words do not


@dataclass(frozen=True, slots=True)
class Walked:
    """What one sheet says: `answers` as `Path` has them, texts as they stand in the file.

    The `contradicted` cannot all be true.
    """

    sheet: Sheet
    answers: Mapping[str, Answer | None]
    contradicted: frozenset[str]


@dataclass(slots=True)
class _Step:
    """A question on the way. Of the tests of its answers, each one bit, `own` are all and `bare` pass without one."""

    key: str
    question: Question
    needs: int = 0
    own: int = 0
    tests: list[tuple[int, Test]] = field(default_factory=list)
    kept: dict[Any, tuple[Value | None, int]] = field(default_factory=dict)


class Walker:
    """Traces the paths of sheets, one after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._steps = {key: _Step(key, question) for key, question in catalogue.questions.items()}
        self._bits: dict[tuple[str, Test], int] = {}
        self._bare = 0
        for section in catalogue.sections:
            for question in section.questions:
                self._steps[f"{section.id}.{question.id}"].needs = self._need(question.when, section.id)
        self._contradictions = [
            (frozenset(key_of(name, section) for name in entry.when), self._need(entry.when, section))
            for section, entry in list_entries(catalogue)
        ]

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
        self._bare |= bit if holds({key: test}, "", {}) else 0
        return bit

    def walk(self, sheet: Sheet) -> Walked:
        """The path of one sheet, followed to this catalogue."""
        sheet = follow_catalogue(self._catalogue, sheet).sheet
        given, silences = sheet.answers, sheet.silences
        answers: dict[str, Answer | None] = {}
        passed = self._bare
        for key, step in self._steps.items():
            if step.needs & ~passed:
                continue
            said = given.get(key)
            if said is not None:
                value, bits = _read(step, said)
                if value is not None:
                    passed = passed & ~step.own | bits
                answers[key] = value
            elif (silence := silences.get(key)) is not None or step.question.asked:
                answers[key] = silence
        return Walked(sheet, answers, frozenset(self._contradict(answers, passed)))

    def _contradict(self, answers: Mapping[str, Answer | None], passed: int) -> Iterator[str]:
        for keys, needs in self._contradictions:
            if not needs & ~passed and all(_is_value(answers.get(key)) for key in keys):
                yield from keys


def _is_value(said: Answer | None) -> bool:
    return said is not None and not isinstance(said, Silence)


def _read(step: _Step, said: Value) -> tuple[Value | None, int]:
    """The value as the question stores it, None where it takes none of it, and the bits of the tests it passes."""
    if isinstance(step.question, Text):
        return (said, 0) if _is_plain(step, said) else _judge(step, said)
    known = frozenset(said.items()) if isinstance(said, Mapping) else (type(said), said)
    if known not in step.kept:
        if len(step.kept) > _MOST_KEPT:
            step.kept.clear()
        step.kept[known] = _judge(step, said)
    return step.kept[known]


def _is_plain(step: _Step, said: Value) -> bool:
    """Whether a text is surely one that the question takes: no cleaning makes it empty, or too long."""
    long = isinstance(step.question, Text) and step.question.max_length // 4
    return type(said) is str and not step.own and said[:1].isalnum() and len(said) <= long


def _judge(step: _Step, said: Value) -> tuple[Value | None, int]:
    try:
        value: Value | None = read_value(step.question, said)
    except AnswerError:
        value = read_known(step.question, said)
    if value is None:
        return None, 0
    return value, sum(bit for bit, test in step.tests if holds({step.key: test}, "", {step.key: value}))
