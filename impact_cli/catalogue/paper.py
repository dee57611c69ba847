"""The questionnaire as a form on paper: what is printed and where one writes, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from impact_cli.catalogue.conditions import Test, key_of
from impact_cli.catalogue.model import (
    Catalogue,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Question,
    Rating,
    Section,
    Text,
    is_free,
    list_offered,
)
from impact_cli.catalogue.reach import list_reachable

HEAD = ("Lieu", "Édition", "Date", "Au nom de")
NOT_KNOWN, NOT_APPLICABLE = "Je ne sais pas", "Sans objet pour notre lieu"
PUBLISH = "À publier tel quel"
_LINES, _KEYWORDS = 4, 6  # how many are drawn


@dataclass(frozen=True)
class Tick:
    """A box and what one says by ticking it, with room for words where it asks for some."""

    label: str
    words: bool = False


@dataclass(frozen=True)
class Ticks:
    """Boxes, one a line."""

    options: Sequence[Tick]
    kind: Literal["ticks"] = "ticks"


@dataclass(frozen=True)
class Table:
    """A box where each row meets each choice."""

    rows: Sequence[str]
    choices: Sequence[str]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Lines:
    """Lines to write on; one of a few figures is `short`."""

    count: int
    short: bool = False
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class Words:
    """Room for so many keywords."""

    count: int
    kind: Literal["words"] = "words"


Room = Ticks | Table | Lines | Words


@dataclass(frozen=True)
class PaperQuestion:
    """A question in print. `condition` says who answers it, and where others go on; `beside` are boxes below it."""

    number: str
    key: str
    ask: str
    how: str
    help: str
    condition: str
    room: Room
    beside: Sequence[str]


@dataclass(frozen=True)
class PaperSection:
    """A section in print, by its number."""

    number: str
    title: str
    hint: str
    questions: Sequence[PaperQuestion]


@dataclass(frozen=True)
class PaperFamily:
    """A family in print."""

    title: str
    sections: Sequence[PaperSection]


@dataclass(frozen=True)
class Paper:
    """The whole form; `head` are lines at the top, to be filled in."""

    title: str
    language: str
    head: Sequence[str]
    families: Sequence[PaperFamily]


def build_paper(catalogue: Catalogue) -> Paper:
    """The form of a catalogue, in the order of the survey."""
    printed = list_reachable(catalogue.questions)
    sections = [section for section in catalogue.sections if any(_list_keys(section, printed))]
    places = _Places(printed, sections)
    families = [
        PaperFamily(family.title, [places.print_section(each) for each in family.sections if each in sections])
        for family in catalogue.families
    ]
    return Paper(catalogue.title, catalogue.language, HEAD, [family for family in families if family.sections])


def _list_keys(section: Section, printed: Mapping[str, Question]) -> Iterator[str]:
    """The keys of a section's questions; the words of an option are written beside it."""
    keys = (f"{section.id}.{question.id}" for question in section.written)
    return (key for key in keys if key in printed)


