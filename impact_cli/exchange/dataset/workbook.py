"""The tables as one workbook, a worksheet each."""

import csv
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

from impact_cli.exchange.dataset.columns import Kind, Table, Tables
from impact_cli.exchange.tables.workbooks import WorkbookWriter

_NUMBERS = (Kind.WHOLE, Kind.FLAG)
_SECTION, _QUESTION, _VALUE = 2, 3, 5  # columns of the long form


class Workbook:
    """The tables on their way to the file."""

    def __init__(self, path: Path, tables: Tables, stack: ExitStack) -> None:
        self._path = path
        self._long = tables.long
        self._wholes = {column.name for column in tables.wide.columns if column.kind is Kind.WHOLE}
        self._writer = stack.enter_context(WorkbookWriter())
        for table in (tables.wide, tables.long, tables.questions):  # what people open first
            self._writer.add_table(table.name, table.head)

    def add(self, table: Table, lines: bytes) -> None:
        """Add rows to a table."""
        csv.field_size_limit(len(lines) + 1)
        numbers = [column.kind in _NUMBERS for column in table.columns]
        for row in csv.reader(StringIO(lines.decode(), newline="")):
            if table is self._long:  # where the question says what stands under `value`
                numbers[_VALUE] = f"{row[_SECTION]}.{row[_QUESTION]}" in self._wholes
            cells = [int(cell) if cell and number else cell or None for cell, number in zip(row, numbers, strict=True)]
            self._writer.write_row(table.name, cells)

    def close(self) -> dict[str, None]:
        """Write the file; its name."""
        self._writer.save(self._path)
        return {self._path.name: None}
