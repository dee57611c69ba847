"""The tables as Parquet: typed columns, row group by row group; in a folder an edition where asked."""

from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.exchange.dataset.columns import EDITION, Kind, Table, Tables

_CELLS_A_GROUP = 1_000_000  # kept in memory before they are written
_MOST_FILES = 400  # open together: two an edition


class ParquetFiles:
    """The tables on their way to their files.

    Where both forms are parted they have a file an edition, `fiches/edition=2026/…`, and no such column.
    """

    def __init__(self, folder: Path, tables: Tables, ending: str, stack: ExitStack, *, by_edition: bool) -> None:
        self._arrow = _load_arrow()
        self._schemas = {table.name: _describe(self._arrow, table) for table in tables}
        self._stack = stack
        self._folder = folder
        self._ending = ending
        self._by_edition = by_edition
        self._files: dict[str, _File] = {}

    def add(self, table: Table, lines: bytes) -> None:
        """Add rows to a table; they are on the disk once their group is."""
        name, rows = f"{table.name}{self._ending}", _read(self._arrow, self._schemas[table.name], lines)
        if not self._by_edition or EDITION not in table.columns:
            self._add(f"{name}.parquet", table, rows)
            return
        editions = rows[EDITION.name]
        for edition in editions.unique():
            of_edition = rows.filter(self._arrow.compute.equal(editions, edition)).drop_columns(EDITION.name)
            folder = f"{EDITION.name}={quote(edition.as_py(), safe='')}"
            self._add(f"{name}/{folder}/{name}.parquet", table, of_edition)

    def close(self) -> dict[str, Table]:
        """Write what is left; the paths of the files from the folder on, each with its table."""
        for file in self._files.values():
            file.close()
        return {path: file.table for path, file in sorted(self._files.items())}

    def _add(self, path: str, table: Table, rows: Any) -> None:
        if path not in self._files:
            self._files[path] = self._open(path, table, rows.schema)
        self._files[path].add(rows)

    def _open(self, path: str, table: Table, schema: Any) -> "_File":
        if len(self._files) > _MOST_FILES:
            raise ImpactError(
                f"Plus de {_MOST_FILES // 2} éditions\u00a0: cela ferait trop de fichiers.", "Enlevez --by-edition."
            )
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        file = _File(self._arrow, self._folder / path, table, schema)
        self._stack.callback(file.give_up)
        return file


class _File:
    """One file of a table, with the rows of the group that is being filled."""

    def __init__(self, arrow: Any, path: Path, table: Table, schema: Any) -> None:
        self.table = table
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


def _describe(arrow: Any, table: Table) -> Any:
    """The names, types and titles of the columns."""
    types = {Kind.WORDS: arrow.string(), Kind.WHOLE: arrow.int64(), Kind.FLAG: arrow.bool_()}
    moment = arrow.timestamp("s", tz="UTC")
    columns = [(column.name, types.get(column.kind, moment), {"title": column.title}) for column in table.columns]
    return arrow.schema([arrow.field(name, kind, metadata=title) for name, kind, title in columns])


def _read(arrow: Any, schema: Any, lines: bytes) -> Any:
    """Lines of CSV as a table of Arrow."""
    csv = import_module("pyarrow.csv")
    read = csv.read_csv(
        arrow.BufferReader(lines),
        csv.ReadOptions(use_threads=False, block_size=len(lines) + 1, column_names=schema.names),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, true_values=["1"], false_values=["0"]
        ),
    )
    return arrow.Table.from_arrays(read.columns, schema=schema)  # which has the titles


def _load_arrow() -> Any:
    """Arrow with its Parquet. Raises ImpactError where it is not installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise missing_extra("Parquet", "parquet") from error
    return import_module("pyarrow")
