"""What a dataset tells of one sheet: the state of every question, and the answers that may leave the venue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from impact_cli.answers.doubts import is_held_back
from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.catalogue.model import Catalogue, Keywords, Question, Text


class State(StrEnum):
    """What became of a question. One whose condition does not hold was not asked, whatever stands in the sheet."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    MISREAD = "misread"


STATES = {
    State.ANSWERED: "répondu",
    State.SKIPPED: "passé",
    State.NOT_KNOWN: "ne sait pas",
    State.NOT_APPLICABLE: "sans objet",
    State.NOT_ASKED: "pas demandé",
    State.MISREAD: "réponse que ce questionnaire ne comprend pas",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet: the state of each question in the order asked, and the values that are told.

    The words of `withheld` keys have no consent; they are among the values of a dataset that stays at home only. What
    is `doubted` is still to be confirmed.
    """

    sheet: Sheet
    states: Mapping[str, State]
    values: Mapping[str, Value]
    doubted: frozenset[str]
    withheld: frozenset[str]


def tell_sheet(catalogue: Catalogue, sheet: Sheet, *, internal: bool) -> Told:
    """What a dataset tells of a sheet; `internal` keeps the words without consent."""
    followed = follow_catalogue(catalogue, sheet).sheet
    path = trace_path(catalogue, followed)
    values = path.values
    withheld = frozenset(_list_withheld(catalogue, followed, values))
    doubted = frozenset(values.keys() & followed.uncertain.keys())
    left_out = {key for key in doubted if _is_unclear(catalogue, followed, key)}
    left_out |= frozenset() if internal else withheld
    return Told(
        sheet,
        {key: _find_state(followed, key, path.answers) for key in catalogue.questions},
        {key: value for key, value in values.items() if key not in left_out},
        doubted,
        withheld,
    )


def _find_state(sheet: Sheet, key: str, answers: Mapping[str, Answer | None]) -> State:
    said = answers.get(key)
    if isinstance(said, Silence):
        return State(said.value)
    if said is not None:
        return State.ANSWERED
    return State.MISREAD if key in answers and key in sheet.answers else State.NOT_ASKED


def _list_withheld(catalogue: Catalogue, sheet: Sheet, values: Mapping[str, Value]) -> Iterator[str]:
    return (key for key in values if is_free(catalogue.questions[key]) and not sheet.may_publish(key))


def is_free(question: Question) -> bool:
    """Whether its answers are words of the venue, which it is asked about before they are published."""
    return isinstance(question, Keywords) or (isinstance(question, Text) and not question.public)


def _is_unclear(catalogue: Catalogue, sheet: Sheet, key: str) -> bool:
    """Whether the words were read from a report and perhaps nobody's, as the reports do not print them either."""
    said = sheet.answers[key]
    return isinstance(said, str) and is_held_back(catalogue, said, sheet.uncertain[key])
