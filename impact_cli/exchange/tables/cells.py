"""Words in the cell of a CSV that no spreadsheet takes for a formula, and how they are read again.

A cell is a formula where it begins with one of `= + - @`, a tab or a line end; it also begins after a semicolon, a tab
or a line end where the spreadsheet of another country separates by these. At each such place an apostrophe is set
before the sign, and before an apostrophe, so that taking one away there gives the words as they were.
"""

import re

_BEGINNING = r"(\A|[;\t\r\n])(\"*)"
_DANGEROUS = re.compile(rf"{_BEGINNING}(?=[-=+@'\t\r\n＝＋－＠])")
_GUARDED = re.compile(rf"{_BEGINNING}'")


def guard(words: str) -> str:
    """The words as they stand in a cell."""
    return _DANGEROUS.sub(r"\1\2'", words)


def unguard(cell: str) -> str:
    """The words of a cell that `guard` wrote."""
    return _GUARDED.sub(r"\1\2", cell)