class _Places:
    """Where each question stands: its number, and what comes after it."""

    def __init__(self, printed: Mapping[str, Question], sections: Sequence[Section]) -> None:
        self._printed = printed
        self._sections = {section.id: str(number) for number, section in enumerate(sections, 1)}
        self._numbers = {
            key: f"{self._sections[section.id]}.{number}"
            for section in sections
            for number, key in enumerate(_list_keys(section, printed), 1)
        }

    def print_section(self, section: Section) -> PaperSection:
        keys = [*_list_keys(section, self._printed)]
        questions = [self._print_question(section, keys, place) for place in range(len(keys))]
        return PaperSection(self._sections[section.id], section.title, section.hint, questions)

    def _print_question(self, section: Section, keys: Sequence[str], place: int) -> PaperQuestion:
        key = keys[place]
        question = self._printed[key]
        return PaperQuestion(
            number=self._numbers[key],
            key=key,
            ask=question.ask,
            how=_say_how(question),
            help=" ".join(filter(None, (question.hint, question.example and f"Exemple\u00a0: {question.example}"))),
            condition=self._tell_condition(section, keys, place),
            room=_make_room(question),
            beside=tuple(_list_beside(question)),
        )

    def _tell_condition(self, section: Section, keys: Sequence[str], place: int) -> str:
        """Who answers a question and those after it under the same condition, said above the first of them."""
        when = self._printed[keys[place]].when
        clauses = [
            clause
            for name, test in when.items()
            if (key := key_of(name, section.id)) in self._numbers
            for clause in _tell_test(self._printed[key], test, self._numbers[key])
        ]
        if not clauses or (place and self._printed[keys[place - 1]].when == when):
            return ""
        following = next((at for at in range(place, len(keys)) if self._printed[keys[at]].when != when), len(keys))
        first, last = self._numbers[keys[place]], self._numbers[keys[following - 1]]
        between = "et" if following - place == 2 else "à"  # noqa: PLR2004  two have nothing between them
        asked = f"Question {first}" if first == last else f"Questions {first} {between} {last}"
        onward = f"à la question {self._numbers[keys[following]]}" if following < len(keys) else ""
        return f"{asked}\u00a0: si {' et si '.join(clauses)}\u202f; sinon, {self._point(onward, section)}."

    def _point(self, onward: str, section: Section) -> str:
        """Where to go: to a question of the section, else to the section after it."""
        following = int(self._sections[section.id]) + 1
        if not onward and following > len(self._sections):
            return "vous avez terminé"
        return f"passez {onward or f'à la rubrique {following}'}"


def _tell_test(question: Question, test: Test, number: str) -> Iterator[str]:
    at = f"à la question {number}"
    options = {option.id: f"«\u00a0{option.label}\u00a0»" for option in _list_options(question)}
    wanted, refused, all_wanted = (
        [options[name] for name in names if name in options] for names in (test.includes, test.excludes, test.all)
    )
    if all_wanted:
        yield f"vous avez coché {' et '.join(all_wanted)} {at}"
    if wanted:
        yield f"vous avez coché {' ou '.join(wanted)} {at}"
    if len(refused) == 1:
        yield f"vous n’avez pas coché {refused[0]} {at}"
    elif refused:
        yield f"vous n’avez coché ni {' ni '.join(refused)} {at}"
    for bound, words in ((test.min, "au moins"), (test.max, "au plus")):
        if bound is not None and isinstance(question, Many):
            yield f"vous avez coché {words} {bound} option{'s' if bound > 1 else ''} {at}"
        elif bound is not None:
            yield f"votre réponse {at} est d’{words} {bound}"


def _list_options(question: Question) -> Sequence[Option]:
    return list_offered(question.options) if isinstance(question, Many | One) else ()


def _say_how(question: Question) -> str:
    match question:
        case Many():
            return "plusieurs réponses possibles"
        case One() | Rating():
            return "une réponse"
        case Grid():
            return "une réponse par ligne"
        case Number() | Text() | Keywords():
            return ""
        case _:
            assert_never(question)


def _make_room(question: Question) -> Room:
    match question:
        case Many() | One():
            alone = " (à cocher seule)"
            offered = _list_options(question)
            return Ticks([Tick(each.label + alone * each.exclusive, each.specify) for each in offered])
        case Rating(marks=marks):
            return Ticks([Tick(f"{mark}\u00a0: {level}") for mark, level in marks.items()])
        case Grid(rows=rows, choices=choices):
            return Table([row.label for row in rows], [choice.label for choice in choices])
        case Number():
            return Lines(1, short=True)
        case Text(lines=lines):
            return Lines(_LINES if lines else 1)
        case Keywords(most=most):
            return Words(min(most, _KEYWORDS))
        case _:
            assert_never(question)


def _list_beside(question: Question) -> Iterator[str]:
    """Silences, save where a grid has them among its choices; and consent, for words that are asked about."""
    meant = {choice.means for choice in question.choices} if isinstance(question, Grid) else set()
    yield from () if "not_known" in meant else (NOT_KNOWN,)
    yield from () if "not_applicable" in meant else (NOT_APPLICABLE,)
    if is_free(question):
        yield PUBLISH
