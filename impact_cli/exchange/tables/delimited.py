"""CSV: ours written by RFC 4180; anybody's read, whatever its separator and encoding."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from impact_cli.errors import ImpactError

LINE_END = "\r\n"
_QUOTED = re.compile(r'[",\r\n]')
_SEPARATORS = ",;\t"
_LONGEST_CELL = 1_000_000  # characters
_LONGEST_LINE = 10_000_000  # characters: a quote that is not closed makes one line of the rest of the file
_CHUNK = 1 << 20
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def spell(cell: str) -> str:
    """A cell as it stands in a line of RFC 4180."""
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


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
