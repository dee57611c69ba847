"""The rows of the long and the wide form: what stands in them of a sheet, and of one question after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Grid, Many, Question, options_of
from impact_cli.exchange.dataset.telling import Entry, Told

Cell = str | int | None
Row = list[Cell]
BETWEEN_KEYWORDS = ", "  # which no keyword holds


def list_rows(entry: Entry) -> list[Row]:
    """The rows of one question in the long form, at least one, each after the venue and the edition."""
    section, name = entry.key.split(".", 1)
    marks = int(entry.doubted), int(entry.contradicted)
    return [
        [section, name, option, value, entry.state, *marks]
        for option, value in _list_parts(entry.question, entry.value)
    ]


def fill_cells(entry: Entry) -> Row:
    """The cells of one question in the wide form: its state, then its value, or one for each option."""
    match entry.question, entry.value:
        case Many(options=options), value:
            ticked = value if isinstance(value, tuple) else None
            return [entry.state, *(None if ticked is None else int(option.id in ticked) for option in options)]
        case Grid(rows=rows), value:
            choices = value if isinstance(value, Mapping) else {}
            return [entry.state, *(choices.get(row.id) for row in rows)]
        case _, tuple(words):
            return [entry.state, BETWEEN_KEYWORDS.join(words)]
        case _, (int() | str() | None) as value:
            return [entry.state, value]
        case _:
            raise TypeError(entry.key)


def _list_parts(question: Question, value: Value | None) -> Iterable[tuple[str | None, Cell]]:
    """The options that are ticked and the values that are given."""
    match value:
        case None:
            return [(None, None)]
        case Mapping():
            return value.items()
        case tuple():
            several: Sequence[str | int] = value
        case _:
            several = (value,)
    if options_of(question):
        return [(str(each), None) for each in several]
    return [(None, each) for each in several]


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
        _join(told, lambda entry: entry.doubted),
        _join(told, lambda entry: entry.contradicted),
        _join(told, lambda entry: entry.key in told.withheld) if told.withheld else None,
    ]


def _join(told: Told, holds: Callable[[Entry], bool]) -> str | None:
    """The keys in the order asked."""
    return " ".join(entry.key for entry in told.entries if holds(entry)) or None
