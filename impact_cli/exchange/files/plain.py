"""Reports as plain text: other people's, line by line, and ours, whose quotations are whole."""

import re
from collections.abc import Iterator, Sequence

from impact_cli.exchange.files.pieces import Mark, Piece

_BULLET = re.compile(r"^\s*(?:[•‣◦▪●○■□☐☑✔–—·]\s*|[-*+]\s+)(?=\S)")
_BAR = re.compile(r"^\|\s*(?=\S)")
_RULE = re.compile(r"^[\s\-=_*|~•.·—–]{3,}$")
_STOPS = (".", ",", ";", ":", "*", "**", "|", "«", "»", "•", "-", "–", "—")  # what is left of a line broken before it
_QUOTE_OPENS, _QUOTE_CLOSES = "«\u00a0", "\u00a0»"


def read_plain(text: str) -> list[Piece]:
    """The lines of the text that are not blank; the quotations of one of our reports in one piece each."""
    lines = text.split("\n")
    return list(_read_own(lines) if _is_own(lines) else _read_lines(lines))


def _is_own(lines: Sequence[str]) -> bool:
    """Whether the title is underlined as ours is; nothing else underlines it to its very length."""
    shown = [number for number, line in enumerate(lines[:20]) if line.strip()][:2]
    return len(shown) == 2 and lines[shown[1]] == "=" * len(lines[shown[0]])  # noqa: PLR2004


def _read_lines(lines: Sequence[str]) -> Iterator[Piece]:
    gap = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield read_line(line, number, gap=gap)
        gap = not line.strip()


def read_line(line: str, number: int, *, gap: bool) -> Piece:
    """A line without its bullet."""
    text = without_bar(line.strip())
    if _RULE.match(text) or text in _STOPS:
        return Piece(number, number, text, Mark.FURNITURE, gap, line)
    bare = _BULLET.sub("", text)
    bullet = text[: len(text) - len(bare)]
    return Piece(number, number, bare, Mark.BULLET if bullet else Mark.PLAIN, gap, line, bullet)


def without_bar(text: str) -> str:
    """A line without what is left of the bar beside a quotation."""
    return _BAR.sub("", text)


def _read_own(lines: Sequence[str]) -> Iterator[Piece]:
    number = 0
    gap = False
    while number < len(lines):
        line = lines[number]
        end = _end_of_quote(lines, number) if line.startswith(_QUOTE_OPENS) else number
        if end > number or line.startswith(_QUOTE_OPENS):
            yield _read_quote(lines, number, end, gap=gap)
        elif line.strip():
            underlined = number + 1 < len(lines) and lines[number + 1] in ("=" * len(line), "-" * len(line))
            piece = read_line(line, number + 1, gap=gap)
            yield Piece(piece.first, piece.last, line, Mark.HEADING, gap) if underlined else piece
        gap = not line.strip()
        number = end + 1


def _end_of_quote(lines: Sequence[str], first: int) -> int:
    """The last line of the quotation: those that follow its first one are indented by two spaces."""
    last = first
    while last + 1 < len(lines) and (lines[last + 1].startswith("  ") or _goes_on(lines, last)):
        last += 1
    return last


def _goes_on(lines: Sequence[str], last: int) -> bool:
    """Whether a blank line, whose spaces an editor took away, still stands inside the quotation."""
    following = next((line for line in lines[last + 1 : last + 50] if line.strip()), "")
    return not lines[last + 1].strip() and not lines[last].endswith(_QUOTE_CLOSES) and following.startswith("  ")


def _read_quote(lines: Sequence[str], first: int, last: int, *, gap: bool) -> Piece:
    whole = lines[first : last + 1]
    typed = "\n".join([whole[0].removeprefix(_QUOTE_OPENS), *(line.removeprefix("  ") for line in whole[1:])])
    return Piece(first + 1, last + 1, typed.removesuffix(_QUOTE_CLOSES), Mark.QUOTE, gap, "\n".join(whole))
