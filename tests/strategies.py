"""Random sheets of any catalogue: `sheets(catalogue)`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from hypothesis import strategies as st
from writing import new_sheet

from impact_cli.answers.sheet import Sheet, Silence, Status, Value
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.lines import lines_of
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
    Text,
)
from impact_cli.catalogue.sentences import sentences_of

VENUES = ("Uto-Pic coworking", "Numéripôle (Le)", "Les Halles", "La Remise", "L'Octroi", "Le Hangar & fils *", "Été 36")
LETTERS = "aeinorstuàçéèêîôùœ ABÉ019.,;:!?-–—’'«»\u00a0\u202f"
MARKUP = '<>&"`#$*_=+@~^\\/|%()[]{}'
EMOJI = "😀☕🏳️‍🌈日本"
TYPED = (
    "RAS.",
    "- une puce\n- une autre",
    "1. un\n2. deux",
    "# Effets individuels",
    "Ce que ce rapport ne dit pas",
    "« déjà entre guillemets »",
    "{publics} {publics:bullets} %s {0}",
    "Le [café](https://exemple.fr) du lieu, *vraiment* <b>bien</b> &amp; :smile:",
    "une ligne\n\nune autre, après un vide\n   en retrait",
    "mot " * 60,
    "=SOMME(A1)",
)


def sheets(catalogue: Catalogue) -> st.SearchStrategy[Sheet]:
    """Sheets whose values are in the form they are stored, for any questions: on the path or off it.

    From almost empty ones to full ones. Texts are now and then sentences of the catalogue itself.
    """
    return st.deferred(lambda: _sheets_of(catalogue))


def _sheets_of(catalogue: Catalogue) -> st.SearchStrategy[Sheet]:
    typed = st.one_of(_words, st.sampled_from(TYPED), st.sampled_from(own_sentences(catalogue)))
    return _sheets(catalogue, {key: values(question, typed) for key, question in catalogue.questions.items()})


def own_sentences(catalogue: Catalogue) -> list[str]:
    """What a report of this catalogue prints: titles, and the words of its lines."""
    alternatives = [alternative for section in catalogue.sections for line in lines_of(section) for alternative in line]
    sentences = [sentence for alternative in alternatives for sentence in sentences_of(alternative)]
    told = ["".join(part if isinstance(part, str) else "bénévoles" for part in sentence) for sentence in sentences]
    return [*(section.title for section in catalogue.sections), *told]


_words = st.text(LETTERS + MARKUP + EMOJI, min_size=1, max_size=60)
_hundredth = st.integers(min_value=0, max_value=99)
_said = st.sampled_from([*Silence])


@st.composite
def _sheets(draw: st.DrawFn, catalogue: Catalogue, kinds: Mapping[str, st.SearchStrategy[Value]]) -> Sheet:
    answered = draw(st.sampled_from([1, 4, 8, 10]))  # tenths of the questions that have a value or a silence
    answers: dict[str, Value] = {}
    silences: dict[str, Silence] = {}
    for key, value in kinds.items():
        tenth, unit = divmod(draw(_hundredth), 10)
        if tenth >= answered:
            continue
        if unit == 0:
            silences[key] = draw(_said)
        else:
            answers[key] = draw(value)
    sheet = new_sheet(catalogue, answers, silences, venue=draw(st.sampled_from(VENUES)))
    return replace(sheet, status=draw(st.sampled_from([*Status])))


def values(question: Question, typed: st.SearchStrategy[str] = _words) -> st.SearchStrategy[Value]:
    """Any value the question takes, in the form it is stored; free words come from `typed`."""
    match question:
        case Many(options=options):
            return _tickings(options)
        case One(options=options):
            return st.sampled_from([option.id for option in options])
        case Number(min=low, max=high):
            return st.one_of(st.integers(low, min(low + 2, high)), st.integers(low, high))
        case Rating(marks=marks):
            return st.sampled_from([*marks])
        case Text():
            return _accepted(question, typed)
        case Keywords(most=most):
            return _accepted(question, st.lists(typed, min_size=1, max_size=min(most, 5)))
        case Grid():
            return _grids(question)
        case _:
            assert_never(question)


def _tickings(options: tuple[Option, ...]) -> st.SearchStrategy[Value]:
    """Options in the catalogue's order: any of those that are not exclusive, or an exclusive one alone."""
    together = [option.id for option in options if not option.exclusive]
    alone: list[Value] = [(option.id,) for option in options if option.exclusive]
    if not together:
        return st.sampled_from(alone)
    ticked = st.sets(st.sampled_from(together), min_size=1).map(lambda ids: tuple(filter(ids.__contains__, together)))
    return st.one_of(ticked, st.sampled_from(alone)) if alone else ticked


@st.composite
def _grids(draw: st.DrawFn, question: Grid) -> Value:
    choices = st.sampled_from([choice.id for choice in question.choices])
    rows = draw(st.sets(st.sampled_from([row.id for row in question.rows]), min_size=1))
    return {row.id: draw(choices) for row in question.rows if row.id in rows}


def _accepted(question: Text | Keywords, raw: st.SearchStrategy[object]) -> st.SearchStrategy[Value]:
    """What the question takes of these, as it stores them; a word of ours where it takes nothing of it."""

    def read(typed: object) -> Value:
        try:
            return read_value(question, typed)
        except AnswerError:
            return ("entraide",) if isinstance(question, Keywords) else "Au repas"

    return raw.map(read)
