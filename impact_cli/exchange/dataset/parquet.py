"""The tables as Parquet: typed columns, row group by row group; in a folder an edition where asked."""

from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.exchange.dataset.columns import EDITION, Kind, Table, Tables
from impact_cli.exchange.dataset.lines import Lines

_CELLS_A_GROUP = 300_000  # kept in memory before they are written
_MOST_FILES = 400  # open together: two an edition


class ParquetFiles:
    """The long form, the wide form and the dictionary on their way to their files.

    Where they are parted both forms have a file an edition, `fiches/edition=2026/…`, and no such column.
    """

    def __init__(self, folder: Path, tables: Tables, ending: str, stack: ExitStack, *, by_edition: bool) -> None:
        self._arrow = _load_arrow()
        self._stack = stack
        self._folder = folder
        self._tables = tables
        self._ending = ending
        self._by_edition = by_edition
        self._files: dict[str, _File] = {}
        self._written: dict[str, Table | None] = {}

    def add(self, lines: Lines) -> None:
        """Add sheets to both forms; they are on the disk once their group is."""
        for table, several in zip(self._tables, lines, strict=False):
            rows = _read(self._arrow, table, several)
            editions = rows[EDITION.name]
            for edition in editions.unique() if self._by_edition else ():
                of_edition = rows.filter(self._arrow.compute.equal(editions, edition)).drop_columns(EDITION.name)
                name = table.name + self._ending
                path = f"{name}/{EDITION.name}={quote(edition.as_py(), safe='')}/{name}.parquet"
                self._add(path, table, of_edition)
            if not self._by_edition:
                self._add(f"{table.name}{self._ending}.parquet", table, rows)

    def write_questions(self, lines: bytes) -> None:
        """Write the dictionary."""
        table = self._tables.questions
        self._add(f"{table.name}{self._ending}.parquet", table, _read(self._arrow, table, lines))

    def close(self) -> dict[str, Table | None]:
        """Write what is left; the paths of the files from the folder on, each with its table."""
        for file in self._files.values():
            file.close()
        return dict(sorted(self._written.items()))

    def _add(self, path: str, table: Table, rows: Any) -> None:
        if path not in self._files:
            if len(self._files) > _MOST_FILES:
                raise ImpactError(
                    f"Plus de {_MOST_FILES // 2} éditions\u00a0: cela ferait trop de fichiers.", "Enlevez --by-edition."
                )
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            self._files[path] = _File(self._arrow, self._folder / path, rows.schema)
            self._stack.callback(self._files[path].give_up)
            self._written[path] = table
        self._files[path].add(rows)


class _File:
    """One file, with the rows of the group that is being filled."""

    def __init__(self, arrow: Any, path: Path, schema: Any) -> None:
        self._arrow = arrow
        self._writer = arrow.parquet.ParquetWriter(path, schema, compression="zstd")
        self._group = schema.empty_table()

    def add(self, rows: Any) -> None:
        """Add rows to the group, which is written once it is full."""
        self._group = self._arrow.concat_tables([self._group, rows])
        if self._group.num_rows * self._group.num_columns >= _CELLS_A_GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the last group and the foot of the file."""
        if self._group.num_rows:
            self._write_group()
        self._writer.close()

    def give_up(self) -> None:
        """Let go of a file that could not be written: pyarrow would complain on the screen when it is forgotten."""
        with suppress(OSError):
            self._writer.close()
        self._writer.is_open = False

    def _write_group(self) -> None:
        self._writer.write_table(self._group, row_group_size=self._group.num_rows)
        self._group = self._group.slice(0, 0)


def _read(arrow: Any, table: Table, lines: bytes) -> Any:
    """Lines of CSV as a table of Arrow."""
    csv = import_module("pyarrow.csv")
    types = {Kind.WORDS: arrow.string(), Kind.WHOLE: arrow.int64(), Kind.FLAG: arrow.bool_()}
    moment = arrow.timestamp("s", tz="UTC")
    schema = arrow.schema(
        [
            arrow.field(column.name, types.get(column.kind, moment), metadata={"title": column.title})
            for column in table.columns
        ]
    )
    read = csv.read_csv(
        arrow.BufferReader(lines),
        csv.ReadOptions(use_threads=False, block_size=len(lines) + 1, column_names=schema.names),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, true_values=["1"], false_values=["0"]
        ),
    )
    return read.cast(schema)  # which has the titles


def _load_arrow() -> Any:
    """Arrow with its Parquet. Raises ImpactError where it is not installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise missing_extra("Parquet", "parquet") from error
    return import_module("pyarrow")
