"""CSV: ours written by RFC 4180; anybody's read, whatever its separator and encoding."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TextIO

from impact_cli.errors import ImpactError
from impact_cli.exchange.tables.cells import guard

LINE_END = "\r\n"
_SEPARATORS = ",;\t"
_LONGEST_CELL = 1_000_000  # characters
_LONGEST_LINE = 10_000_000
_CHUNK = 1 << 20
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Speller:
    """Spells rows as lines of RFC 4180."""

    def __init__(self) -> None:
        self._file = StringIO(newline="")
        self._write = csv.writer(self._file, lineterminator=LINE_END).writerow

    def spell(self, row: Iterable[str | int | None]) -> str:
        """The line without its end: words guarded, None as an empty cell."""
        self._file.seek(0)
        self._file.truncate()
        self._write([guard(cell) if isinstance(cell, str) else cell for cell in row])
        return self._file.getvalue().removesuffix(LINE_END)


def read_csv(path: Path) -> Iterator[list[str]]:
    """The rows of a file, its head first. Raises ImpactError, at the latest at the row that is at fault."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=_find_encoding(path), errors="replace", newline="") as file:
        lines = _read_lines(file, path.name)
        head = next(lines, "")
        reader = csv.reader(chain([head], lines), delimiter=_find_separator(head), strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise _refuse(path.name, reader.line_num) from error


def _read_lines(file: TextIO, name: str) -> Iterator[str]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise _refuse(name, number)
        yield line


def _refuse(name: str, line: int) -> ImpactError:
    return ImpactError(
        f"{name}, ligne {line}\u00a0: des guillemets n’y sont pas fermés, ou le texte y est trop long.",
        "Enregistrez de nouveau le fichier en CSV depuis votre tableur.",
    )


def _find_encoding(path: Path) -> str:
    """The one of its mark, else UTF-8, else that of old Windows, which every byte is a letter of."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        for mark, encoding in _MARKS.items():
            if chunk.startswith(mark):
                return encoding
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _find_separator(head: str) -> str:
    """The separator that the head has most of, outside quotes."""
    outside = "".join(head.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
