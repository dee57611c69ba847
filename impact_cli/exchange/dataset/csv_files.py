"""The tables as CSV, a file each."""

from contextlib import ExitStack
from pathlib import Path

from impact_cli.exchange.dataset.columns import Table, Tables
from impact_cli.exchange.dataset.lines import end_line


class CsvFiles:
    """The tables on their way to their files, which `stack` closes."""

    def __init__(self, folder: Path, tables: Tables, ending: str, stack: ExitStack) -> None:
        self._tables = {f"{table.name}{ending}.csv": table for table in tables}
        self._files = {
            table.name: stack.enter_context((folder / path).open("wb")) for path, table in self._tables.items()
        }
        for table in tables:
            self.add(table, end_line(table.head))

    def add(self, table: Table, lines: bytes) -> None:
        """Add rows to a table."""
        self._files[table.name].write(lines)

    def close(self) -> dict[str, Table]:
        """The paths of the files from the folder on, each with its table."""
        return self._tables
