"""The questionnaire as Markdown to print: boxes to tick and lines to write on, nothing to configure."""

from collections.abc import Iterator
from typing import assert_never

from impact_cli.catalogue.model import (
    Catalogue,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Question,
    Rating,
    Section,
    Text,
    list_offered,
)

_LINE = "\\_" * 30


def write_paper(catalogue: Catalogue) -> str:
    """The whole questionnaire as a form, ended by a newline."""
    parts = [f"# {catalogue.title}", "Nom du lieu : " + _LINE]
    for family in catalogue.families:
        parts.append(f"## {family.title}")
        for section in family.sections:
            parts += _write_section(section)
    return "\n\n".join(parts) + "\n"


def _write_section(section: Section) -> Iterator[str]:
    yield f"### {section.title}"
    if section.hint:
        yield section.hint
    for number, question in enumerate((each for each in section.questions if each.asked), 1):
        heading = f"**{number}. {question.ask}** {_say_how(question)}"
        yield f"{heading}\n{question.hint}" if question.hint else heading
        yield "\n".join(_write_field(question))


def _say_how(question: Question) -> str:
    match question:
        case Many():
            return "(plusieurs réponses possibles)"
        case One() | Rating() | Grid():
            return "(une réponse" + (" par ligne)" if isinstance(question, Grid) else ")")
        case Number() | Text() | Keywords():
            return ""
        case _:
            assert_never(question)


def _write_field(question: Question) -> Iterator[str]:
    match question:
        case Many(options=options) | One(options=options):
            yield from (f"- ☐ {option.label}" for option in list_offered(options))
        case Rating(marks=marks):
            yield from (f"- ☐ {mark} : {level}" for mark, level in marks.items())
        case Grid(rows=rows, choices=choices):
            yield "| | " + " | ".join(choice.label for choice in choices) + " |"
            yield "|---|" + "---|" * len(choices)
            yield from (f"| {row.label} |" + " ☐ |" * len(choices) for row in rows)
        case Number():
            yield "\\_" * 8
        case Text(lines=lines):
            yield "\n\n".join([_LINE] * (4 if lines else 1))
        case Keywords():
            yield " ".join(["#" + "\\_" * 12] * 4)
        case _:
            assert_never(question)
