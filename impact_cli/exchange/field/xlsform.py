"""A catalogue as an XLSForm: the rows of its three sheets, as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact_cli.catalogue.conditions import key_of, section_of
from impact_cli.catalogue.consistency import list_entries
from impact_cli.catalogue.model import (
    Catalogue,
    Grid,
    Keywords,
    Number,
    Question,
    Section,
    Text,
    is_free,
    list_offered,
)
from impact_cli.exchange.field import naming, xpath
from impact_cli.exchange.field.constraints import describe_entry
from impact_cli.exchange.field.limits import list_limits

_PAGE = "field-list"
_WIDEST_HEADS = 28  # letters of the longest words of a table's heads, together, on a phone beside the rows
_LIMITS = "LIMITES"
_OPENING_HINT = (
    "Vos réponses vont à qui vous a donné ce formulaire. Ne nommez personne. Toute question peut rester sans réponse."
)
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
    offered = xpath.list_offered(catalogue.questions)
    pages = [row for section in catalogue.sections for row in _build_page(catalogue, section, offered)]
    settings = Settings(
        form_title=catalogue.title.replace("${", "$\u2060{"),
        form_id=catalogue.id,
        version=naming.write_version(catalogue),
        default_language=f"Français ({catalogue.language})",
        instance_name=f"""concat({", ' ', ".join(map(xpath.refer, naming.LABELS))})""",
    )
    return Form([*_build_opening(catalogue), *pages], list(_build_choices(offered)), settings)


def _build_opening(catalogue: Catalogue) -> Iterator[Row]:
    yield Row(type="start", name=naming.STARTED)
    yield Row(type="end", name=naming.ENDED)
    yield Row(type="begin_group", name=naming.OPENING, label="Pour commencer", appearance=_PAGE)
    yield Row(type="note", name=naming.name_hint(naming.OPENING), label=_OPENING_HINT)
    if limits := list_limits(catalogue):
        yield Row(type="note", name=naming.name_hint(_LIMITS), label=" ".join(limits))
    yield _ask_opening(naming.VENUE, required="yes", required_message="Il faut le nom du lieu.")
    hint = "Une année, sauf si l’on vous a dit autre chose."
    yield _ask_opening(naming.EDITION, hint=hint, default="format-date(today(), '%Y')")
    hint = "Une fonction ou un groupe plutôt qu’un nom. Exemple\u00a0: les bénévoles du jardin"
    yield _ask_opening(naming.VOICE, hint=hint)
    stamp = xpath.write_string(naming.write_stamp(catalogue))
    yield Row(type="calculate", name=naming.STAMP, calculation=stamp)
    yield Row(type="end_group")


def _ask_opening(name: str, **more: str) -> Row:
    return Row(type="text", name=name, label=naming.LABELS[name], **more)


def _build_page(catalogue: Catalogue, section: Section, offered: xpath.Offered) -> Iterator[Row]:
    asked = {key: question for key, question in section.keyed.items() if key in offered}
    if not asked:
        return
    family = next(family for family in catalogue.families if section in family.sections)
    label = section.title if section.title.startswith(family.title) else f"{family.title} · {section.title}"
    yield Row(type="begin_group", name=naming.name_section(section.id), label=label, appearance=_PAGE)
    if section.hint:
        yield Row(type="note", name=naming.name_hint(section.id), label=section.hint)
    for key, question in asked.items():
        when = xpath.write_when(question.when, section.id, offered)
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
    name = naming.name_question(key)
    yield Row(
        **describe_entry(question, name)._asdict(),
        name=name,
        label=question.ask,
        hint=_hint_at(question),
        appearance="multiline" if isinstance(question, Text) and question.lines else "",
        relevant=when,
    )


def _build_grid(key: str, question: Grid, when: str) -> Iterator[Row]:
    """A table where its heads fit side by side on a phone, else a list for each row."""
    name, hint = naming.name_question(key), _hint_at(question)
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
        yield Row(type="note", name=naming.name_hint(name), label=hint)
    for row in question.rows:
        yield Row(
            type=f"select_one {name}",
            name=naming.name_row(key, row.id),
            label=row.label,
            appearance="" if is_table else "minimal",
        )
    yield Row(type="end_group")


def _ask_consent(key: str, question: Question) -> Row:
    return Row(
        type=f"select_one {_CONSENTS}",
        name=naming.name_consent(key),
        label=naming.ask_consent(question),
        relevant=xpath.write_answered(key),
    )


def _ask_silence(key: str, question: Question, when: str) -> Row:
    """It shows while the question has no answer, so that both cannot be said."""
    fields = [naming.name_row(key, row.id) for row in question.rows] if isinstance(question, Grid) else []
    silent = xpath.write_silent(fields or [naming.name_question(key)])
    return Row(
        type=f"select_one {_SILENCES}",
        name=naming.name_silence(key),
        label=naming.ask_silence(question),
        appearance="minimal",
        relevant=" and ".join(filter(None, [when, silent])),
    )


def _build_warnings(catalogue: Catalogue, section: Section, offered: xpath.Offered) -> Iterator[Row]:
    """A note for each contradiction whose last answer is of the section."""
    order = [*catalogue.questions]
    for home, entry in list_entries(catalogue):
        keys = sorted((key_of(name, home) for name in entry.when), key=order.index)
        if section_of(keys[-1]) == section.id and offered.keys() >= set(keys):
            yield Row(
                type="note",
                name=naming.name_warning(f"{home}.{entry.id}".removeprefix(".")),
                label=f"À vérifier. {entry.ask}",
                relevant=xpath.write_contradiction(entry.when, home, offered),
            )


def _build_choices(offered: xpath.Offered) -> Iterator[ChoiceRow]:
    for key, question in offered.items():
        for option in list_offered(naming.list_choices(question)):
            yield ChoiceRow(naming.name_question(key), option.id, option.label)
    yield from (ChoiceRow(_SILENCES, name, label) for name, label in naming.SILENCES.items())
    yield from (ChoiceRow(_CONSENTS, name, label) for name, label in naming.CONSENTS.items())


def _hint_at(question: Question) -> str:
    """The help below a question, and its example; of a number, that figures alone are taken."""
    help_given = question.hint
    if isinstance(question, Number) and question.prose:
        help_given = "En chiffres\u202f; ce qu’il faut en savoir s’écrit plus bas."
    if isinstance(question, Keywords) and not help_given:
        help_given = "Des mots, séparés par des virgules."
    example = f"Exemple\u00a0: {question.example}" if question.example else ""
    return " ".join(filter(None, (help_given, example)))
