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
from impact_cli.exchange.dataset.parquet import ParquetFiles
from impact_cli.exchange.dataset.rows import Cell, LongForm, WideForm, as_typed
from impact_cli.exchange.dataset.schema import describe_package
from impact_cli.exchange.dataset.telling import Teller
from impact_cli.exchange.tables.cells import guard
from impact_cli.exchange.tables.delimited import write_to
from impact_cli.exchange.tables.workbooks import WorkbookWriter

PACKAGE = "datapackage.json"
_BUFFER = 1 << 20
_INTERNAL = "-version-interne"  # ends the names of files that hold what is not published


class Format(StrEnum):
    """A format of the tables."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Files(Protocol):
    """The tables in one format."""

    def write_rows(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows to a table."""

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
    long, wide = LongForm(catalogue), WideForm(catalogue, tables[1])
    versions = set[str]()
    with ExitStack() as stack:
        places = [
            (_open_files(each, folder, tables, wanted, stack), guard if each is Format.CSV else as_typed)
            for each in wanted.formats
        ]
        for files, write in places:
            files.write_rows(tables[2], list_questions(catalogue, write))
        for sheet in sheets:
            told = teller.tell(sheet)
            for files, write in places:
                files.write_rows(tables[0], long.list_rows(told, write))
                files.write_rows(tables[1], [wide.fill_row(told, write)])
            versions.add(f"{sheet.catalogue.id} {sheet.catalogue.version}")
        written = {path: table for files, _ in places for path, table in files.close().items()}
    described = describe_package(catalogue, written, sorted(versions), internal=wanted.internal)
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8", newline="\n")


def _open_files(chosen: Format, folder: Path, tables: Sequence[Table], wanted: Wanted, stack: ExitStack) -> Files:
    match chosen:
        case Format.CSV:
            return _CsvFiles(folder, tables, wanted.ending, stack)
        case Format.XLSX:
            return _Workbook(folder / f"effets{wanted.ending}.xlsx", tables, stack)
        case Format.PARQUET:
            return _ParquetFiles(folder, tables, wanted)
        case _:
            assert_never(chosen)


class _CsvFiles:
    """A file a table."""

    def __init__(self, folder: Path, tables: Sequence[Table], ending: str, stack: ExitStack) -> None:
        self._tables = {f"{table.name}{ending}.csv": table for table in tables}
        opened = (
            stack.enter_context((folder / path).open("w", _BUFFER, encoding="utf-8", newline=""))
            for path in self._tables
        )
        self._write = {table.name: write_to(file) for table, file in zip(tables, opened, strict=True)}
        for table in tables:
            self._write[table.name]([table.head])

    def write_rows(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        self._write[table.name](rows)

    def close(self) -> dict[str, Table | None]:
        return {**self._tables}  # the stack closes them


class _Workbook:
    """A worksheet a table."""

    def __init__(self, path: Path, tables: Sequence[Table], stack: ExitStack) -> None:
        self._path = path
        self._writer = WorkbookWriter()
        stack.callback(self._writer.give_up)
        for table in (tables[1], tables[0], tables[2]):  # what people open first
            self._writer.add_table(table.name, table.head)

    def write_rows(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._writer.write_row(table.name, row)

    def close(self) -> dict[str, Table | None]:
        self._writer.save(self._path)
        return {self._path.name: None}


class _ParquetFiles:
    """A file a table, or a folder with one an edition."""

    def __init__(self, folder: Path, tables: Sequence[Table], wanted: Wanted) -> None:
        self._tables = tables
        self._files = {
            table.name: ParquetFiles(folder, table.name + wanted.ending, table, by_edition=wanted.by_edition)
            for table in tables
        }

    def write_rows(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        self._files[table.name].write_rows(rows)

    def close(self) -> dict[str, Table | None]:
        return {path: table for table in self._tables for path in self._files[table.name].close()}
