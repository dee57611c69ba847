"""The last section of the report: what it does not say, for whoever reads it; and all of it, for programs."""

from collections.abc import Iterable, Iterator, Mapping

from impact_cli.answers.relevance import SheetPath
from impact_cli.answers.sheet import Answer, Silence
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Question, Section, Text
from impact_cli.report import wording
from impact_cli.report.blocks import Block, Bullets, Heading, Paragraph
from impact_cli.report.french import join_words
from impact_cli.report.tellable import Tellable
from impact_cli.typography import SEMICOLON

NOT_ASKED, WITHHELD, TO_CONFIRM = "not_asked", "withheld", "to_confirm"  # beside the silences a sheet knows


def list_untold(told: Tellable) -> Iterator[tuple[str, str]]:
    """Every question that concerns the venue and is not told, by key (a grid's row: `key.row`), and why."""
    for key, question in told.catalogue.questions.items():
        if key in told.withheld:
            yield key, WITHHELD
        elif key in told.held_back or key in told.contradicted:
            yield key, TO_CONFIRM
        elif key in told.path.answers:
            yield from name_silences(key, question, told.path.answers[key])


def name_silences(key: str, question: Question, answer: Answer | None) -> Iterator[tuple[str, str]]:
    """What an answer leaves unsaid, by the key of the question, or of a row of it, and why."""
    for silence, rows in _find_silences(question, answer):
        for row in rows or ("",):
            yield ".".join(filter(None, (key, row))), str(silence or NOT_ASKED)


def tell_silences(told: Tellable) -> Iterator[Block]:
    """A heading; what was not touched in a sentence or two; then a line for each section with a real gap.

    Who answered, examples, marks and keywords are no gaps: nobody misses them. That words are withheld is not said.
    """
    yield Heading(2, wording.SILENCES_TITLE, wording.SILENCES_ANCHOR)
    untouched = {
        section.id: _is_untouched(section, told.path)
        for section in told.catalogue.sections
        if not section.opening and not told.path.answers.keys().isdisjoint(section.keyed)
    }
    if untouched and all(untouched.values()):
        yield Paragraph(wording.say_all_untouched(read_back=told.read_back))
        return
    sentences = [*wording.say_untouched(*_name_untouched(told.catalogue, untouched), read_back=told.read_back)]
    yield from map(Paragraph, sentences)
    touched = (section for section in told.catalogue.sections if untouched.get(section.id) is False)
    if lines := [line for section in touched for line in _tell_gaps(section, told)]:
        yield Bullets(tuple(lines))
    elif not sentences:
        yield Paragraph(wording.NOTHING_SILENT)


def _name_untouched(catalogue: Catalogue, untouched: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """By title, the families of which no section that concerns the venue was touched, and such sections of others."""
    families, sections = [], []
    for family in catalogue.families:
        asked = [section for section in family.sections if section.id in untouched]
        if asked and all(untouched[section.id] for section in asked):
            families.append(family.title)
        else:
            sections += [section.title for section in asked if untouched[section.id]]
    return families, sections


def _is_untouched(section: Section, path: SheetPath) -> bool:
    return all(path.answers.get(key) in (None, Silence.SKIPPED) for key in section.keyed)


def _tell_gaps(section: Section, told: Tellable) -> Iterator[str]:
    """The section's line, where one of its questions with options or a number has no answer, or one is held back."""
    subjects: dict[str, list[str]] = {words: [] for words in (*wording.GAPS.values(), wording.TO_CONFIRM)}
    for key, question in section.keyed.items():
        if key in told.held_back:
            subjects[wording.TO_CONFIRM].append(question.topic)
        elif key in told.path.answers and not isinstance(question, Text | Keywords):
            for silence, rows in _find_silences(question, told.path.answers[key]):
                subjects[wording.GAPS[silence]].append(_name_subject(question, rows))
    if parts := [f"{words}\u00a0: {join_words(about)}" for words, about in subjects.items() if about]:
        yield f"{section.title} – {SEMICOLON.join(parts)}."


def _name_subject(question: Question, rows: Iterable[str]) -> str:
    named = [row.told for row in question.rows if row.id in rows] if isinstance(question, Grid) else []
    return f"{question.topic} ({join_words(named)})" if named else question.topic


def _find_silences(question: Question, answer: Answer | None) -> Iterator[tuple[Silence | None, tuple[str, ...]]]:
    """What an answer leaves unsaid: the whole question (no rows), or the rows of a grid without a told choice."""
    if answer is None or isinstance(answer, Silence):
        yield answer, ()
    elif isinstance(question, Grid) and isinstance(answer, Mapping):
        silent = {choice.id: Silence(choice.means) for choice in question.choices if choice.means}
        rows: dict[Silence | None, list[str]] = {}
        for row in question.rows:
            choice = answer.get(row.id)
            if choice is None or choice in silent:
                rows.setdefault(silent.get(choice or ""), []).append(row.id)
        yield from ((silence, tuple(names)) for silence, names in rows.items())
