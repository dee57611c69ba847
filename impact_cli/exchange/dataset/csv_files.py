"""The tables as CSV, a file each; what many sheets say alike is spelt once."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from impact_cli.exchange.dataset.columns import Table
from impact_cli.exchange.dataset.rows import Cell, Row, fill_cells, list_parts
from impact_cli.exchange.dataset.telling import Entry
from impact_cli.exchange.tables.cells import guard
from impact_cli.exchange.tables.delimited import LINE_END, spell

_BUFFER = 1 << 20


class CsvFiles:
    """The long form, the wide form and the dictionary on their way to their files, which `stack` closes."""

    def __init__(self, folder: Path, tables: Sequence[Table], ending: str, stack: ExitStack) -> None:
        self._tables = {f"{table.name}{ending}.csv": table for table in tables}
        self._long, self._wide, self._questions = (
            stack.enter_context((folder / path).open("w", _BUFFER, encoding="utf-8", newline=""))
            for path in self._tables
        )
        for file, table in zip((self._long, self._wide, self._questions), tables, strict=True):
            file.write(",".join(table.head) + LINE_END)

    def write_sheet(self, head: Row, entries: Sequence[Entry]) -> None:
        """Add a sheet to both forms."""
        cells = _spell_row(head)
        start = f"{cells[0]},{cells[1]},"
        lines = [""]
        for entry in entries:
            rows, values = entry.spelt or _spell_entry(entry)
            lines += rows
            cells.append(values)
        self._long.write(start.join(lines))
        self._wide.write(",".join(cells) + LINE_END)

    def write_questions(self, rows: Iterable[Row]) -> None:
        """Write the dictionary."""
        self._questions.writelines(",".join(_spell_row(row)) + LINE_END for row in rows)

    def close(self) -> dict[str, Table | None]:
        """The paths of the files from the folder on, each with its table."""
        return {**self._tables}


def _spell_entry(entry: Entry) -> tuple[Sequence[str], str]:
    """The rows of the long form after the venue and the edition; the cells of the wide form."""
    before = entry.key.replace(".", ",", 1)
    after = f"{entry.state},{entry.doubted:d},{entry.contradicted:d}{LINE_END}"
    parts = list_parts(entry, _spell)
    lines = [f"{before},{option or ''},{'' if value is None else value},{after}" for option, value in parts]
    entry.spelt = lines, _join(fill_cells(entry, _spell))
    return entry.spelt


def _spell_row(row: Row) -> list[str]:
    return [_spell(cell) if isinstance(cell, str) else "" if cell is None else str(cell) for cell in row]


def _spell(words: str) -> str:
    return spell(guard(words))


def _join(cells: Iterable[Cell]) -> str:
    """The cells as a line; those that people typed are spelt already."""
    return ",".join(["" if cell is None else str(cell) for cell in cells])
