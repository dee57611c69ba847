"""The lines that tell answers, and read them back: sentences with slots such as `{publics:bullets}`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import assert_never

from impact_cli.catalogue.model import (
    Alternative,
    Counted,
    Grid,
    Keywords,
    Line,
    Lines,
    Many,
    Number,
    One,
    Question,
    Rating,
    Section,
    Text,
)
from impact_cli.errors import suggest

_SLOT = re.compile(r"\{(?P<question>[a-z][a-z0-9_]*)(?::(?P<style>[a-z]*))?\}")


class Style(StrEnum):
    """How a slot gives an answer; docs/catalogue.md says what each one prints."""

    PLAIN = ""
    DE = "de"
    BULLETS = "bullets"
    QUOTE = "quote"
    ROWS = "rows"
    CHOICE = "choice"
    RATING = "rating"
    KEYWORDS = "keywords"


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


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of an answer in a sentence; `question` is an id of the line's section."""

    question: str
    style: Style = Style.PLAIN


Sentence = tuple[str | Slot, ...]


class LineError(Exception):
    """A sentence that cannot be read as words and slots; its text says why, in French."""


@cache
def parse_sentence(text: str) -> Sentence:
    """The words and slots of a sentence, in order; no words are empty. Raises LineError."""
    parts: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        parts += [text[end : match.start()], Slot(match["question"], _read_style(match["style"] or ""))]
        end = match.end()
    parts.append(text[end:])
    sentence = tuple(part for part in parts if part != "")
    if any(isinstance(part, str) and ("{" in part or "}" in part) for part in sentence):
        raise LineError("une accolade n’entoure pas une question : « {question} » ou « {question:style} ».")
    return sentence


def sentences_of(alternative: Alternative) -> tuple[Sentence, ...]:
    """Every form of an alternative: one, or the forms a count needs, those that are written."""
    if isinstance(alternative, Counted):
        forms = (alternative.zero, alternative.one, alternative.few, alternative.many)
        return tuple(parse_sentence(form) for form in forms if form)
    return (parse_sentence(alternative),)


def questions_of(alternative: Alternative) -> frozenset[str]:
    """The ids of the questions that must all be answered before the alternative can be told."""
    slots = {part.question for sentence in sentences_of(alternative) for part in sentence if isinstance(part, Slot)}
    return frozenset(slots | ({alternative.by} if isinstance(alternative, Counted) else set()))


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


def form_for(alternative: Alternative, count: int) -> Sentence:
    """The form that agrees with a count: in French 0 and 1 are singular, from 2 on plural."""
    if not isinstance(alternative, Counted):
        return parse_sentence(alternative)
    few = alternative.few
    by_count = {0: alternative.zero or alternative.one, 1: alternative.one, 2: few, 3: few}
    return parse_sentence(by_count.get(count) or alternative.many)


def _read_style(word: str) -> Style:
    try:
        return Style(word)
    except ValueError as error:
        hint = suggest(word, [style.value for style in Style if style])
        raise LineError(f"le style « {word} » n’existe pas.{hint}") from error
