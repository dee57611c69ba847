"""Reports as plain text: other people's, line by line, and ours, whose quotations are whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import dedent

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.report.wording import SILENCES_TITLE

_BULLET = re.compile(r"^\s*(?:[•‣◦▪●○■□☐☑✔–—·]\s*|[-*+]\s+)(?=\S)")
_BAR = re.compile(r"^\|\s*(?=\S)")
_RULE = re.compile(r"^[\s\-=_*|~•.·—–]{3,}$")
_STOPS = (".", ",", ";", ":", "*", "**", "|", "«", "»", "•", "-", "–", "—")  # what is left of a line broken before it
_QUOTES = {"«": "»", "“": "”", '"': '"'}
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)  # by a mail
_WIDEST_WRAP = 100  # characters; longer lines were not broken by a program
_NARROWEST_WRAP = 40  # same; shorter ones are as long as they are
_REST = re.compile(r"\(|[^\w#]*[a-zà-ÿœ]")
_LONGEST_QUOTE = 200  # lines
_STOPPED = re.compile(r"[.!?…][\s»)”\"]*$")  # as every line of ours that has another right below it


def read_plain(text: str) -> list[Piece]:
    """The lines of the text that are not blank; the quotations of one of our reports in one piece each."""
    lines = dedent(_QUOTED.sub("", text) if _QUOTED.match(text) else text).split("\n")
    if not _is_own(text):
        return list(_read_lines(lines))
    lines = [line.rstrip(" ") for line in lines]
    return list(_read_own(lines, _find_width(lines)))


def _is_own(text: str) -> bool:
    """Whether our last section is there, also where its title was wrapped."""
    return SILENCES_TITLE in " ".join(text.split())


def _find_width(lines: Sequence[str]) -> int:
    """Where a program broke the lines; 0 where none did."""
    longest = max((len(line) for line in lines if not _RULE.match(line)), default=0)
    return longest if _NARROWEST_WRAP <= longest <= _WIDEST_WRAP else 0


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


def _read_own(lines: Sequence[str], width: int) -> Iterator[Piece]:
    number = 0
    gap = False
    dense = not any(not line for line in lines[:-1])
    while number < len(lines):
        if (end := _end_of_quote(lines, number, dense=dense)) >= number:
            yield _read_quote(lines, number, end, width, gap=gap)
        elif lines[end := number]:
            while _goes_on_below(lines, number, end, width):
                end += 1
            yield _read_own_line(lines, number, end, gap=gap)
        gap = not lines[number]
        number = end + 1


def _read_own_line(lines: Sequence[str], first: int, last: int, *, gap: bool) -> Piece:
    """A line, with those into which it was wrapped; underlined, it is a title."""
    whole = " ".join([lines[first], *(line.strip() for line in lines[first + 1 : last + 1])])
    under = lines[last + 1].strip() if last + 1 < len(lines) else ""
    piece = read_line(whole, first + 1, gap=gap)
    if under in ("=" * len(whole), "-" * len(whole)):
        return Piece(first + 1, last + 1, whole, Mark.HEADING, gap)
    return replace(piece, last=last + 1, verbatim="\n".join(lines[first : last + 1]))


def _goes_on_below(lines: Sequence[str], first: int, last: int, width: int) -> bool:
    """Whether lines have no end, and the next one is the rest of them: small letters, or what had no room."""
    whole, following = " ".join(lines[first : last + 1]).strip(), "".join(lines[last + 1 : last + 2]).strip()
    if not _may_follow(following) or _STOPPED.search(whole):
        return False
    if whole.count("(") > whole.count(")"):
        return True
    return bool(_REST.match(following)) or (not _BULLET.match(whole) and _goes_into(lines, last, width))


def _may_follow(line: str) -> bool:
    """Whether a line is neither empty nor what always begins one."""
    return line[:1] not in ("", "#") and read_line(line, 0, gap=False).mark == Mark.PLAIN


def _goes_into(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether the next line is the rest of a line that had to end there: its first word had no room left."""
    following = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return _may_follow(following) and 0 < width < len(lines[at]) + 1 + len(following.split(" ", 1)[0])


def _end_of_quote(lines: Sequence[str], first: int, *, dense: bool) -> int:
    """The last line of a quotation, also where an editor changed its marks; -1 where none begins or it never ends.

    As we print it, its other lines are indented by two spaces, and an empty line follows it unless they all went.
    """
    opens = lines[first][:1]
    closes = _QUOTES.get(opens, "")
    for last in range(first, min(first + _LONGEST_QUOTE, len(lines)) if closes else first):
        line = lines[last]
        following = next((other for other in lines[last + 1 : last + 50] if other), "")
        ended = line.endswith(closes) and (last > first or line != closes) and not following.startswith("  ")
        if ended and (dense or not "".join(lines[last + 1 : last + 2])):
            return last
    return -1


def _read_quote(lines: Sequence[str], first: int, last: int, width: int, *, gap: bool) -> Piece:
    """Its words as they were typed or, where an editor changed it, those of a broken line together again."""
    whole = lines[first : last + 1]
    if whole[0].startswith("«\u00a0") and all(line[:2] in ("", "  ") for line in whole[1:]):
        typed = "\n".join([whole[0], *(line[2:] for line in whole[1:])])[1:-1]
        typed = typed.removeprefix("\u00a0").removesuffix("\u00a0")
    else:
        typed = lines[first].strip()
        for at in range(first, last):
            typed += (" " if _goes_into(lines, at, width) else "\n") + lines[at + 1].strip()
        typed = typed[1:-1].strip()
    return Piece(first + 1, last + 1, typed, Mark.QUOTE, gap, "\n".join(whole))
