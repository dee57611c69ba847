"""The sentences that tell answers, and read them back: words with slots such as `{publics:bullets}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from impact_cli.errors import suggest

Identifier: TypeAlias = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
Words: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2000)]

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


class Counted(Struct, frozen=True, omit_defaults=True):
    """One sentence in the forms a count needs. `by` is a number (its value) or a many (how many are ticked).

    `few` is of two or three, where that is told otherwise than `many`.
    """

    by: Identifier
    many: Words
    few: Words = ""
    one: Words = ""
    zero: Words = ""

    @property
    def forms(self) -> Mapping[str, str]:
        """The sentences that are written, by the count they agree with."""
        return {key: form for key in ("zero", "one", "few", "many") if (form := getattr(self, key))}


Alternative = Words | Counted
Told = Alternative | None  # what a question says of itself
# A line is one sentence, or alternatives of which the first that can be told is told.
Line = Annotated[tuple[Alternative, ...], Meta(min_length=1, max_length=20)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=200)]


class Headline(Struct, frozen=True, omit_defaults=True):
    """A few words for the first page, with the figure in the place of `{count}`; a form that is missing is not said."""

    many: Words
    one: Words = ""
    zero: Words = ""


Headlined = Headline | None


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
        raise LineError(
            "une accolade n’entoure pas une question\u00a0: «\u00a0{question}\u00a0» ou «\u00a0{question:style}\u00a0»."
        )
    return sentence


def sentences_of(alternative: Alternative) -> tuple[Sentence, ...]:
    """Every form of an alternative: one, or the forms a count needs, those that are written."""
    forms = alternative.forms.values() if isinstance(alternative, Counted) else (alternative,)
    return tuple(map(parse_sentence, forms))


def questions_of(alternative: Alternative) -> frozenset[str]:
    """The ids of the questions that must all be answered before the alternative can be told."""
    slots = {part.question for sentence in sentences_of(alternative) for part in sentence if isinstance(part, Slot)}
    return frozenset(slots | ({alternative.by} if isinstance(alternative, Counted) else set()))


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
        raise LineError(f"le style «\u00a0{word}\u00a0» n’existe pas.{hint}") from error
