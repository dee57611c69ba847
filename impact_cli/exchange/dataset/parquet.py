"""A table as Parquet: typed columns with dictionaries, row group by row group; in a folder an edition where asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.exchange.dataset.columns import EDITION, Column, Kind, Table
from impact_cli.exchange.dataset.rows import Cell

_CELLS_A_GROUP = 1_000_000  # kept in memory before they are written
_MOST_PARTS = 200  # files that are open together


class ParquetFiles:
    """One table on its way to its file, or to one file an edition: `edition=2026/…`, which has no such column then."""

    def __init__(self, folder: Path, name: str, table: Table, *, by_edition: bool) -> None:
        self._arrow = _load_arrow()
        self._folder = folder
        self._name = name
        self._by = table.head.index(EDITION.name) if by_edition and EDITION in table.columns else None
        self._columns = [column for rank, column in enumerate(table.columns) if rank != self._by]
        self._parts: dict[str, _Part] = {}

    def write_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows; they are on the disk once their group is."""
        if self._by is None:
            self._find_part(f"{self._name}.parquet").write_rows(rows)
            return
        for edition, several in groupby(rows, itemgetter(self._by)):
            part = self._find_part(f"{self._name}/{EDITION.name}={quote(str(edition), safe='')}/{self._name}.parquet")
            part.write_rows([*row[: self._by], *row[self._by + 1 :]] for row in several)

    def close(self) -> list[str]:
        """Write what is left; the paths of the files, from the folder on."""
        if not self._parts and self._by is None:
            self._find_part(f"{self._name}.parquet")
        for part in self._parts.values():
            part.close()
        return sorted(self._parts)

    def _find_part(self, path: str) -> "_Part":
        if path not in self._parts:
            if len(self._parts) == _MOST_PARTS:
                raise ImpactError(
                    f"Plus de {_MOST_PARTS} éditions\u00a0: cela ferait trop de fichiers.", "Enlevez --by-edition."
                )
            file = self._folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            self._parts[path] = _Part(self._arrow, file, self._columns)
        return self._parts[path]


class _Part:
    """One file, with the rows of the group that is being filled."""

    def __init__(self, arrow: Any, path: Path, columns: Sequence[Column]) -> None:
        self._arrow = arrow
        self._kinds = [column.kind for column in columns]
        self._schema = arrow.schema(
            [arrow.field(each.name, _type_of(arrow, each.kind), metadata={"title": each.title}) for each in columns]
        )
        self._writer = arrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Sequence[Cell]] = []
        self._room = max(1, _CELLS_A_GROUP // len(columns))

    def write_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows to the group, which is written once it is full."""
        self._rows += rows
        if len(self._rows) >= self._room:
            self._write_group()

    def close(self) -> None:
        """Write the last group and the foot of the file."""
        if self._rows:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        cells = zip(self._kinds, self._schema, zip(*self._rows, strict=True), strict=True)
        arrays = [self._arrow.array(_convert(kind, given), type=each.type) for kind, each, given in cells]
        self._writer.write_batch(self._arrow.record_batch(arrays, schema=self._schema))
        self._rows = []


def _type_of(arrow: Any, kind: Kind) -> Any:
    types = {Kind.WORDS: arrow.string(), Kind.WHOLE: arrow.int64(), Kind.FLAG: arrow.bool_()}
    return types.get(kind) or arrow.timestamp("s", tz="UTC")


def _convert(kind: Kind, cells: Sequence[Any]) -> Sequence[Any]:
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
