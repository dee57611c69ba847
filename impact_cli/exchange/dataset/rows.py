"""The rows of the long and the wide form, of one sheet after the other."""

from collections.abc import Mapping, Sequence
from datetime import UTC

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Catalogue, Keywords, Text, options_of
from impact_cli.exchange.dataset.columns import Table, Writing, name_option, name_state
from impact_cli.exchange.dataset.telling import Told

Cell = str | int | None
Row = list[Cell]
_NOTHING = ((None, None),)
BETWEEN_KEYWORDS = ", "  # which no keyword holds


def as_typed(words: str) -> str:
    """The words as they are, for files that know text from formulas."""
    return words


class LongForm:
    """Makes the rows of each sheet in the long form."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._typed = {key for key, each in catalogue.questions.items() if isinstance(each, Text | Keywords)}
        self._parts = {key: key.split(".", 1) for key in catalogue.questions}

    def list_rows(self, told: Told, write: Writing = as_typed) -> list[Row]:
        """The rows of one sheet, at least one for each question."""
        venue, edition = write(told.sheet.venue), write(told.sheet.edition)
        rows: list[Row] = []
        for key, state in told.states.items():
            section, question = self._parts[key]
            marks = int(key in told.doubted), int(key in told.contradicted)
            for option, value in _list_parts(told.values.get(key), write if key in self._typed else None):
                rows.append([venue, edition, section, question, option, value, state, *marks])
        return rows


def _list_parts(value: Value | None, write: Writing | None) -> Sequence[tuple[str | None, Cell]]:
    """The options that are ticked and the values that are given; `write` for what was typed, else it is options."""
    match value:
        case None:
            return _NOTHING
        case int():
            return [(None, value)]
        case str():
            return [(None, write(value)) if write else (value, None)]
        case tuple():
            return [(None, write(each)) if write else (each, None) for each in value]
        case Mapping():
            return [*value.items()]


class WideForm:
    """Makes the row of each sheet in the wide form."""

    def __init__(self, catalogue: Catalogue, table: Table) -> None:
        place = {name: rank for rank, name in enumerate(table.head)}
        self._size = len(place)
        self._states = [(key, place[name_state(key)]) for key in catalogue.questions]
        self._values = {key: place[key] for key in catalogue.questions if key in place}
        self._options = {
            key: {option.id: place[name] for option in options if (name := name_option(key, option)) in place}
            for key, question in catalogue.questions.items()
            for options in options_of(question).values()
            if name_option(key, options[0]) in place
        }

    def fill_row(self, told: Told, write: Writing = as_typed) -> Row:
        """The row of one sheet."""
        row: Row = [*_describe(told, write), *[None] * self._size][: self._size]
        for key, place in self._states:
            row[place] = told.states[key]
        for key, value in told.values.items():
            self._fill(row, key, value, write)
        return row

    def _fill(self, row: Row, key: str, value: Value, write: Writing) -> None:
        match value:
            case int():
                row[self._values[key]] = value
            case str():
                row[self._values[key]] = write(value)
            case tuple() if key in self._values:
                row[self._values[key]] = write(BETWEEN_KEYWORDS.join(value))
            case tuple():
                for option, place in self._options[key].items():
                    row[place] = int(option in value)
            case Mapping():
                for line, choice in value.items():
                    row[self._options[key][line]] = choice


def _describe(told: Told, write: Writing) -> Row:
    """The columns of a sheet before those of its questions."""
    sheet = told.sheet
    return [
        write(sheet.venue),
        write(sheet.edition),
        sheet.status.value,
        f"{sheet.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        write(sheet.catalogue.id),
        write(sheet.catalogue.version),
        write(sheet.origin.source) if sheet.origin else None,
        *(_join(told, keys) for keys in (told.doubted, told.contradicted, told.withheld)),
    ]


def _join(told: Told, keys: frozenset[str]) -> str | None:
    """The keys in the order asked."""
    return " ".join(key for key in told.states if key in keys) if keys else None
