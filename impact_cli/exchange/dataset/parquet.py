"""The tables as Parquet: typed columns, row group by row group; in a folder an edition where asked."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.exchange.dataset.columns import EDITION, Column, Kind, Table
from impact_cli.exchange.dataset.rows import Cell, Row, fill_cells, list_rows
from impact_cli.exchange.dataset.telling import Entry

_CELLS_A_GROUP = 1_000_000  # kept in memory before they are written
_MOST_PARTS = 200  # editions whose files are open together


class ParquetFiles:
    """The long form, the wide form and the dictionary on their way to their files.

    Where they are parted both forms have a file an edition, `fiches/edition=2026/…`, and no such column.
    """

    def __init__(
        self, folder: Path, tables: Sequence[Table], ending: str, stack: ExitStack, *, by_edition: bool
    ) -> None:
        self._arrow = _load_arrow()
        self._stack = stack
        self._folder = folder
        self._ending = ending
        self._long, self._wide, self._dictionary = tables
        self._by_edition = by_edition
        self._parts: dict[str, tuple[_Part, _Part]] = {}
        self._written: dict[str, Table | None] = {}
        if not by_edition:
            self._open_parts("")

    def write_sheet(self, head: Row, entries: Sequence[Entry]) -> None:
        """Add a sheet to both forms; it is on the disk once its group is."""
        edition = str(head[1]) if self._by_edition else ""
        for part in self._parts.get(edition) or self._open_parts(edition):
            part.add(head, entries)

    def write_questions(self, rows: Iterable[Row]) -> None:
        """Write the dictionary."""
        part = self._open_part(self._dictionary, "", [])
        for row in rows:
            part.add(row, [])
        part.close()

    def close(self) -> dict[str, Table | None]:
        """Write what is left; the paths of the files from the folder on, each with its table."""
        for part in (part for parts in self._parts.values() for part in parts):
            part.close()
        return dict(sorted(self._written.items()))

    def _open_parts(self, edition: str) -> "tuple[_Part, _Part]":
        if len(self._parts) == _MOST_PARTS:
            raise ImpactError(
                f"Plus de {_MOST_PARTS} éditions\u00a0: cela ferait trop de fichiers.", "Enlevez --by-edition."
            )
        long = _Factor(self._long.columns[2:], list_rows)
        wide = [_Factor(columns, lambda entry: [fill_cells(entry)]) for columns in self._wide.list_groups()]
        self._parts[edition] = (
            self._open_part(self._long, edition, [long] * len(wide)),
            self._open_part(self._wide, edition, wide),
        )
        return self._parts[edition]

    def _open_part(self, table: Table, edition: str, factors: "Sequence[_Factor]") -> "_Part":
        name = table.name + self._ending
        path = f"{name}/{EDITION.name}={quote(edition, safe='')}/{name}.parquet" if edition else f"{name}.parquet"
        self._written[path] = table
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        part = _Part(self._arrow, self._folder / path, table, factors, without=EDITION if edition else None)
        self._stack.callback(part.give_up)
        return part


class _Factor:
    """Columns of which most rows are like others: the different `rows`, and the `ranks` of those that stand there."""

    def __init__(self, columns: Sequence[Column], make: Callable[[Entry], list[Row]]) -> None:
        self.columns = columns
        self.rows: list[Row] = []
        self.ranks = array("i")
        self._make = make
        self._known: dict[Entry, range] = {}

    def add(self, entry: Entry) -> None:
        """The rows of one entry more."""
        ranks = self._known.get(entry)
        if ranks is None:
            first = len(self.rows)
            self.rows += self._make(entry)
            ranks = self._known[entry] = range(first, len(self.rows))
        self.ranks.extend(ranks)

    def forget(self) -> None:
        """Begin anew."""
        self.rows, self.ranks, self._known = [], array("i"), {}


class _Part:
    """One file, with the rows of the group that is being filled: heads of sheets, and what their entries make."""

    def __init__(
        self, arrow: Any, path: Path, table: Table, factors: Sequence[_Factor], *, without: Column | None
    ) -> None:
        self._arrow = arrow
        self._factors = factors
        self._several = [*dict.fromkeys(factors)]
        size = len(table.columns) - sum(len(factor.columns) for factor in self._several)
        self._head = _Factor(table.columns[:size], lambda _: [])
        self._without = without
        kept = [column for column in table.columns if column is not without]
        self._schema = arrow.schema(
            [arrow.field(each.name, _type_of(arrow, each.kind), metadata={"title": each.title}) for each in kept]
        )
        self._writer = arrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._room = max(1, _CELLS_A_GROUP // len(kept))

    def add(self, head: Row, entries: Sequence[Entry]) -> None:
        """Add the rows of one sheet to the group, which is written once it is full."""
        for factor, entry in zip(self._factors, entries, strict=True):
            factor.add(entry)
        ranks, rank = self._head.ranks, len(self._head.rows)
        size = len(self._factors[0].ranks) if self._factors else rank + 1
        ranks.extend([rank] * (size - len(ranks)))
        self._head.rows.append(head[: len(self._head.columns)])
        if size >= self._room:
            self._write_group()

    def close(self) -> None:
        """Write the last group and the foot of the file."""
        if self._head.rows:
            self._write_group()
        self._writer.close()

    def give_up(self) -> None:
        """Let go of a file that could not be written: pyarrow would complain on the screen when it is forgotten."""
        with suppress(OSError):
            self._writer.close()
        self._writer.is_open = False

    def _write_group(self) -> None:
        arrays = [each for factor in (self._head, *self._several) for each in self._list_arrays(factor)]
        self._writer.write_batch(self._arrow.record_batch(arrays, schema=self._schema))
        for factor in (self._head, *self._several):
            factor.forget()

    def _list_arrays(self, factor: _Factor) -> Iterator[Any]:
        ranks = factor.ranks
        where = self._arrow.Array.from_buffers(self._arrow.int32(), len(ranks), [None, self._arrow.py_buffer(ranks)])
        for column, cells in zip(factor.columns, zip(*factor.rows, strict=True), strict=True):
            if column is not self._without:
                given = _convert(column.kind, cells)
                yield self._arrow.array(given, type=_type_of(self._arrow, column.kind)).take(where)


def _type_of(arrow: Any, kind: Kind) -> Any:
    types = {Kind.WORDS: arrow.string(), Kind.WHOLE: arrow.int64(), Kind.FLAG: arrow.bool_()}
    return types.get(kind) or arrow.timestamp("s", tz="UTC")


def _convert(kind: Kind, cells: Sequence[Any]) -> Sequence[Cell | datetime]:
    """The cells of a column as Arrow takes them for its type."""
    match kind:
        case Kind.FLAG:
            return [None if cell is None else bool(cell) for cell in cells]
        case Kind.MOMENT:
            return [datetime.fromisoformat(cell) for cell in cells]
        case Kind.WORDS:
            return [None if cell is None else str(cell) for cell in cells]
        case Kind.WHOLE:
            return cells


def _load_arrow() -> Any:
    """Arrow with its Parquet. Raises ImpactError where it is not installed."""
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise missing_extra("Parquet", "parquet") from error
    return import_module("pyarrow")
