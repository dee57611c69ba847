"""Reports as a web page, read tag by tag in one pass: nothing is nested, so nothing is too deep."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.files.plain import read_line

_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,19})")
_OPENS = re.compile(r"<(?=/?[a-zA-Z]|[!?])")
_ENDS_TAG = re.compile(r""">|=\s*["']""")  # or opens a value, which may hold a ">"
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "select", "textarea", "iframe"})
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}  # no tag in them is one
_ASIDE = frozenset({"nav", "footer", "figcaption", "button", "form", "dialog"})
_ASIDE_ROLE = re.compile(
    r"""\brole\s*=\s*["']?(?:navigation|contentinfo|dialog|alertdialog)|\b(?:class|id)\s*=\s*["'][^"']*(?:cookie|skip-link)""",
    re.IGNORECASE,
)
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|em|font|i|img|input|kbd|label|mark|q|s|small|span|strong|su[bp]|time|u|var|wbr|!"
)
_HEADING = re.compile("h[1-6]")
_BLANK = re.compile(r"[ \t\n\r\f]+")
_ENDLESS = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")  # the number of no character
_EXACT = 'dir="auto"'  # how our own pages mark a quotation, whose blanks all count


class _Token(NamedTuple):
    """A tag (`name`, closing or not, with its attributes) or, without a name, a text."""

    name: str
    closing: bool
    text: str
    line: int


def read_page(page: str) -> list[Piece]:
    """The pieces of the page: a line for each paragraph, item or title, with the line of the file it starts on."""
    reader = _PageReader()
    for token in _scan(page):
        reader.take(token)
    reader.end_piece()
    return reader.pieces


def _scan(page: str) -> Iterator[_Token]:
    """Tags and texts in order. Each search goes forward from where the last one ended: linear in time.

    Python's own parser goes back over what it does not understand, which takes the square of a file's length.
    """
    at = 0
    line = 1
    while at < len(page):
        opens = match.start() if (match := _OPENS.search(page, at)) else len(page)
        token, end = _scan_tag(page, opens, line) if opens == at else (_say(page[at:opens], line), opens)
        yield token
        if token.name in _RAW and not token.closing:
            close = _RAW[token.name].search(page, end)
            end = close.start() if close else len(page)
        line += page.count("\n", at, end)
        at = end


def _say(text: str, line: int) -> _Token:
    return _Token("", closing=False, text=text, line=line)


def _scan_tag(page: str, opens: int, line: int) -> tuple[_Token, int]:
    """The tag that begins at a place; what is no tag, for it never ends, is a text to the end of the page."""
    nothing = _Token("!", closing=False, text="", line=line)
    if page.startswith("<!--", opens):
        closes = page.find("-->", opens + 4)
        return nothing, len(page) if closes < 0 else closes + 3
    match = _TAG.match(page, opens + 1)
    end = _end_of_tag(page, match.end()) if match else page.find(">", opens) + 1
    if not end:
        return _say(page[opens:], line), len(page)
    return _Token(match[2].lower(), match[1] == "/", page[match.end() : end - 1], line) if match else nothing, end


def _end_of_tag(page: str, at: int) -> int:
    """Behind the first ">" that no quotes hold; 0 where there is none."""
    while match := _ENDS_TAG.search(page, at):
        if match[0] == ">":
            return match.end()
        at = page.find(match[0][-1], match.end()) + 1 or match.end()
    return 0


class _Element:
    """An element one is inside of, or none: its name, and how many of that name are open in it."""

    name = ""
    depth = 0

    def take(self, token: _Token) -> None:
        """A tag that opens it, where it is none yet, or stands inside of it: perhaps its own end."""
        self.name = self.name if self.depth else token.name
        if token.name == self.name and not token.text.rstrip().endswith("/"):
            self.depth += -1 if token.closing else 1


class _PageReader:
    """What has been read so far of the page."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._hidden = _Element()  # whose content nobody reads
        self._aside = _Element()  # beside the report
        self._quote: bool | None = None  # inside a quotation: whether its blanks all count
        self._mark = Mark.PLAIN
        self._in_link = False
        self._words = {False: False, True: False}  # whether there are any outside of links, and inside
        self._text: list[str] = []
        self._line = 0

    def take(self, token: _Token) -> None:
        """Read one token."""
        if self._hidden.depth:
            self._hidden.take(token)
        elif not token.name:
            self._line = self._line or token.line
            self._text.append(token.text)
            self._words[self._in_link] |= bool(token.text.strip())
        elif self._hides(token):
            self._hidden.take(token)
        elif token.name == "a":
            self._in_link = not token.closing
        elif token.name == "br":
            self._text.append("\n" if self._quote is not None else "\0")
        elif not _INLINE.fullmatch(token.name):
            self._take_block(token)

    def _hides(self, token: _Token) -> bool:
        empty = token.text.rstrip().endswith("/") or token.name in ("img", "br", "input", "wbr")
        return not token.closing and not empty and (token.name in _HIDDEN or 'aria-hidden="true"' in token.text)

    def _take_block(self, token: _Token) -> None:
        if self._quote is not None and token.name == "p":
            if token.closing and not self._quote:
                self._text.append("\n\n")
            return
        self.end_piece()
        if self._aside.depth or (not token.closing and (token.name in _ASIDE or _ASIDE_ROLE.search(token.text))):
            self._aside.take(token)
        elif token.name == "blockquote":
            self._quote = None if token.closing else _EXACT in token.text
        elif not token.closing:
            self._mark = (
                Mark.HEADING if _HEADING.fullmatch(token.name) else Mark.BULLET if token.name == "li" else Mark.PLAIN
            )

    def end_piece(self) -> None:
        """What was gathered becomes pieces."""
        text, line = html.unescape(_ENDLESS.sub("\ufffd", "".join(self._text))), self._line
        self._text, self._line = [], 0
        if self._quote is not None:
            typed = text if self._quote else "\n".join(_BLANK.sub(" ", part).strip() for part in text.split("\n"))
            typed = typed.replace("\0", "\n")
            typed = typed if self._quote else typed.strip("\n")
            if typed.strip():
                self.pieces.append(Piece(line, line + text.count("\n"), typed, Mark.QUOTE, gap=True))
            return
        if self._words[True] and not self._words[False] and self._mark == Mark.PLAIN:
            self._mark = Mark.LINK
        self._words = {False: False, True: False}
        for number, part in enumerate(text.split("\0")):
            if shown := _BLANK.sub(" ", part).strip():
                self._add(shown, line, gap=number == 0)
        if text.strip():
            self._mark = Mark.PLAIN

    def _add(self, text: str, line: int, *, gap: bool) -> None:
        if self._aside.depth:
            self.pieces.append(Piece(line, line, text, Mark.FURNITURE, gap))
        elif self._mark == Mark.PLAIN:
            self.pieces.append(replace(read_line(text, line, gap=gap), firm=True))
        else:
            listed = self._mark == Mark.BULLET and bool(self.pieces) and self.pieces[-1].mark == Mark.BULLET
            self.pieces.append(Piece(line, line, text, self._mark, gap and not listed, firm=True))
