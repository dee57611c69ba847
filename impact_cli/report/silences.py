"""The last section of the report: every question that concerns the venue and that nobody answered."""

from collections.abc import Iterable, Iterator, Mapping

from impact_cli.answers.relevance import Path
from impact_cli.answers.sheet import Answer, Silence
from impact_cli.catalogue.model import Catalogue, Grid, Question, Section
from impact_cli.report import wording
from impact_cli.report.blocks import Block, Bullets, Heading, Paragraph
from impact_cli.report.french import join_words

Subjects = dict[Silence | None, list[str]]  # what each kind of silence is about; None: not asked


def tell_silences(
    catalogue: Catalogue, path: Path, uncertain: Iterable[str], withheld: frozenset[str] = frozenset()
) -> Iterator[Block]:
    """A heading, and a line for each section with a silence, in the questionnaire's order.

    The answers of `withheld` keys are no longer on the path: they are named as not published.
    """
    yield Heading(2, wording.SILENCES_TITLE, wording.SILENCES_ANCHOR)
    doubtful = set(uncertain)
    lines = [
        line for section in catalogue.sections for line in _tell_section_silences(section, path, doubtful, withheld)
    ]
    yield Bullets(tuple(lines)) if lines else Paragraph(wording.NOTHING_SILENT)


def _tell_section_silences(section: Section, path: Path, doubtful: set[str], withheld: frozenset[str]) -> Iterator[str]:
    keys = {f"{section.id}.{question.id}": question for question in section.questions}
    asked = {key: question for key, question in keys.items() if key in path.answers}
    kept_back = [question.topic for key, question in keys.items() if key in withheld]
    if all(path.answers[key] is None for key in asked) and not kept_back:
        if asked:
            yield f"{section.title} : {wording.SECTION_NOT_ASKED}."
        return
    subjects: Subjects = {silence: [] for silence in wording.SILENCES}
    for key, question in asked.items():
        for silence, subject in find_silences(question, path.answers[key]):
            subjects[silence].append(subject)
    parts = [
        f"{words} : {join_words(subjects[silence])}" for silence, words in wording.SILENCES.items() if subjects[silence]
    ]
    if unsure := [question.topic for key, question in asked.items() if key in doubtful]:
        parts.append(f"{wording.TO_CONFIRM} : {join_words(unsure)}")
    if kept_back:
        parts.append(f"{wording.WITHHELD} : {join_words(kept_back)}")
    if parts:
        yield f"{section.title} – {' ; '.join(parts)}."


def find_silences(question: Question, answer: Answer | None) -> Iterator[tuple[Silence | None, str]]:
    """What an answer leaves unsaid: the question's subject, or the rows of a grid without a told choice."""
    if answer is None or isinstance(answer, Silence):
        yield answer, question.topic
    elif isinstance(question, Grid) and isinstance(answer, Mapping):
        silent = {choice.id: Silence(choice.means) for choice in question.choices if choice.means}
        rows: Subjects = {}
        for row in question.rows:
            choice = answer.get(row.id)
            if choice is None or choice in silent:
                rows.setdefault(silent.get(choice or ""), []).append(row.told)
        for silence, names in rows.items():
            yield silence, f"{question.topic} ({join_words(names)})"
