"""The lines of a section: which sentence tells which questions, in what order, and in what style it can."""

from typing import assert_never

from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Section, Text
from impact_cli.catalogue.sentences import Alternative, Line, Lines, Style, questions_of

# These set a block of their own below the sentence, so they end it.
BLOCK_STYLES = frozenset({Style.BULLETS, Style.QUOTE, Style.RATING, Style.KEYWORDS})


def styles_of(question: Question) -> tuple[Style, ...]:
    """The styles in which a sentence can give the answer to a question."""
    match question:
        case Many():
            return Style.PLAIN, Style.BULLETS, Style.DE
        case One() | Number():
            return (Style.PLAIN,)
        case Text():
            return Style.PLAIN, Style.QUOTE
        case Grid():
            return Style.CHOICE, Style.ROWS
        case Rating():
            return (Style.RATING,)
        case Keywords():
            return (Style.KEYWORDS,)
        case _:
            assert_never(question)


def lines_of(section: Section) -> Lines:
    """The lines of a section in the order told, which is that of the questions asked.

    A question tells itself on a line of its own; one that a line ties to others does so in that line, for want of them.
    """
    tied = {name: line for line in section.tell for each in line for name in questions_of(each)}
    lines: dict[Line, list[Alternative]] = {}
    for question in section.questions:
        own = () if question.tell is None else (question.tell,)
        line = tied.get(question.id)
        lines.setdefault(line or own, []).extend(own if line else ())
    return tuple((*line, *own) for line, own in lines.items() if line)
