"""A catalogue as an XLSForm: the rows of its three sheets, as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from impact_cli.catalogue.conditions import key_of, section_of
from impact_cli.catalogue.consistency import list_entries
from impact_cli.catalogue.model import (
    Catalogue,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Question,
    Rating,
    Section,
    Text,
    is_free,
    list_offered,
)
from impact_cli.exchange.field import conditions, names, wording
from impact_cli.exchange.field.constraints import write_constraint
from impact_cli.exchange.field.limits import list_limits

_PAGE = "field-list"
_WIDEST_HEADS = 28  # letters of the longest words of a table's heads, together, on a phone beside the rows
_LIMITS = "LIMITES"
_SILENCES, _CONSENTS = "SILENCES", "ACCORDS"  # lists of choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the sheet "survey"; its fields are columns of XLSForm."""

    type: str
    name: str = ""
    label: str = ""
    hint: str = ""
    appearance: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    required: str = ""
    required_message: str = ""
    calculation: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A row of the sheet "choices"."""

    list_name: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The row of the sheet "settings"."""

    form_title: str
    form_id: str
    version: str
    default_language: str
    instance_name: str
    style: str = "pages"


@dataclass(frozen=True, slots=True)
class Form:
    """What a phone asks."""

    survey: Sequence[Row]
    choices: Sequence[ChoiceRow]
    settings: Settings


def build_form(catalogue: Catalogue) -> Form:
    """The form of a catalogue: its sections as pages, after one that asks who answers."""
    offered = conditions.list_offered(catalogue.questions)
    pages = [row for section in catalogue.sections for row in _build_page(catalogue, section, offered)]
    settings = Settings(
        form_title=catalogue.title.replace("${", "$\u2060{"),
        form_id=catalogue.id,
        version=names.write_version(catalogue),
        default_language=f"Français ({catalogue.language})",
        instance_name=wording.NAME_OF_SUBMISSION,
    )
    return Form([*_build_opening(catalogue), *pages], list(_build_choices(offered)), settings)


def _build_opening(catalogue: Catalogue) -> Iterator[Row]:
    yield Row(type="start", name=names.STARTED)
    yield Row(type="end", name=names.ENDED)
    yield Row(type="begin_group", name=names.OPENING, label=wording.OPENING, appearance=_PAGE)
    yield Row(type="note", name=names.name_hint(names.OPENING), label=wording.OPENING_HINT)
    if limits := list_limits(catalogue):
        yield Row(type="note", name=names.name_hint(_LIMITS), label=" ".join(limits))
    yield Row(type="text", name=names.VENUE, label=wording.VENUE, required="yes", required_message=wording.VENUE_NEEDED)
    yield Row(
        type="text",
        name=names.EDITION,
        label=wording.EDITION,
        hint=wording.EDITION_HINT,
        default="format-date(today(), '%Y')",
    )
    yield Row(type="text", name=names.VOICE, label=wording.VOICE, hint=wording.VOICE_HINT)
    stamp = conditions.write_string(names.write_stamp(catalogue))
    yield Row(type="calculate", name=names.STAMP, calculation=stamp)
    yield Row(type="end_group")


def _build_page(catalogue: Catalogue, section: Section, offered: conditions.Offered) -> Iterator[Row]:
    asked = {key: question for key, question in section.keyed.items() if key in offered}
    if not asked:
        return
    family = next(family for family in catalogue.families if section in family.sections)
    label = wording.name_page(family.title, section.title)
    yield Row(type="begin_group", name=names.name_section(section.id), label=label, appearance=_PAGE)
    if section.hint:
        yield Row(type="note", name=names.name_hint(section.id), label=section.hint)
    for key, question in asked.items():
        when = conditions.write_when(question.when, section.id, offered)
        yield from _build_question(key, question, when)
        if is_free(question):
            yield _ask_consent(key, question)
        yield _ask_silence(key, question, when)
    yield from _build_warnings(catalogue, section, offered)
    yield Row(type="end_group")


