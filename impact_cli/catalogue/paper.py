"""The questionnaire as a form on paper: what is printed and where one writes, as data."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import assert_never

from msgspec import Struct

from impact_cli.catalogue.conditions import Test, key_of, section_of
from impact_cli.catalogue.model import (
    Catalogue,
    Family,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Question,
    Rating,
    Text,
    is_free,
    list_offered,
)
from impact_cli.catalogue.reach import list_reachable

HEAD = ("Lieu", "Édition", "Date", "Au nom de")
SILENCES = {"not_known": "Je ne sais pas", "not_applicable": "Sans objet pour notre lieu"}
PUBLISH = "À publier tel quel"
_LINES, _KEYWORDS = 4, 6  # how many are drawn


class Tick(Struct, frozen=True):
    """A box and what one says by ticking it, with room for words where it asks for some."""

    label: str
    words: bool = False


class _Room(Struct, frozen=True, tag_field="kind", tag=str.lower):
    """Where one answers."""


class Ticks(_Room, frozen=True):
    """Boxes, one a line."""

    options: Sequence[Tick]


class Table(_Room, frozen=True):
    """A box where each row meets each choice."""

    rows: Sequence[str]
    choices: Sequence[str]


class Lines(_Room, frozen=True):
    """Lines to write on; one of a few figures is `short`."""

    count: int
    short: bool = False


class Words(_Room, frozen=True):
    """Room for so many keywords."""

    count: int


Room = Ticks | Table | Lines | Words


class PaperQuestion(Struct, frozen=True):
    """A question in print. `condition` says who answers it, and where others go on; `beside` are boxes below it."""

    number: str
    key: str
    ask: str
    how: str
    help: str
    condition: str
    room: Room
    beside: Sequence[str]


class PaperSection(Struct, frozen=True):
    """A section in print, by its number."""

    number: str
    title: str
    hint: str
    questions: Sequence[PaperQuestion]


class PaperFamily(Struct, frozen=True):
    """A family in print."""

    title: str
    sections: Sequence[PaperSection]


class Paper(Struct, frozen=True):
    """The whole form; `head` are lines at the top, to be filled in."""

    title: str
    language: str
    head: Sequence[str]
    families: Sequence[PaperFamily]


def build_paper(catalogue: Catalogue) -> Paper:
    """The form of a catalogue, in the order of the survey."""
    places = _Places(catalogue)
    families = [PaperFamily(family.title, [*places.print_sections(family)]) for family in catalogue.families]
    return Paper(catalogue.title, catalogue.language, HEAD, [family for family in families if family.sections])


class _Places:
    """Where each question stands: its number, and what comes after it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._printed = list_reachable(catalogue.questions)
        # The words of an option are written beside it.
        written = {each.id: [f"{each.id}.{question.id}" for question in each.written] for each in catalogue.sections}
        printed = {section: [key for key in keys if key in self._printed] for section, keys in written.items()}
        self._keys = {section: keys for section, keys in printed.items() if keys}
        self._numbers = {
            key: f"{place}.{number}"
            for place, keys in enumerate(self._keys.values(), 1)
            for number, key in enumerate(keys, 1)
        }

    def print_sections(self, family: Family) -> Iterator[PaperSection]:
        for section in family.sections:
            if keys := self._keys.get(section.id):
                number = self._numbers[keys[0]].partition(".")[0]
                yield PaperSection(number, section.title, section.hint, [*map(self._print_question, keys)])

    def _print_question(self, key: str) -> PaperQuestion:
        question = self._printed[key]
        how, room = _make_room(question)
        return PaperQuestion(
            number=self._numbers[key],
            key=key,
            ask=question.ask,
            how=how,
            help=" ".join(filter(None, (question.hint, question.example and f"Exemple\u00a0: {question.example}"))),
            condition=self._tell_condition(key, question),
            room=room,
            beside=tuple(_list_beside(question)),
        )

    def _tell_condition(self, key: str, question: Question) -> str:
        """Who answers a question and those after it under the same condition, said above the first of them."""
        clauses = [
            clause
            for name, test in question.when.items()
            if (tested := key_of(name, section_of(key))) in self._numbers
            for clause in _tell_test(self._printed[tested], test, self._numbers[tested])
        ]
        keys = self._keys[section_of(key)]
        place = keys.index(key)
        together = [*takewhile(lambda other: self._printed[other].when == question.when, keys[place:])]
        if not clauses or (place and self._printed[keys[place - 1]].when == question.when):
            return ""
        first, last = self._numbers[key], self._numbers[together[-1]]
        between = "et" if len(together) == 2 else "à"  # noqa: PLR2004  two have nothing between them
        asked = f"Question {first}" if first == last else f"Questions {first} {between} {last}"
        onward = self._point(keys[place + len(together) :], section_of(key))
        return f"{asked}\u00a0: si {' et si '.join(clauses)}\u202f; sinon, {onward}."

    def _point(self, others: Sequence[str], section: str) -> str:
        """Where to go: to a question of the section, else to the section after it."""
        if others:
            return f"passez à la question {self._numbers[others[0]]}"
        following = [*self._keys].index(section) + 2
        return "vous avez terminé" if following > len(self._keys) else f"passez à la rubrique {following}"


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


def _make_room(question: Question) -> tuple[str, Room]:
    """How many answers there can be, and where they are given."""
    match question:
        case Many() | One():
            alone = " (à cocher seule)"
            ticks = [Tick(each.label + alone * each.exclusive, each.specify) for each in _list_options(question)]
            return "plusieurs réponses possibles" if isinstance(question, Many) else "une réponse", Ticks(ticks)
        case Rating(marks=marks):
            return "une réponse", Ticks([Tick(f"{mark}\u00a0: {level}") for mark, level in marks.items()])
        case Grid(rows=rows, choices=choices):
            return "une réponse par ligne", Table([row.label for row in rows], [choice.label for choice in choices])
        case Number():
            return "", Lines(1, short=True)
        case Text(lines=lines):
            return "", Lines(_LINES if lines else 1)
        case Keywords(most=most):
            return "", Words(min(most, _KEYWORDS))
        case _:
            assert_never(question)


def _list_beside(question: Question) -> Iterator[str]:
    """Silences, save where a grid has them among its choices; and consent, for words that are asked about."""
    meant = {choice.means for choice in question.choices} if isinstance(question, Grid) else set()
    yield from (label for silence, label in SILENCES.items() if silence not in meant)
    if is_free(question):
        yield PUBLISH
