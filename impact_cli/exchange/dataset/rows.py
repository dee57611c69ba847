"""The rows of the long and the wide form, of one sheet after the other."""

from collections.abc import Iterator, Mapping
from datetime import UTC

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Catalogue, Keywords, Text, options_of
from impact_cli.exchange.dataset.columns import Table, Writing, name_option, name_state
from impact_cli.exchange.dataset.telling import Told

Cell = str | int | None
Row = list[Cell]
BETWEEN_KEYWORDS = ", "  # which no keyword holds


def as_typed(words: str) -> str:
    """The words as they are, for files that know text from formulas."""
    return words


def list_answers(told: Told, catalogue: Catalogue, write: Writing = as_typed) -> Iterator[Row]:
    """The rows of one sheet in the long form, at least one for each question."""
    venue, edition = write(told.sheet.venue), write(told.sheet.edition)
    for key, state in told.states.items():
        section, _, question = key.partition(".")
        doubted = int(key in told.doubted)
        is_typed = isinstance(catalogue.questions[key], Text | Keywords)
        for option, value in _list_parts(told.values.get(key), write if is_typed else None):
            yield [venue, edition, section, question, option, value, state.value, doubted]


def _list_parts(value: Value | None, write: Writing | None) -> list[tuple[str | None, Cell]]:
    """The options that are ticked and the values that are given; `write` for what was typed, else it is options."""
    match value:
        case None:
            return [(None, None)]
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
            row[place] = told.states[key].value
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
        " ".join(key for key in told.states if key in told.doubted) or None,
        " ".join(key for key in told.states if key in told.withheld) or None,
    ]
