"""The rows of the long and the wide form: what stands in them of a sheet, and of one question after the other."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Grid, Keywords, Many, Question, Text
from impact_cli.exchange.dataset.telling import Entry, Told

Cell = str | int | None
Row = list[Cell]
Writing = Callable[[str], str]  # how words that people typed stand in a cell
BETWEEN_KEYWORDS = ", "  # which no keyword holds


def list_rows(entry: Entry, write: Writing = str) -> list[Row]:
    """The rows of one question in the long form, at least one, each after the venue and the edition."""
    section, name = entry.key.split(".", 1)
    marks = int(entry.doubted), int(entry.contradicted)
    return [
        [section, name, option, value, entry.state, *marks]
        for option, value in _list_parts(entry.question, entry.value, write)
    ]


def fill_cells(entry: Entry, write: Writing = str) -> Row:
    """The cells of one question in the wide form: its state, then its value, or one for each option."""
    match entry.question, entry.value:
        case Many(options=options), value:
            ticked = value if isinstance(value, tuple) else None
            return [entry.state, *(None if ticked is None else int(option.id in ticked) for option in options)]
        case Grid(rows=rows), value:
            choices = value if isinstance(value, Mapping) else {}
            return [entry.state, *(choices.get(row.id) for row in rows)]
        case _, tuple(words):
            return [entry.state, write(BETWEEN_KEYWORDS.join(words))]
        case Text(), str(words):
            return [entry.state, write(words)]
        case _, (int() | str() | None) as value:
            return [entry.state, value]
        case _:
            raise TypeError(entry.key)


def _list_parts(question: Question, value: Value | None, write: Writing) -> Iterable[tuple[str | None, Cell]]:
    """The options that are ticked and the values that are given."""
    match question, value:
        case _, None:
            return [(None, None)]
        case _, Mapping():
            return value.items()
        case _, int():
            return [(None, value)]
        case Text() | Keywords(), str() | tuple():
            return [(None, write(words)) for words in ([value] if isinstance(value, str) else value)]
        case _, str():
            return [(value, None)]
        case _, tuple():
            return [(option, None) for option in value]
        case _:
            raise TypeError(question.id)


def describe(told: Told) -> Row:
    """The columns of a sheet before those of its questions; the first two are its venue and its edition."""
    sheet = told.sheet
    return [
        sheet.venue,
        sheet.edition,
        sheet.status.value,
        f"{sheet.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        sheet.catalogue.id,
        sheet.catalogue.version,
        sheet.origin.source if sheet.origin else None,
        *(_join(told, keys) for keys in (told.doubted, told.contradicted, told.withheld)),
    ]


def _join(told: Told, keys: AbstractSet[str]) -> str | None:
    """The keys in the order asked."""
    return " ".join(entry.key for entry in told.entries if entry.key in keys) if keys else None
