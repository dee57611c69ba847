"""What can be asked: families of sections of questions, as frozen data. docs/catalogue.md describes the files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)

from impact_cli.typography import typeset

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(typeset)]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Option(_Frozen):
    """One possible answer, or a row or choice of a grid. `tell` is its words inside a sentence.

    An `exclusive` option stands alone among the ticked ones, and its `tell` is a whole sentence. A choice that
    `means` a silence is told as that silence. `was` are its former ids, `read` the wordings of older reports.
    """

    id: Identifier
    label: Words
    tell: Words = ""
    exclusive: bool = False
    means: Literal["not_known", "not_applicable"] | None = None
    read: tuple[Words, ...] = ()
    was: tuple[Identifier, ...] = ()

    @property
    def told(self) -> str:
        """The words in a sentence: `tell`, else the label."""
        return self.tell or self.label


def _read_test(raw: object) -> object:
    """`rien` and `[rien, peu]` are short for `{includes: [rien]}` and `{includes: [rien, peu]}`."""
    match raw:
        case str():
            return {"includes": (raw,)}
        case list() | tuple():
            return {"includes": raw}
        case {"not": str(excluded), **rest}:
            return {**rest, "not": (excluded,)}
        case _:
            return raw


class Test(_Frozen):
    """What one earlier answer must be: hold one of `includes`, none of `excludes`, lie within `min` and `max`."""

    __test__ = False
    includes: tuple[Identifier, ...] = ()
    excludes: Annotated[tuple[Identifier, ...], Field(alias="not")] = ()
    min: int | None = None
    max: int | None = None


When = dict[str, Annotated[Test, BeforeValidator(_read_test)]]
Options = Annotated[tuple[Option, ...], Field(min_length=1)]


class _Asked(_Frozen):
    """What every kind of question has: its words, and when it is asked at all (every test of `when` holds).

    `topic` is a noun phrase that names the subject in "Ce que ce rapport ne dit pas".
    """

    id: Identifier
    ask: Words
    topic: Words
    hint: Words = ""
    example: Words = ""
    when: When = Field(default_factory=dict)
    read: tuple[Words, ...] = ()
    was: tuple[str, ...] = ()


class Many(_Asked):
    """Several options can be ticked. The answer: option ids, in the catalogue's order, at least one."""

    kind: Literal["many"]
    options: Options


class One(_Asked):
    """One option is chosen. The answer: its id."""

    kind: Literal["one"]
    options: Options


class Number(_Asked):
    """A whole number from `min` to `max`. `year` prints without grouping of digits.

    `prose` names the text question of the section that keeps what was typed around the number.
    """

    kind: Literal["number"]
    min: int = 0
    max: int = 1_000_000
    year: bool = False
    prose: Identifier | None = None


class Text(_Asked):
    """Free words, of several lines where `lines` is true; `max_length` in characters.

    `public` texts are facts meant to be printed; the others are asked about before they are published.
    """

    kind: Literal["text"]
    lines: bool = False
    max_length: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000
    public: bool = False


class Grid(_Asked):
    """One of `choices` for each of `rows`. The answer: row id → choice id, of at least one row."""

    kind: Literal["grid"]
    rows: Options
    choices: Options


class Rating(_Asked):
    """A mark from 1 to the number of `levels`; the levels are its names, from the lowest."""

    kind: Literal["rating"]
    levels: Annotated[tuple[Words, ...], Field(min_length=2, max_length=10)]


class Keywords(_Asked):
    """Free words, told as hashtags. The answer: the words, in the order typed, at most `most`."""

    kind: Literal["keywords"]
    most: Annotated[int, Field(ge=1, le=100)] = 20


Question = Annotated[Many | One | Number | Text | Grid | Rating | Keywords, Discriminator("kind")]


class Counted(_Frozen):
    """One sentence in the forms a count needs. `by` is a number (its value) or a many (how many are ticked)."""

    by: Identifier
    many: Words
    one: Words = ""
    zero: Words = ""


def _as_tuple(raw: object) -> object:
    return raw if isinstance(raw, list | tuple) else (raw,)


def _form_of(raw: object) -> str:
    """One form alone is held against an alternative, so that a fault is reported once."""
    return "counted" if isinstance(raw, dict | Counted) else "sentence"


# A line is one sentence, or alternatives of which the first that can be told is told.
Alternative = Annotated[Annotated[Words, Tag("sentence")] | Annotated[Counted, Tag("counted")], Discriminator(_form_of)]
Line = Annotated[tuple[Alternative, ...], BeforeValidator(_as_tuple), Field(min_length=1)]


class Section(_Frozen):
    """One effect: its questions in the order asked, its lines in the order told.

    An `opening` section is told right under its family's title, without a title of its own, wherever it is asked.
    """

    id: Identifier
    title: Words
    hint: Words = ""
    opening: bool = False
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    tell: tuple[Line, ...]
    read: tuple[Line, ...] = ()
    titles_read: tuple[Words, ...] = ()

    def question(self, identifier: str) -> Question | None:
        """The section's question of that id."""
        return next((question for question in self.questions if question.id == identifier), None)


class Family(_Frozen):
    """A group of sections under one title of the report."""

    id: Identifier
    title: Words
    titles_read: tuple[Words, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @property
    def told_sections(self) -> tuple[Section, ...]:
        """The sections in the order of the report: opening ones first."""
        return tuple(sorted(self.sections, key=lambda section: not section.opening))


class Catalogue(_Frozen):
    """Everything that can be asked. `fingerprint` is the SHA-256 of its files, hexadecimal."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
    version: Words
    title: Words
    titles_read: tuple[Words, ...] = ()
    language: str = "fr"
    furniture: tuple[Words, ...] = ()
    families: Annotated[tuple[Family, ...], Field(min_length=1)]
    fingerprint: str = ""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key `section.question`, in the order asked."""
        return {f"{section.id}.{question.id}": question for section in self.sections for question in section.questions}

    @property
    def sections(self) -> Iterator[Section]:
        """Every section, in the order asked."""
        return (section for family in self.families for section in family.sections)
