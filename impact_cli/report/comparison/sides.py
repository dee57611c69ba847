"""A sheet as a comparison reads it: what it says to each question, by the ids of the catalogue that both share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impact_cli.answers.following import find_today, follow_answer, list_moves
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.catalogue.model import Catalogue, Question, Rating, find_exclusive, options_of
from impact_cli.report.tellable import find_tellable
from impact_cli.report.telling import tell_rows


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with the catalogue that it was answered with."""

    catalogue: Catalogue
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """What a sheet has for a question that concerns its venue, as its own catalogue asked it.

    `answer` is what may be told, None where there is nothing; nobody may rely on one that is `unsure`. `offered` are
    the options, rows and choices there were, `marks` what is said beside the answer. An answer that stands `alone` is
    an option that excludes the others.
    """

    question: Question
    answer: Answer | None
    offered: frozenset[str]
    marks: tuple[str, ...] = ()
    unsure: bool = False
    alone: bool = False

    @property
    def value(self) -> Value | None:
        """The answer, None for a silence."""
        return None if isinstance(self.answer, Silence) else self.answer


@dataclass(frozen=True, slots=True)
class Side:
    """One of the sheets compared: what was `said` to the questions that concern it, which were `asked` at all."""

    filled: Filled
    said: Mapping[str, Said]
    asked: frozenset[str]


def choose_terms(one: Filled, other: Filled) -> Catalogue:
    """The later of two catalogues: it knows the former ids of the other."""
    return max(one, other, key=_rank).catalogue


def _rank(filled: Filled) -> tuple[list[int], float, str]:
    numbers = [int(part) for part in filled.catalogue.version.split(".") if part.isdecimal()]
    return numbers, filled.sheet.changed.timestamp(), filled.catalogue.fingerprint


def read_side(terms: Catalogue, filled: Filled, *, public: bool) -> Side:
    """The sheet in these terms; words that are not to be published are not there for the public."""
    catalogue = filled.catalogue
    told = find_tellable(catalogue, filled.sheet, public=public)
    unsure = {*told.held_back, *told.contradicted}
    moves = list_moves(terms)
    said: dict[str, Said] = {}
    asked: set[str] = set()
    for key, question in catalogue.questions.items():
        today = moves.get(key, key)
        if today != key and today in catalogue.questions:
            continue  # the later of the two says what is told
        if question.asked or told.path.answers.get(key) is not None:
            asked.add(today)
        if key in told.path.answers:
            answer = tell_rows(question, told.path.answers[key])
            alone = find_exclusive(question, answer) is not None
            answer = None if answer == {} else answer and follow_answer(terms.questions.get(today), answer)
            offered = frozenset(_list_offered(terms.questions.get(today), question))
            said[today] = Said(question, answer, offered, told.marks.get(key, ()), key in unsure, alone)
    return Side(filled, said, frozenset(asked))


def _list_offered(today: Question | None, question: Question) -> Iterator[str]:
    """The ids that could be chosen, as they are called today."""
    known = options_of(today) if today else {}
    for name, options in options_of(question).items():
        yield from (find_today(known.get(name, ()), option.id) for option in options if option.asked)


def is_alike(one: Question, other: Question) -> bool:
    """Whether the answers to two forms of a question can be held beside each other: same kind, same scale."""
    if isinstance(one, Rating) and isinstance(other, Rating):
        return one.marks.keys() == other.marks.keys()
    return type(one) is type(other)
