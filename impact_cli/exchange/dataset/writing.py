"""The files of a dataset, written piece by piece."""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import assert_never

from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.dataset.columns import Table, Tables, describe_tables, list_questions
from impact_cli.exchange.dataset.csv_files import CsvFiles
from impact_cli.exchange.dataset.lines import spell_rows
from impact_cli.exchange.dataset.parquet import ParquetFiles
from impact_cli.exchange.dataset.pieces import Account, Piece
from impact_cli.exchange.dataset.schema import describe_package
from impact_cli.exchange.dataset.wanted import Format, Wanted, choose_spelling
from impact_cli.exchange.dataset.workbook import Workbook

PACKAGE = "datapackage.json"


def write_dataset(folder: Path, catalogue: Catalogue, pieces: Iterable[Piece], wanted: Wanted) -> Account:
    """Write the files of a dataset into an empty folder, as the pieces come."""
    tables, account = describe_tables(catalogue), Account()
    with ExitStack() as stack:
        several = [_open_files(each, folder, tables, wanted, stack) for each in wanted.formats]
        for each, files in zip(wanted.formats, several, strict=True):
            files.add(tables.questions, spell_rows(list_questions(catalogue), choose_spelling(each)))
        for piece in pieces:
            account.add(piece.account)
            for files, lines in zip(several, piece.lines, strict=True):
                if piece.account.taken:  # of no lines Arrow makes no table
                    files.add(tables.long, lines.long)
                    files.add(tables.wide, lines.wide)
        written = dict[str, Table | None](chain.from_iterable(files.close().items() for files in several))
    described = describe_package(catalogue, written, sorted(account.versions), internal=wanted.internal)
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE).write_text(text, encoding="utf-8", newline="\n")
    return account


def _open_files(
    chosen: Format, folder: Path, tables: Tables, wanted: Wanted, stack: ExitStack
) -> CsvFiles | Workbook | ParquetFiles:
    match chosen:
        case Format.CSV:
            return CsvFiles(folder, tables, wanted.ending, stack)
        case Format.XLSX:
            return Workbook(folder / f"effets{wanted.ending}.xlsx", tables, stack)
        case Format.PARQUET:
            return ParquetFiles(folder, tables, wanted.ending, stack, by_edition=wanted.by_edition)
        case _:
            assert_never(chosen)