def _build_question(key: str, question: Question, when: str) -> Iterator[Row]:
    if isinstance(question, Grid):
        yield from _build_grid(key, question, when)
        return
    name = names.name_question(key)
    constraint = write_constraint(question)
    yield Row(
        type=_name_type(question, name),
        name=name,
        label=question.ask,
        hint=wording.hint_at(question),
        appearance="multiline" if isinstance(question, Text) and question.lines else "",
        relevant=when,
        constraint=constraint.test if constraint else "",
        constraint_message=constraint.message if constraint else "",
    )


def _build_grid(key: str, question: Grid, when: str) -> Iterator[Row]:
    """A table where its heads fit side by side on a phone, else a list for each row."""
    name, hint = names.name_question(key), wording.hint_at(question)
    is_table = sum(max(map(len, choice.label.split()), default=0) for choice in question.choices) <= _WIDEST_HEADS
    yield Row(
        type="begin_group",
        name=name,
        label=question.ask,
        hint=hint if is_table else "",
        appearance="table-list" if is_table else "",
        relevant=when,
    )
    if hint and not is_table:  # which a group that is no table does not show
        yield Row(type="note", name=names.name_hint(name), label=hint)
    for row in question.rows:
        yield Row(
            type=f"select_one {name}",
            name=names.name_row(key, row.id),
            label=row.label,
            appearance="" if is_table else "minimal",
        )
    yield Row(type="end_group")


def _name_type(question: Question, name: str) -> str:
    match question:
        case Many():
            return f"select_multiple {name}"
        case One() | Rating() | Grid():
            return f"select_one {name}"
        case Number():
            return "integer"
        case Text() | Keywords():
            return "text"
        case _:
            assert_never(question)


def _ask_consent(key: str, question: Question) -> Row:
    return Row(
        type=f"select_one {_CONSENTS}",
        name=names.name_consent(key),
        label=wording.ask_consent(question),
        relevant=conditions.write_answered(key),
    )


def _ask_silence(key: str, question: Question, when: str) -> Row:
    """It shows while the question has no answer, so that both cannot be said."""
    fields = [names.name_row(key, row.id) for row in question.rows] if isinstance(question, Grid) else []
    silent = conditions.write_silent(fields or [names.name_question(key)])
    return Row(
        type=f"select_one {_SILENCES}",
        name=names.name_silence(key),
        label=wording.ask_silence(question),
        appearance="minimal",
        relevant=" and ".join(filter(None, [when, silent])),
    )


def _build_warnings(catalogue: Catalogue, section: Section, offered: conditions.Offered) -> Iterator[Row]:
    """A note for each contradiction whose last answer is of the section."""
    order = [*catalogue.questions]
    for home, entry in list_entries(catalogue):
        keys = sorted((key_of(name, home) for name in entry.when), key=order.index)
        if section_of(keys[-1]) == section.id and offered.keys() >= set(keys):
            yield Row(
                type="note",
                name=names.name_warning(f"{home}.{entry.id}".removeprefix(".")),
                label=wording.say_incoherent(entry.ask),
                relevant=conditions.write_contradiction(entry.when, home, offered),
            )


def _build_choices(offered: conditions.Offered) -> Iterator[ChoiceRow]:
    for key, question in offered.items():
        name = names.name_question(key)
        match question:
            case Many(options=options) | One(options=options) | Grid(choices=options):
                yield from (ChoiceRow(name, option.id, option.label) for option in list_offered(options))
            case Rating(marks=marks):
                yield from (ChoiceRow(name, str(mark), wording.name_mark(mark, level)) for mark, level in marks.items())
            case Number() | Text() | Keywords():
                pass
            case _:
                assert_never(question)
    yield from (ChoiceRow(_SILENCES, name, label) for name, label in wording.SILENCES.items())
    yield from (ChoiceRow(_CONSENTS, name, label) for name, label in wording.CONSENTS.items())
