"""The tables as CSV, a file each."""

from contextlib import ExitStack
from pathlib import Path

from impact_cli.exchange.dataset.columns import Table, Tables
from impact_cli.exchange.dataset.lines import Lines, end_line


class CsvFiles:
    """The long form, the wide form and the dictionary on their way to their files, which `stack` closes."""

    def __init__(self, folder: Path, tables: Tables, ending: str, stack: ExitStack) -> None:
        self._tables = {f"{table.name}{ending}.csv": table for table in tables}
        self._files = [stack.enter_context((folder / path).open("wb")) for path in self._tables]
        for file, table in zip(self._files, tables, strict=True):
            file.write(end_line(table.head))

    def add(self, lines: Lines) -> None:
        """Add sheets to both forms."""
        for file, several in zip(self._files, lines, strict=False):
            file.write(several)

    def write_questions(self, lines: bytes) -> None:
        """Write the dictionary."""
        self._files[-1].write(lines)

    def close(self) -> dict[str, Table | None]:
        """The paths of the files from the folder on, each with its table."""
        return {**self._tables}
