"""The rows of the long and the wide form: what stands in them of a sheet, and of one question after the other."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC

from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Rating, Text
from impact_cli.exchange.dataset.telling import Entry, Told

Cell = str | int | None
Row = list[Cell]
Writing = Callable[[str], str]  # how words that people typed stand in a cell
BETWEEN_KEYWORDS = ", "  # which no keyword holds


def list_rows(entry: Entry) -> list[Row]:
    """The rows of one question in the long form, at least one, each after the venue and the edition."""
    section, name = entry.key.split(".", 1)
    marks = int(entry.doubted), int(entry.contradicted)
    return [[section, name, option, value, entry.state, *marks] for option, value in list_parts(entry)]


def fill_cells(entry: Entry, write: Writing = str) -> Row:
    """The cells of one question in the wide form: its state, then its value, or one for each option."""
    match entry.question, entry.value:
        case Many(options=options), tuple(ticked):
            return [entry.state, *[1 if option.id in ticked else 0 for option in options]]
        case Many(options=parts) | Grid(rows=parts), None:
            return [entry.state, *[None for _ in parts]]
        case Grid(rows=rows), Mapping() as choices:
            return [entry.state, *[choices.get(row.id) for row in rows]]
        case _, tuple(words):
            return [entry.state, write(BETWEEN_KEYWORDS.join(words))]
        case Text(), str(words):
            return [entry.state, write(words)]
        case _, (int() | str() | None) as value:
            return [entry.state, value]
        case _:
            raise TypeError(entry.key)


def list_parts(entry: Entry, write: Writing = str) -> Iterable[tuple[str | None, Cell]]:
    """The options that are ticked and the values that are given."""
    match entry.question, entry.value:
        case _, None:
            return [(None, None)]
        case Many(), tuple(options):
            return [(option, None) for option in options]
        case One(), str(option):
            return [(option, None)]
        case Text(), str(words):
            return [(None, write(words))]
        case Keywords(), tuple(several):
            return [(None, write(words)) for words in several]
        case ((Number() | Rating()), int(number)):
            return [(None, number)]
        case Grid(), Mapping() as choices:
            return choices.items()
        case _:
            raise TypeError(entry.key)


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
