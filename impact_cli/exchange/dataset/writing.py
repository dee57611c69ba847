"""The files of a dataset, written as the sheets come, one in memory at a time."""

import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, assert_never

from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.dataset.columns import (
    Table,
    describe_answers,
    describe_questions,
    describe_sheets,
    list_questions,
)
from impact_cli.exchange.dataset.csv_files import CsvFiles
from impact_cli.exchange.dataset.parquet import ParquetFiles
from impact_cli.exchange.dataset.rows import Row, describe, fill_cells, list_rows
from impact_cli.exchange.dataset.schema import describe_package
from impact_cli.exchange.dataset.telling import Entry, Teller
from impact_cli.exchange.tables.workbooks import WorkbookWriter

PACKAGE = "datapackage.json"
_INTERNAL = "-version-interne"  # ends the names of files that hold what is not published


class Format(StrEnum):
    """A format of the tables."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Files(Protocol):
    """The tables in one format."""

    def write_sheet(self, head: Row, entries: Sequence[Entry]) -> None:
        """Add a sheet to both forms."""

    def write_questions(self, rows: Iterable[Row]) -> None:
        """Write the dictionary."""

    def close(self) -> dict[str, Table | None]:
        """End the files; their paths from the folder on, each with its table, None for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a dataset is to be: `internal` keeps the words without consent, `by_edition` parts the Parquet files."""

    formats: Collection[Format] = (Format.CSV,)
    internal: bool = False
    by_edition: bool = False

    @property
    def ending(self) -> str:
        """What ends the names of its files."""
        return _INTERNAL if self.internal else ""


def write_dataset(folder: Path, catalogue: Catalogue, sheets: Iterable[Sheet], wanted: Wanted) -> None:
    """Write the files of a dataset into an empty folder, as the sheets come."""
    tables = describe_answers(catalogue), describe_sheets(catalogue), describe_questions()
    teller = Teller(catalogue, internal=wanted.internal)
    versions = set[str]()
    with ExitStack() as stack:
        several = [_open_files(each, folder, tables, wanted, stack) for each in wanted.formats]
        for files in several:
            files.write_questions(list_questions(catalogue))
        for sheet in sheets:
            told = teller.tell(sheet)
            head = describe(told)
            for files in several:
                files.write_sheet(head, told.entries)
            versions.add(f"{sheet.catalogue.id} {sheet.catalogue.version}")
        written = {path: table for files in several for path, table in files.close().items()}
    described = describe_package(catalogue, written, sorted(versions), internal=wanted.internal)
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8", newline="\n")


def _open_files(chosen: Format, folder: Path, tables: Sequence[Table], wanted: Wanted, stack: ExitStack) -> Files:
    match chosen:
        case Format.CSV:
            return CsvFiles(folder, tables, wanted.ending, stack)
        case Format.XLSX:
            return _Workbook(folder / f"effets{wanted.ending}.xlsx", tables, stack)
        case Format.PARQUET:
            return ParquetFiles(folder, tables, wanted.ending, stack, by_edition=wanted.by_edition)
        case _:
            assert_never(chosen)


class _Workbook:
    """A worksheet a table."""

    def __init__(self, path: Path, tables: Sequence[Table], stack: ExitStack) -> None:
        self._path = path
        self._long, self._wide, self._questions = (table.name for table in tables)
        self._writer = stack.enter_context(WorkbookWriter())
        for table in (tables[1], tables[0], tables[2]):  # what people open first
            self._writer.add_table(table.name, table.head)

    def write_sheet(self, head: Row, entries: Sequence[Entry]) -> None:
        for entry in entries:
            for row in list_rows(entry):
                self._writer.write_row(self._long, [*head[:2], *row])
        cells = [cell for entry in entries for cell in fill_cells(entry)]
        self._writer.write_row(self._wide, [*head, *cells])

    def write_questions(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._writer.write_row(self._questions, row)

    def close(self) -> dict[str, Table | None]:
        self._writer.save(self._path)
        return {self._path.name: None}
