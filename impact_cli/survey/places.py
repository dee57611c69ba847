"""Everything a survey can ask of one venue, in order: questions, and the rows of grids one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.catalogue.model import Catalogue, Grid, Option, Question, Section
from impact_cli.survey.prompter import Draft


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to ask: a question of a section, or one row of a grid."""

    section: Section
    question: Question
    row: Option | None = None

    @property
    def key(self) -> str:
        """The key of the question in the sheet."""
        return f"{self.section.id}.{self.question.id}"

    @property
    def name(self) -> str:
        """What no other place is called: the key, and the row where it is a grid."""
        return f"{self.key}.{self.row.id}" if self.row else self.key


def list_places(catalogue: Catalogue, sheet: Sheet) -> list[Place]:
    """Everything that concerns the venue, given what was answered so far."""
    on_path = trace_path(catalogue, sheet).answers
    return [place for section in catalogue.sections for place in split_section(section) if place.key in on_path]


def split_section(section: Section) -> list[Place]:
    """All the places of a section, also those that do not concern a venue as yet."""
    return [
        Place(section, question, row)
        for question in section.questions
        for row in (question.rows if isinstance(question, Grid) else (None,))
    ]


def find_answer(sheet: Sheet, place: Place) -> Answer | None:
    """What the sheet holds: for a row its choice, or the silence of the whole grid."""
    answer = sheet.answer(place.key)
    if place.row and isinstance(answer, Mapping):
        return answer.get(place.row.id)
    return answer


def find_draft(sheet: Sheet, place: Place) -> Draft | None:
    """What the sheet holds as it would stand in the field; None for a silence."""
    answer = find_answer(sheet, place)
    match answer:
        case None | Silence() | Mapping():
            return None
        case int():
            return str(answer)
        case _:
            return answer


def find_first(sheet: Sheet, places: Sequence[Place]) -> Place | None:
    """Where a conversation about the sheet begins: an answer to confirm, else the first place without one."""
    unsure = [place for place in places if place.key in sheet.uncertain]
    unsaid = [place for place in places if find_answer(sheet, place) is None]
    return next(iter([*unsure, *unsaid]), None)
