"""The tables as CSV, a file each; what many sheets say alike is spelt once."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from impact_cli.exchange.dataset.columns import Table
from impact_cli.exchange.dataset.rows import Row, fill_cells, list_rows
from impact_cli.exchange.dataset.telling import Entry
from impact_cli.exchange.tables.cells import guard
from impact_cli.exchange.tables.delimited import LINE_END, Speller

_BUFFER = 1 << 20
_MOST_SPELT = 10_000  # entries whose text is kept


class CsvFiles:
    """The long form, the wide form and the dictionary on their way to their files, which `stack` closes."""

    def __init__(self, folder: Path, tables: Sequence[Table], ending: str, stack: ExitStack) -> None:
        self._tables = {f"{table.name}{ending}.csv": table for table in tables}
        self._spell = Speller().spell
        self._spelt: dict[Entry, tuple[list[str], str]] = {}
        self._long, self._wide, self._questions = (
            stack.enter_context((folder / path).open("w", _BUFFER, encoding="utf-8", newline=""))
            for path in self._tables
        )
        for file, table in zip((self._long, self._wide, self._questions), tables, strict=True):
            file.writelines(self._spell([table.head]))

    def write_sheet(self, head: Row, entries: Sequence[Entry]) -> None:
        """Add a sheet to both forms."""
        head = _guard(head)
        whole, start = (line.removesuffix(LINE_END) for line in self._spell([head, head[:2]]))
        lines, cells = [""], [whole]
        for entry in entries:
            rows, one = self._spelt.get(entry) or self._spell_entry(entry)
            lines += rows
            cells.append(one)
        self._long.write(f"{start},".join(lines))
        self._wide.write(",".join(cells) + LINE_END)

    def write_questions(self, rows: Iterable[Row]) -> None:
        """Write the dictionary."""
        self._questions.writelines(self._spell(map(_guard, rows)))

    def close(self) -> dict[str, Table | None]:
        """The paths of the files from the folder on, each with its table."""
        return {**self._tables}

    def _spell_entry(self, entry: Entry) -> tuple[list[str], str]:
        if len(self._spelt) >= _MOST_SPELT:
            self._spelt.clear()
        *lines, cells = self._spell([*list_rows(entry, guard), fill_cells(entry, guard)])
        self._spelt[entry] = lines, cells.removesuffix(LINE_END)
        return self._spelt[entry]


def _guard(row: Row) -> Row:
    return [guard(cell) if isinstance(cell, str) else cell for cell in row]
