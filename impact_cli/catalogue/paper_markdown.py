"""The questionnaire on paper as Markdown, for who prints it from an editor: boxes are characters, lines are dashes."""

from collections.abc import Iterator
from typing import assert_never

from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.paper import Lines, PaperQuestion, Room, Table, Ticks, Words, build_paper

_BLANK = "\\_" * 30
_TO_FILL = f"\u00a0: {_BLANK}"


def write_paper(catalogue: Catalogue) -> str:
    """The form as Markdown, ended by a newline."""
    paper = build_paper(catalogue)
    parts = [f"# {paper.title}", *(f"{line} {_BLANK}" for line in paper.head)]
    for family in paper.families:
        parts.append(f"## {family.title}")
        for section in family.sections:
            parts += [f"### {section.number}. {section.title}", *filter(None, [section.hint])]
            parts += [part for question in section.questions for part in _write_question(question)]
    return "\n\n".join(parts) + "\n"


def _write_question(question: PaperQuestion) -> Iterator[str]:
    how = f" ({question.how})" if question.how else ""
    if question.condition:
        yield f"*{question.condition}*"
    heading = f"**{question.number} {question.ask}**{how}"
    yield f"{heading}\n{question.help}" if question.help else heading
    yield _write_room(question.room)
    yield " · ".join(f"☐ {label}" for label in question.beside)


def _write_room(room: Room) -> str:
    match room:
        case Ticks(options=options):
            return "\n".join(f"- ☐ {tick.label}{_TO_FILL * tick.words}" for tick in options)
        case Table(rows=rows, choices=choices):
            head = ["| | " + " | ".join(choices) + " |", "|---|" + "---|" * len(choices)]
            return "\n".join([*head, *(f"| {row} |" + " ☐ |" * len(choices) for row in rows)])
        case Lines(count=count, short=short):
            return "\n\n".join(["\\_" * 8 if short else _BLANK] * count)
        case Words(count=count):
            return " ".join(["#" + "\\_" * 12] * count)
        case _:
            assert_never(room)
