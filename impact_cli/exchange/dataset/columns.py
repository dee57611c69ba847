"""The columns of the three tables of a dataset, with what they may hold and the French words for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, assert_never

from impact_cli.answers.sheet import PUBLISHED, Status
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Option, Question, Rating, Text
from impact_cli.exchange.dataset.telling import STATES
from impact_cli.typography import typeset

_STATE = "state:"  # begins the names of columns that hold the state of a question


class Kind(StrEnum):
    """The types of Table Schema that we use."""

    WORDS = "string"
    WHOLE = "integer"
    FLAG = "boolean"
    MOMENT = "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its `allowed` values with their labels, or its bounds, where it has some."""

    name: str
    kind: Kind = Kind.WORDS
    title: str
    description: str = ""
    allowed: Mapping[str, str] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the dataset: `name` is that of its files."""

    name: str
    title: str
    columns: Sequence[Column]
    key: Sequence[str] = ()

    @property
    def head(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


class Tables(NamedTuple):
    """The tables of a dataset: the long form, the wide form and the dictionary."""

    long: Table
    wide: Table
    questions: Table


_STATES = {state.value: label for state, label in STATES.items()}
VENUE = Column(name="venue", title="Lieu", required=True)
EDITION = Column(
    name="edition", title="Édition", description=typeset("L’année, ou le nom donné à l’édition."), required=True
)
_SHEET = (
    VENUE,
    EDITION,
    Column(
        name="status",
        title="État de la fiche",
        allowed={Status.FINISHED.value: "terminée", Status.IN_PROGRESS.value: "en cours"},
        required=True,
    ),
    Column(name="changed", kind=Kind.MOMENT, title="Dernier changement", required=True),
    Column(name="catalogue", title="Questionnaire"),
    Column(name="catalogue_version", title="Version du questionnaire"),
    Column(
        name="source",
        title="Origine",
        description=typeset(
            f"Vide\u00a0: réponses au questionnaire\u202f; {PUBLISHED}\u00a0: réponses relues dans un rapport publié."
        ),
    ),
    Column(
        name="doubted",
        title="À confirmer",
        description="Les questions dont la réponse est encore à confirmer, séparées par des espaces.",
    ),
    Column(
        name="contradicted",
        title="Contradictions",
        description="Les questions dont les réponses ne peuvent pas être vraies ensemble, séparées par des espaces.",
    ),
    Column(
        name="withheld",
        title="Textes non publiés",
        description="Les questions dont le lieu n’a pas donné les mots à publier, séparées par des espaces.",
    ),
)


def describe_tables(catalogue: Catalogue) -> Tables:
    """The tables of a catalogue."""
    return Tables(_describe_answers(catalogue), describe_sheets(catalogue), _describe_questions())


def _describe_answers(catalogue: Catalogue) -> Table:
    """The long form: a row for each ticked option, row of a grid, keyword and other value, or for a silence."""
    sections = {section.id: section.title for section in catalogue.sections}
    return Table(
        name="reponses",
        title=typeset(f"Réponses au questionnaire «\u00a0{catalogue.title}\u00a0», une ligne par réponse"),
        columns=(
            VENUE,
            EDITION,
            Column(name="section", title="Rubrique", allowed=sections, required=True),
            Column(
                name="question",
                title="Question",
                description="Décrite dans la table «\u00a0questions\u00a0».",
                required=True,
            ),
            Column(name="option", title="Option cochée, ou ligne de la grille"),
            Column(
                name="value", title="Valeur", description="Nombre, note, mots, ou choix pour la ligne de la grille."
            ),
            Column(name="state", title="État de la réponse", allowed=_STATES, required=True),
            Column(name="doubted", kind=Kind.FLAG, title="À confirmer", required=True),
            Column(name="contradicted", kind=Kind.FLAG, title="Contredite par une autre réponse", required=True),
        ),
    )


def describe_sheets(catalogue: Catalogue) -> Table:
    """The wide form: a row for each sheet, a column for each option, and the state of every question."""
    return Table(
        name="fiches",
        title=typeset(f"Réponses au questionnaire «\u00a0{catalogue.title}\u00a0», une ligne par fiche"),
        columns=(*_SHEET, *_list_wide(catalogue)),
        key=("venue", "edition"),
    )


def _describe_questions() -> Table:
    """The dictionary: a row for each question, option, row and choice of a grid, and mark."""
    return Table(
        name="questions",
        title="Dictionnaire des questions et de leurs options",
        columns=(
            Column(name="family", title="Famille d’effets", required=True),
            Column(name="section", title="Rubrique", required=True),
            Column(name="section_title", title="Nom de la rubrique", required=True),
            Column(name="question", title="Question", required=True),
            Column(name="kind", title="Sorte de question", required=True),
            Column(name="ask", title="Question posée", required=True),
            Column(name="option", title="Option, ou ligne de la grille"),
            Column(name="value", title="Note, ou choix de la grille"),
            Column(name="label", title="Mots de l’option, de la ligne, de la note ou du choix"),
        ),
    )


def list_questions(catalogue: Catalogue) -> Iterator[list[str]]:
    """The rows of the dictionary."""
    for family in catalogue.families:
        for section in family.sections:
            for question in section.questions:
                about = [family.id, section.id, section.title, question.id, question.kind, question.ask]
                for option, value, label in _list_labels(question):
                    yield [*about, option, value, label]


def _list_labels(question: Question) -> list[tuple[str, str, str]]:
    match question:
        case Many(options=options) | One(options=options):
            return [(option.id, "", option.label) for option in options]
        case Grid(rows=rows, choices=choices):
            return [(row.id, "", row.label) for row in rows] + [("", each.id, each.label) for each in choices]
        case Rating(marks=marks):
            return [("", str(mark), name) for mark, name in marks.items()]
        case Number() | Text() | Keywords():
            return [("", "", "")]
        case _:
            assert_never(question)


def name_state(key: str) -> str:
    """The column of the state of a question."""
    return f"{_STATE}{key}"


def name_option(key: str, option: Option) -> str:
    """The column of an option, or of a row of a grid. No question bears such a name: the colon parts them."""
    return f"{key}:{option.id}"


def _list_wide(catalogue: Catalogue) -> Iterator[Column]:
    for key, question in catalogue.questions.items():
        title = typeset(f"État\u00a0: {question.topic}")
        yield Column(name=name_state(key), title=title, description=question.ask, allowed=_STATES, required=True)
        yield from _list_values(key, question)


def _list_values(key: str, question: Question) -> Iterator[Column]:
    about = question.ask
    match question:
        case Many(options=options):
            for option in options:
                yield Column(name=name_option(key, option), kind=Kind.FLAG, title=option.label, description=about)
        case One(options=options):
            yield Column(name=key, title=question.topic, description=about, allowed=_label(options))
        case Grid(rows=rows, choices=choices):
            for row in rows:
                yield Column(name=name_option(key, row), title=row.label, description=about, allowed=_label(choices))
        case Number(min=low, max=high):
            yield Column(name=key, kind=Kind.WHOLE, title=question.topic, description=about, low=low, high=high)
        case Rating(marks=marks):
            low, high = min(marks), max(marks)
            yield Column(name=key, kind=Kind.WHOLE, title=question.topic, description=about, low=low, high=high)
        case Text():
            yield Column(name=key, title=question.topic, description=about)
        case Keywords():
            yield Column(
                name=key, title=question.topic, description=typeset(f"{about} Les mots sont séparés par des virgules.")
            )
        case _:
            assert_never(question)


def _label(options: Sequence[Option]) -> Mapping[str, str]:
    return {option.id: option.label for option in options}
