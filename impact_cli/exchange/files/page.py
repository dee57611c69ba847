"""Reports as a web page, read tag by tag in one pass: nothing is nested, so nothing is too deep."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.files.plain import read_line

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "select", "textarea", "iframe"})
_EMPTY = frozenset({"img", "br", "hr", "input", "wbr", "meta", "link"})
_ASIDE = frozenset({"nav", "footer", "figcaption", "button", "form", "dialog"})
_ASIDE_ROLE = re.compile(r"""role=["']?(?:navigation|contentinfo|dialog)|class=["'][^"']*cookie""", re.IGNORECASE)
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|em|font|i|img|input|kbd|label|mark|q|s|small|span|strong|su[bp]|time|u|var|wbr"
)
_HEADING = re.compile("h[1-6]")
_BLANK = re.compile(r"[ \t\n\r\f]+")
_ENDLESS = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")  # the number of no character
_EXACT = 'dir="auto"'  # how our own pages mark a quotation, whose blanks all count


def read_page(page: str) -> list[Piece]:
    """The pieces of the page: a line for each paragraph, item or title, with the line of the file it starts on."""
    reader = _PageReader()
    reader.feed(_ENDLESS.sub("\ufffd", page))
    reader.close()
    reader.end_piece()
    return reader.pieces


class _Element:
    """An element one is inside of, or none: its name, and how many of that name are open in it."""

    name = ""
    depth = 0

    def take(self, name: str, *, closing: bool) -> None:
        """A tag that opens it, where it is none yet, or stands inside of it: perhaps its own end."""
        self.name = self.name if self.depth else name
        if name == self.name:
            self.depth += -1 if closing else 1


class _PageReader(HTMLParser):
    """What has been read so far of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._hidden = _Element()  # whose content nobody reads
        self._aside = _Element()  # beside the report
        self._quote: bool | None = None  # inside a quotation: whether its blanks all count
        self._mark = Mark.PLAIN
        self._in_link = False
        self._words = {False: False, True: False}  # whether there are any outside of links, and inside
        self._text: list[str] = []
        self._line = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  its text has them
        """A tag that opens an element."""
        said = self.get_starttag_text() or ""
        if self._hidden.depth or tag in _HIDDEN or 'aria-hidden="true"' in said:
            if tag not in _EMPTY:
                self._hidden.take(tag, closing=False)
        elif tag == "a":
            self._in_link = True
        elif tag == "br":
            self._text.append("\n" if self._quote is not None else "\0")
        elif not _INLINE.fullmatch(tag):
            self._open_block(tag, said)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """A tag that holds nothing."""
        if tag in _EMPTY:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag that closes an element."""
        if self._hidden.depth:
            self._hidden.take(tag, closing=True)
        elif tag == "a":
            self._in_link = False
        elif self._quote is not None and tag == "p":
            self._text += [] if self._quote else ["\n\n"]
        elif not _INLINE.fullmatch(tag):
            self.end_piece()
            if self._aside.depth:
                self._aside.take(tag, closing=True)
            elif tag == "blockquote":
                self._quote = None

    def handle_data(self, data: str) -> None:
        """What stands between tags."""
        if not self._hidden.depth:
            self._line = self._line or self.getpos()[0]
            self._text.append(data)
            self._words[self._in_link] |= bool(data.strip())

    def _open_block(self, tag: str, said: str) -> None:
        if self._quote is not None and tag == "p":
            return
        self.end_piece()
        if self._aside.depth or tag in _ASIDE or _ASIDE_ROLE.search(said):
            self._aside.take(tag, closing=False)
        elif tag == "blockquote":
            self._quote = _EXACT in said
        else:
            self._mark = Mark.HEADING if _HEADING.fullmatch(tag) else Mark.BULLET if tag == "li" else Mark.PLAIN

    def end_piece(self) -> None:
        """What was gathered becomes pieces."""
        text, line = "".join(self._text), self._line
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
