"""Reports as Markdown: headings, bullets, quotations; what is escaped stands for itself."""

import re
from collections.abc import Iterator

from impact_cli.exchange.pieces import Mark, Piece
from impact_cli.exchange.plain import read_line

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INDENT = re.compile(r"^&#32;")  # our own reports write so the first space of a line


def read_markdown(text: str) -> list[Piece]:
    """The pieces of the text: a quotation is one, its lines as they were typed."""
    return list(_read_lines(text.split("\n")))


def _read_lines(lines: list[str]) -> Iterator[Piece]:
    number = 0
    gap = False
    while number < len(lines):
        line = lines[number]
        last = number
        if line.startswith(">"):
            while last + 1 < len(lines) and lines[last + 1].startswith(">"):
                last += 1
            yield _read_quote(lines[number : last + 1], number + 1, gap=gap)
        elif match := _HEADING.match(line):
            title = match[2].rstrip()
            if title.endswith("#") and not title.endswith("\\#"):
                title = title.rstrip("#").rstrip()
            yield Piece(number + 1, number + 1, _unescape(title), Mark.HEADING, gap, line)
        elif line.strip():
            piece = read_line(line, number + 1, gap=gap)
            yield Piece(piece.first, piece.last, _unescape(_without_break(piece.text)), piece.mark, gap, line)
        gap = not line.strip()
        number = last + 1


def _read_quote(lines: list[str], first: int, *, gap: bool) -> Piece:
    inner = [line.removeprefix(">").removeprefix(" ") for line in lines]
    typed = "\n".join(_unescape(_INDENT.sub(" ", _without_break(line))) for line in inner)
    return Piece(first, first + len(lines) - 1, typed, Mark.QUOTE, gap, "\n".join(lines))


def _without_break(line: str) -> str:
    """The line without the backslash that ends it, where that one is not escaped itself."""
    backslashes = len(line) - len(line.rstrip("\\"))
    return line[:-1] if backslashes % 2 else line.rstrip(" ")


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
