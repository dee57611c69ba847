"""Which questions concern a venue, decided when its sheet is read: nothing is deleted from the sheet for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.answers.values import AnswerError, read_known, read_value
from impact_cli.catalogue.conditions import holds, section_of
from impact_cli.catalogue.model import Catalogue, Question


@dataclass(frozen=True, slots=True)
class SheetPath:
    """The way one sheet goes through a catalogue.

    `answers`: every question that concerns the venue, in the order asked, with what was said to it (None: not asked).
    `aside`: the keys of answers whose question no longer concerns it. `misread`: those of answers this catalogue does
    not understand, or of which it understands a part, with the reason in French. Both are kept in the sheet and, save
    for that part, not told.
    """

    answers: Mapping[str, Answer | None]
    aside: frozenset[str]
    misread: Mapping[str, str]

    @property
    def values(self) -> dict[str, Value]:
        """The answers that are no silence, in the order asked."""
        return {key: said for key, said in self.answers.items() if said is not None and not isinstance(said, Silence)}


def trace_path(catalogue: Catalogue, sheet: Sheet) -> SheetPath:
    """Walk the questions in the order asked: one is on the path when its condition holds on the answers before it.

    One that is asked no more is on it where it has an answer.
    """
    sheet = follow_catalogue(catalogue, sheet).sheet
    answers: dict[str, Answer | None] = {}
    values: dict[str, Value] = {}
    aside: set[str] = set()
    misread: dict[str, str] = {}
    for key, question in catalogue.questions.items():
        said = sheet.answer(key)
        if not holds(question.when, section_of(key), values):
            aside |= {key} if said is not None else set()
            continue
        if said is None and not question.asked:
            continue
        answers[key], why = _understand(question, said)
        misread |= {key: why} if why else {}
        if (understood := answers[key]) is not None and not isinstance(understood, Silence):
            values[key] = understood
    unknown = sorted(sheet.said.keys() - catalogue.questions.keys())
    misread |= dict.fromkeys(unknown, "la question n’est pas dans ce questionnaire.")
    return SheetPath(answers, frozenset(aside), misread)


def _understand(question: Question, said: Answer | None) -> tuple[Answer | None, str]:
    """What the question takes of what was said to it, and why not all of it."""
    if said is None or isinstance(said, Silence):
        return said, ""
    try:
        return read_value(question, said), ""
    except AnswerError as error:
        return read_known(question, said), str(error)
