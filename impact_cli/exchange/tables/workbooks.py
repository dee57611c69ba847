"""XLSX: worksheets written row by row, where text is text and nothing else; anybody's first worksheet read."""

import errno
import os
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from impact_cli.errors import ImpactError, missing_extra

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_576  # of a worksheet
_MOST_COLUMNS = 16_384  # of a worksheet
LONGEST_TEXT = 32_767  # UTF-16 units of a cell
_NARROWEST, _WIDEST = 12, 32  # characters that a column shows
CUT = " […]"  # ends what is longer
_MOST_UNPACKED = 300_000_000  # bytes of a workbook's parts
_HIGHEST_RATIO = 50  # of what they are and what they take: tables have 5 to 20
_FEW = 3_000_000  # bytes that are read whatever they take
_MOST_CELLS = 30_000_000  # read in some minutes
_PROLOGUE = 2000  # bytes of a part, where a document type stands
_HINT = "Ouvrez-le dans votre tableur et enregistrez-le de nouveau, en XLSX ou en CSV."
# What openpyxl raises for a workbook that is none, or damaged.
_BROKEN: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, LookupError)
_BROKEN += (ValueError, TypeError, AttributeError, OverflowError, RuntimeError)
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_NO_WORDS = ("=", "+", "-", "@", "#", "'", "\t")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_CODE = re.compile(r"_(?:x[0-9A-F]{0,4})?\Z")
_LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class WorkbookWriter:
    """A workbook whose rows go to the disk as they come; `save` puts its parts together in one file."""

    def __init__(self) -> None:
        openpyxl = _load_openpyxl()
        self._book: Workbook = openpyxl.Workbook(write_only=True)
        self._room: dict[str, int] = {}
        self._last: dict[str, Any] = {}
        self._heads: dict[str, Sequence[str]] = {}
        self._widths: dict[str, Sequence[int]] = {}

    def add_table(self, title: str, head: Sequence[str], widths: Sequence[int] = ()) -> None:
        """A worksheet with these names of columns; another follows where its rows are all taken.

        `widths` are in characters, as wide as names of columns where none are given.
        """
        if len(head) > _MOST_COLUMNS:
            raise ImpactError(
                f"Un classeur n’a que {_MOST_COLUMNS} colonnes, et il en faudrait {len(head)}.", "Choisissez le CSV."
            )
        self._heads[title] = head
        named = [min(max(_NARROWEST, len(column) + 2), _WIDEST) for column in head]
        self._widths[title] = widths or [_WIDEST, *named[1:]]
        self._begin(title, title)

    def write_row(self, title: str, row: Sequence[str | int | None]) -> None:
        """Write one row of the table."""
        if not self._room[title]:
            count = sum(name.startswith(f"{title} ") for name in self._book.sheetnames) + 2
            self._begin(title, f"{title} {count}")
        self._room[title] -= 1
        sheet = self._last[title]
        sheet.append([_write_cell(sheet, value) for value in row])

    def save(self, file: Path | IO[bytes]) -> None:
        """Write the file. Nothing can be added afterwards."""
        self._book.save(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close what is still open, for openpyxl's own writers complain on the screen when they are forgotten.

        Raises OSError where lxml, which gives no reason, could write no row to the temporary folder.
        """
        for sheet in self._book.worksheets:
            if not sheet.closed:
                with suppress(Exception):
                    sheet.close()
        if type(error).__module__ == "lxml.etree":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), tempfile.gettempdir()) from error

    def _begin(self, title: str, name: str) -> None:
        sheet = self._book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for rank, width in enumerate(self._widths[title], 1):
            sheet.column_dimensions[_load_openpyxl().utils.get_column_letter(rank)].width = width
        self._last[title] = sheet
        self._room[title] = MOST_ROWS
        self.write_row(title, self._heads[title])


def _write_cell(sheet: Any, value: str | int | None) -> Any:
    """A number as it is; words as words, in a cell that says so where they look like something else."""
    if not isinstance(value, str):
        return value
    words = _encode(value)
    if not words.startswith(_LIKE_NO_WORDS):
        return words
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
    cell.quotePrefix = True  # and a spreadsheet would, where somebody edits the cell
    return cell


def _encode(words: str) -> str:
    """The words as XML holds them, what is no letter of XML as its code; no longer than a cell."""
    encoded = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_CODE.sub("_x005F_", words))
    if 2 * len(encoded) <= LONGEST_TEXT or len(encoded.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return encoded
    cut = encoded.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore")
    return _HALF_CODE.sub("", cut) + CUT


def _decode(words: str) -> str:
    return _CODE.sub(lambda found: chr(int(found[1], 16)), words)


def read_workbook(path: Path) -> Iterator[list[str]]:
    """The rows of the first worksheet, its head first, every value as it reads.

    Raises ImpactError where it is no workbook, or unpacks to more than any that people fill.
    """
    openpyxl = _load_openpyxl()
    cells = 0
    try:
        _refuse_bomb(path)
        with path.open("rb") as file:  # not by its name, which openpyxl wants to end as a workbook's
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # as the file gives them, one cell at the far end makes billions
            for row in sheet.iter_rows(values_only=True):
                cells += len(row)
                if cells > _MOST_CELLS:
                    raise _refuse_large(path)
                yield [_read_cell(value) for value in row]
            book.close()
    except _BROKEN as error:
        raise ImpactError(f"{path.name}\u00a0: ce classeur ne peut pas être lu.", _HINT) from error


def _read_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case float() if value.is_integer():
            return str(int(value))
        case date() | datetime():
            return value.isoformat()
        case str():
            return _decode(value)
        case _:
            return str(value)


def _refuse_bomb(path: Path) -> None:
    """Raise ImpactError where the parts are too large, or one defines words of its own, which may multiply."""
    with zipfile.ZipFile(path) as parts:
        packed = sum(part.compress_size for part in parts.infolist())
        most = min(_MOST_UNPACKED, max(_FEW, _HIGHEST_RATIO * packed))
        if sum(part.file_size for part in parts.infolist()) > most:
            raise _refuse_large(path)
        for name in filter(lambda name: name.endswith((".xml", ".rels")), parts.namelist()):
            with parts.open(name) as part:
                if b"<!" in part.read(_PROLOGUE).replace(b"<!--", b""):
                    raise ImpactError(f"{path.name}\u00a0: ce classeur ne peut pas être lu.", _HINT)


def _refuse_large(path: Path) -> ImpactError:
    return ImpactError(f"{path.name}\u00a0: ce classeur est trop grand.", "Enregistrez ses lignes en CSV.")


def _load_openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise missing_extra("XLSX", "xlsx") from error
    warnings.filterwarnings("ignore", module="openpyxl")  # it says in English what it leaves out of a damaged workbook
    return openpyxl
