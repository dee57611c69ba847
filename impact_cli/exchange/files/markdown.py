"""Reports as Markdown: titles, items, quotations; signs of emphasis, links and pictures are left behind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from impact_cli.exchange.files.page import read_page
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.files.plain import without_bar

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)  # pandoc's divisions, which CommonMark does not know
_ATTRIBUTES = re.compile(r"\s*\{(?:[#.]|\w+=)[^{}]*\}")  # pandoc's, behind titles, links and pictures
_BROKEN_TITLE = re.compile(r"\\$")


def read_markdown(text: str) -> list[Piece]:
    """The pieces of the text: a quotation is one, its lines as they were typed; any other line is one."""
    from markdown_it import MarkdownIt

    reader = _Reader(text.split("\n"))
    parser = MarkdownIt("commonmark")
    parser.disable(["reference", "text_join"])  # definitions would vanish, and what is escaped be as the rest
    for token in parser.parse(_FENCE.sub("", text)):
        reader.take(token)
    return reader.pieces


class _Reader:
    """What has been read so far, and inside what."""

    def __init__(self, lines: list[str]) -> None:
        self.pieces: list[Piece] = []
        self._lines = lines
        self._mark = Mark.PLAIN
        self._bullet = ""
        self._depth = 0  # of quotations
        self._typed = ""  # in the quotation so far
        self._first = self._last = 0  # lines of the quotation, from 0

    def take(self, token: "Token") -> None:
        """Read one token."""
        first = token.map[0] if token.map else 0
        match token.type:
            case "blockquote_open":
                self._depth += 1
                self._first, self._last = (first, first) if self._depth == 1 else (self._first, self._last)
            case "blockquote_close":
                self._depth -= 1
                self._end_quote()
            case "heading_open":
                self._mark = Mark.HEADING
            case "list_item_open":
                self._mark, self._bullet = Mark.BULLET, f"{token.info}{token.markup} "
            case "heading_close" | "list_item_close":
                self._mark = Mark.PLAIN
            case "inline":
                self._take_lines(first, list(_read_inline(token)), token)
            case "code_block" | "fence":
                self._take_lines(first + (token.type == "fence"), token.content.rstrip("\n").split("\n"), token)
            case "html_block":
                self._take_page(first, token.content)
            case "hr":
                self._add(first, self._lines[first], Mark.FURNITURE)

    def _take_lines(self, first: int, lines: list[str], token: "Token") -> None:
        flows = [child.type == "softbreak" for child in token.children or () if child.type.endswith("break")]
        flows += [False] * (len(lines) - len(flows))
        for at, line in enumerate(lines, first):
            quoted = self._depth and self._lines[at].lstrip().startswith(">")
            if quoted:
                self._quote(at, line, flows=at > first and flows[at - first - 1])
            else:
                self._end_quote()
                self._add(at, line, self._mark)
                self._mark = Mark.PLAIN if self._mark == Mark.BULLET else self._mark

    def _quote(self, at: int, line: str, *, flows: bool) -> None:
        self._typed += " " if flows else "\n" * (at - self._last)
        self._typed += self._bullet + line
        self._mark, self._bullet = Mark.PLAIN, ""
        self._last = at

    def _end_quote(self) -> None:
        if self._typed:
            verbatim = "\n".join(self._lines[self._first : self._last + 1])
            gap = self._has_gap(self._first)
            self.pieces.append(Piece(self._first + 1, self._last + 1, self._typed, Mark.QUOTE, gap, verbatim))
        self._typed = ""

    def _take_page(self, first: int, markup: str) -> None:
        for piece in read_page(markup):
            self.pieces.append(replace(piece, first=first + piece.first, last=first + piece.last))

    def _add(self, at: int, text: str, mark: Mark) -> None:
        text = _BROKEN_TITLE.sub("", text) if mark == Mark.HEADING else without_bar(text.strip())
        text, bullet = text.strip(), self._bullet
        mark = mark if text else Mark.FURNITURE
        self.pieces.append(Piece(at + 1, at + 1, text, mark, self._has_gap(at), self._lines[at], bullet))
        self._bullet = ""

    def _has_gap(self, at: int) -> bool:
        return at > 0 and not self._lines[at - 1].strip()


def _read_inline(token: "Token") -> Iterator[str]:
    """What a reader sees of a paragraph, line by line: no picture, no link's address, no sign of emphasis."""
    shown = ""
    for part in token.children or ():
        if part.type.endswith("break"):
            yield shown
            shown = ""
        elif part.type == "text":
            shown += _ATTRIBUTES.sub("", part.content)
        elif part.type in ("text_special", "code_inline"):  # escaped, it stands for itself
            shown += part.content
    yield shown
