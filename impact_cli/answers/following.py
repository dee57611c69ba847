"""A sheet read with a later catalogue: questions that moved and options renamed are found under their new ids."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from impact_cli.answers.sheet import Answer, CatalogueStamp, Sheet, Silence, Value
from impact_cli.answers.sheet_form import BY_QUESTION
from impact_cli.catalogue.conditions import key_of, section_of
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Option, Question, Rating, Text


@dataclass(frozen=True, slots=True)
class Followed:
    """A sheet in the terms of a catalogue, and a French sentence for each answer that had to move or change ids."""

    sheet: Sheet
    notes: tuple[str, ...] = ()


def stamp_of(catalogue: Catalogue) -> CatalogueStamp:
    """What a sheet says of the catalogue it is answered with."""
    return CatalogueStamp(catalogue.id, catalogue.version, catalogue.fingerprint)


def is_of_version(catalogue: Catalogue, sheet: Sheet) -> bool:
    """Whether a sheet was answered with this version of the catalogue.

    Its fingerprint may be another: a headline or a sentence in other words changes no answer's meaning, and what does
    is a new version.
    """
    return (sheet.catalogue.id, sheet.catalogue.version) == (catalogue.id, catalogue.version)


def follow_catalogue(catalogue: Catalogue, sheet: Sheet) -> Followed:
    """The same answers under today's ids, by the catalogue's `was`; what it does not know stays as it is."""
    stamp = stamp_of(catalogue)
    if sheet.catalogue == stamp:
        return Followed(sheet)
    moves = {old: new for old, new in list_moves(catalogue).items() if sheet.answer(old) is not None}
    first = {new: old for old, new in reversed(moves.items())}
    moved = {old: new for old, new in moves.items() if sheet.answer(new) is None and first[new] == old}
    notes = [f"{old}\u00a0: la question s’appelle maintenant {new}, la réponse la suit." for old, new in moved.items()]
    notes += [
        f"{old}\u00a0: la question s’appelle maintenant {new}, qui a déjà une réponse\u202f; les deux sont gardées."
        for old, new in moves.items()
        if old not in moved
    ]
    sheet = _move(sheet, moved)
    answers = {key: _rename(catalogue.questions.get(key), said) for key, said in sheet.answers.items()}
    notes += [
        f"{key}\u00a0: une option a changé de nom, la réponse est la même."
        for key, said in answers.items()
        if said not in (sheet.answers[key], (sheet.answers[key],))  # one answer of several is the same answer
    ]
    return Followed(replace(sheet, answers=answers, catalogue=stamp), tuple(notes))


def list_moves(catalogue: Catalogue) -> dict[str, str]:
    """Former keys with today's. A former key that is another question's today says nothing any more."""
    return {
        old: key
        for key, question in catalogue.questions.items()
        for former in question.was
        if (old := key_of(former, section_of(key))) not in catalogue.questions
    }


def follow_answer(question: Question | None, said: Answer) -> Answer:
    """A former answer by the question's ids of today."""
    return said if isinstance(said, Silence) else _rename(question, said)


def _move(sheet: Sheet, moved: Mapping[str, str]) -> Sheet:
    maps: dict[str, Any] = {
        name: {moved.get(key, key): each for key, each in getattr(sheet, name).items()} for name in BY_QUESTION
    }
    return replace(sheet, **maps, quotation=moved.get(sheet.quotation or "", sheet.quotation))


def _rename(question: Question | None, said: Value) -> Value:
    """The value with the former ids of options in today's."""
    match question:
        case One(options=options) if isinstance(said, str):
            return find_today(options, said)
        case Many(options=options) if isinstance(said, str | tuple):  # it may have taken one answer before
            chosen = (said,) if isinstance(said, str) else said
            return tuple(dict.fromkeys(find_today(options, identifier) for identifier in chosen))
        case Grid(rows=rows, choices=choices) if isinstance(said, Mapping):
            return {find_today(rows, row): find_today(choices, choice) for row, choice in said.items()}
        case One() | Many() | Grid() | Number() | Rating() | Text() | Keywords() | None:
            return said
        case _:
            assert_never(question)


def find_today(options: tuple[Option, ...], identifier: str) -> str:
    """The id that an option of some former questionnaire has among these, the same where none of them had it."""
    if any(option.id == identifier for option in options):
        return identifier
    return next((option.id for option in options if identifier in option.was), identifier)
