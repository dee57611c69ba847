"""What can be asked: families of sections of questions, as frozen data. docs/catalogue.md describes the files.

The types bound what files may hold; `form` says in French what does not keep to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal, TypeAlias, assert_never

from msgspec import Meta, Struct, field

from impact_cli.catalogue.conditions import When
from impact_cli.catalogue.sentences import Headlined, Identifier, Lines, Told, Words
from impact_cli.typography import fold_words

CatalogueId: TypeAlias = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]*$", max_length=40)]
# The longest title and the longest name of a venue stand together in the properties of a Word file, of 255 characters.
Title: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]
Identifiers: TypeAlias = Annotated[tuple[Identifier, ...], Meta(max_length=200)]
Wordings: TypeAlias = Annotated[tuple[Words, ...], Meta(max_length=1000)]


class Option(Struct, frozen=True, omit_defaults=True):
    """One possible answer, or a row or choice of a grid. `tell` is its words inside a sentence.

    One that `specify`s asks for words, in a question of its own (`specify.py`). The first page names a `change`,
    and a `difficulty`: an effect that nobody wanted. An `exclusive` option stands alone among the ticked ones, and its
    `tell` is a whole sentence. A choice that `means` a silence is told as that silence. `was` are its former ids,
    `read` the wordings of older reports. One that is not `asked` any more is offered only where it is ticked already;
    it is told and read as ever.
    """

    id: Identifier
    label: Words
    tell: Words = ""
    specify: bool = False
    change: bool = False
    difficulty: bool = False
    exclusive: bool = False
    means: Literal["not_known", "not_applicable"] | None = None
    read: Wordings = ()
    was: Identifiers = ()
    asked: bool = True

    @property
    def told(self) -> str:
        """The words in a sentence: `tell`, else the label."""
        return self.tell or self.label


Options = Annotated[tuple[Option, ...], Meta(min_length=1, max_length=200)]


class _Asked(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag=str.lower):
    """What every kind of question has: its words, and when it is asked at all (every test of `when` holds).

    Each kind also says what it is `called` in French, and the `seconds` it takes, read and answered without haste.

    `topic` is a noun phrase that names the subject in "Ce que ce rapport ne dit pas". `tell` says the answer where no
    line of the section ties it to others; `lines.lines_of` puts them in order. One that is not `asked` is on a venue's
    path only where it has an answer: of an older sheet, or the words typed around a number.
    """

    id: Identifier
    ask: Words
    topic: Words
    hint: Words = ""
    example: Words = ""
    when: When = field(default_factory=dict)
    tell: Told = None
    read: Wordings = ()
    was: tuple[str, ...] = ()
    asked: bool = True

    @property
    def kind(self) -> str:
        """Its name in the files: its class in small letters."""
        return str(self.__struct_config__.tag)


class Many(_Asked, frozen=True):
    """Several options can be ticked. The answer: option ids, in the catalogue's order, at least one."""

    called: ClassVar = "plusieurs options"
    seconds: ClassVar = 35
    options: Options
    headline: Headlined = None


class One(_Asked, frozen=True):
    """One option is chosen. The answer: its id."""

    called: ClassVar = "une option"
    seconds: ClassVar = 20
    options: Options


class Number(_Asked, frozen=True):
    """A whole number from `min` to `max`. `year` prints without grouping of digits.

    `prose` names the text question of the section that keeps what was typed around the number.
    """

    called: ClassVar = "un nombre"
    seconds: ClassVar = 25
    min: int = 0
    max: int = 1_000_000
    year: bool = False
    prose: Identifier | None = None
    headline: Headlined = None


class Text(_Asked, frozen=True):
    """Free words, of several lines where `lines` is true; `max_length` in characters.

    `public` texts are facts meant to be printed; the others are asked about before they are published.
    """

    called: ClassVar = "un texte"
    lines: bool = False
    max_length: Annotated[int, Meta(ge=1, le=20_000)] = 20_000
    public: bool = False

    @property
    def seconds(self) -> int:
        """As of every kind; several lines take longer."""
        return 75 if self.lines else 20


class Grid(_Asked, frozen=True):
    """One of `choices` for each of `rows`. The answer: row id → choice id, of at least one row."""

    called: ClassVar = "une grille"
    seconds: ClassVar = 60
    rows: Options
    choices: Options


class Rating(_Asked, frozen=True):
    """A mark from 1 to the number of `levels`, their names; or 0, where `none` names it."""

    called: ClassVar = "une note"
    seconds: ClassVar = 15
    levels: Annotated[tuple[Words, ...], Meta(min_length=2, max_length=10)]
    none: Words = ""

    @property
    def marks(self) -> dict[int, str]:
        """Each mark that can be given, from the lowest, with its name."""
        return {mark: name for mark, name in enumerate((self.none, *self.levels)) if name}


