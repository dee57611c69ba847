"""Text whose blanks show where it stood on a page: what `pdftotext -layout` and its like make of a PDF."""

import re
from collections.abc import Iterator
from itertools import islice

from impact_cli.exchange.files.layout import Line
from impact_cli.exchange.files.paragraphs import write_pages

_WIDTH = 0.5  # of a letter, in heights of it
_RUN = re.compile(r"(?:(?<!\S)\S{1,3} +)?\S+(?: {1,2}\S+)*")  # behind a bullet or a number, or not
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2}")
_RULED = re.compile(r"^={10,} *$", re.MULTILINE)  # as our own text is
_LEAST = 3  # rows of two columns


def is_spaced(text: str) -> bool:
    """Whether the text has pages, or columns."""
    rows = filter(_has_columns, text.split("\n"))
    return not _RULED.search(text) and ("\f" in text or len([*islice(rows, _LEAST)]) == _LEAST)


def _has_columns(line: str) -> bool:
    return len([*islice(filter(_WORD.search, _GAP.split(line)), 2)]) > 1


def read_spaced(text: str) -> str:
    """The lines as a PDF's are read: columns one after the other, paragraphs whole, no heads and feet."""
    return write_pages([list(_read_runs(page)) for page in text.strip("\f\n").split("\f")])


def _read_runs(page: str) -> Iterator[Line]:
    for number, line in enumerate(page.split("\n")):
        for run in _RUN.finditer(line):
            yield Line(run[0], _WIDTH * run.start(), _WIDTH * run.end(), -float(number), 1.0, number, {b""})
