"""How far a sheet is: one count, for everybody who tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue, Grid, Question


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions that concern a venue have an answer: `answered` of `concerned`."""

    answered: int
    concerned: int

    @property
    def told(self) -> str:
        """In words."""
        return f"{self.answered} réponse{'s' if self.answered > 1 else ''} sur {self.concerned}"


def measure_progress(catalogue: Catalogue, sheet: Sheet, sections: Iterable[str] | None = None) -> Progress:
    """The progress of a sheet, or of the sections of these ids alone.

    "Not known" and "not applicable" are answers; a question that was passed has none, nor has a grid with a row open.
    """
    wanted = None if sections is None else set(sections)
    path = trace_path(catalogue, sheet).answers
    keys = [key for key in path if wanted is None or section_of(key) in wanted]
    return Progress(sum(_is_answered(catalogue.questions[key], path[key]) for key in keys), len(keys))


def _is_answered(question: Question, said: Answer | None) -> bool:
    """Whether nothing of the question is left open."""
    if isinstance(question, Grid) and isinstance(said, Mapping):
        return all(row.id in said for row in question.rows)
    return said not in (None, Silence.SKIPPED)