class Keywords(_Asked, frozen=True):
    """Free words, told as hashtags. The answer: the words, in the order typed, at most `most`."""

    called: ClassVar = "des mots-clés"
    seconds: ClassVar = 45
    most: Annotated[int, Meta(ge=1, le=100)] = 20


Question = Many | One | Number | Text | Grid | Rating | Keywords
Questions = Annotated[tuple[Question, ...], Meta(min_length=1, max_length=100)]


def options_of(question: Question) -> Mapping[str, Options]:
    """The lists of options of a question, by the key they stand under."""
    match question:
        case Many() | One():
            return {"options": question.options}
        case Grid():
            return {"rows": question.rows, "choices": question.choices}
        case Number() | Text() | Rating() | Keywords():
            return {}
        case _:
            assert_never(question)


def list_offered(options: Sequence[Option], ticked: Collection[str] = ()) -> Sequence[Option]:
    """The options to choose from: all that are asked, and those that stand ticked."""
    return tuple(option for option in options if option.asked or option.id in ticked)


def find_exclusive(question: Question | None, value: object) -> Option | None:
    """The option that was ticked and stands alone; None for any other answer."""
    if not isinstance(question, Many) or not isinstance(value, tuple):
        return None
    return next((option for option in question.options if option.exclusive and option.id in value), None)


def is_free(question: Question) -> bool:
    """Whether its answers are words of the venue, which it is asked about before they are published."""
    return isinstance(question, Keywords) or (isinstance(question, Text) and not question.public)


class Incoherence(Struct, frozen=True, omit_defaults=True):
    """Answers that cannot all be true: each question of `when` is answered and every test holds. `ask` says so."""

    id: Identifier
    when: When
    ask: Words


Consistency = Annotated[tuple[Incoherence, ...], Meta(max_length=100)]


class Section(Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """One effect: its questions in the order asked, the lines that tie several of them, and what cannot be true.

    An `opening` section is told right under its family's title, without a title of its own, wherever it is asked.
    """

    id: Identifier
    title: Title
    hint: Words = ""
    opening: bool = False
    written: Questions = field(name="questions")
    tell: Lines = ()
    consistency: Consistency = ()
    read: Lines = ()
    titles_read: Wordings = ()

    @cached_property
    def questions(self) -> Questions:
        """Those of the files, each followed by those that ask for the words of its options."""
        from impact_cli.catalogue.specify import add_questions

        return tuple(each for question in self.written for each in add_questions(self.id, question))

    @cached_property
    def keyed(self) -> Mapping[str, Question]:
        """The questions by their keys, `section.question`, in the order asked."""
        return {f"{self.id}.{question.id}": question for question in self.questions}

    def question(self, identifier: str) -> Question | None:
        """The section's question of that id."""
        return next((question for question in self.questions if question.id == identifier), None)


class Family(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A group of sections under one title of the report."""

    id: Identifier
    title: Title
    titles_read: Wordings = ()
    sections: Annotated[tuple[Section, ...], Meta(min_length=1, max_length=100)]

    @property
    def told_sections(self) -> tuple[Section, ...]:
        """The sections in the order of the report: opening ones first."""
        return tuple(sorted(self.sections, key=lambda section: not section.opening))


class Catalogue(Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """Everything that can be asked."""

    id: CatalogueId
    version: Words
    title: Title
    titles_read: Wordings = ()
    language: Annotated[str, Meta(pattern="^fr(-[A-Z]{2})?$")] = "fr"
    furniture: Wordings = ()
    nothing_said: Wordings = ()
    consistency: Consistency = ()
    families: Annotated[tuple[Family, ...], Meta(min_length=1, max_length=50)]

    @cached_property
    def fingerprint(self) -> str:
        """What tells it from a catalogue that does not ask and tell the same."""
        from impact_cli.catalogue.fingerprint import compute_fingerprint

        return compute_fingerprint(self)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key `section.question`, in the order asked."""
        return {key: question for section in self.sections for key, question in section.keyed.items()}

    def says_nothing(self, text: str) -> bool:
        """Whether words typed as an answer say that there is none: "RAS.", "??", "je ne sais pas"."""
        return fold_words(text) in {"", *map(fold_words, self.nothing_said)}

    @property
    def sections(self) -> Iterator[Section]:
        """Every section, in the order asked."""
        return (section for family in self.families for section in family.sections)
