"""Lines that stand on every page, whatever it tells: page numbers, running titles, a website's own sentences."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.words import LINKS, words_of

_EDGE = r"[\s|·•()\[\]–—-]*"  # around a page's number; a hashtag is none
_PAGE = r"(?P<page>p\.|page)?\s*(?P<number>\d{1,3})\s*(?:(?:/|sur|de)\s*(?P<last>\d{1,3}))?"
_NUMBER = re.compile(_EDGE + _PAGE + _EDGE, re.IGNORECASE)
_NUMBER_LAST = re.compile(r".*?" + _EDGE + _PAGE + _EDGE, re.IGNORECASE)
_WEBSITE = re.compile(
    r"©|^copyright\b|^crédits? photos?\b"
    r"|\b(?:utilis\w+|accept\w+|refus\w+|gér\w+|paramétr\w+|préférences|politique)\b.*\bcookies\b",
    re.IGNORECASE,
)
_COUNTS = LINKS | {"page", "p", "sur"}  # words of a page's number, and small ones
_FIRST_LINES = 3  # of the title and the venue's name
_LONGEST = 120  # characters of a line of furniture


def leave_furniture(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those that are furniture marked so: nothing in them is looked for, and no sentence is cut by them."""
    title, names = _find_title(catalogue, pieces)
    beside = range(title, title + _FIRST_LINES)  # the title itself and the name below it
    running = {at for at, piece in enumerate(pieces) if at not in beside and _runs(piece, names)}
    left = running | _page_numbers(pieces, running) | {at for at, piece in enumerate(pieces) if _is_website(piece)}
    return [replace(piece, mark=Mark.FURNITURE) if at in left else piece for at, piece in enumerate(pieces)]


def _is_line(piece: Piece) -> bool:
    return piece.mark in (Mark.PLAIN, Mark.BULLET) and len(piece.text) <= _LONGEST


def _is_website(piece: Piece) -> bool:
    return _is_line(piece) and bool(_WEBSITE.search(piece.text))


def _page_numbers(pieces: Sequence[Piece], running: set[int]) -> set[int]:
    """Lines that are a number, where they count up by one; "3 / 4", where that counts up to 4; "page 3"."""
    found = [
        (at, match)
        for at, piece in enumerate(pieces)
        if _is_line(piece) and (match := (_NUMBER_LAST if at in running else _NUMBER).fullmatch(piece.text))
    ]
    known = {at for at, match in found if match["page"]}
    for last in {match["last"] for _, match in found}:
        counted = [(at, int(match["number"])) for at, match in found if match["last"] == last]
        pairs = pairwise(counted)
        follow = [{before, after} for (before, first), (after, second) in pairs if second == first + 1]
        if last is None or (follow and counted[-1][1] == int(last) and counted[0][1] <= 2):  # noqa: PLR2004  else marks
            known |= set().union(*follow)
    return known


def _find_title(catalogue: Catalogue, pieces: Sequence[Piece]) -> tuple[int, list[set[str]]]:
    """The piece with the report's title, and the words of a running one: the venue's name, with the title or alone."""
    titles = [words_of(title) for title in (catalogue.title, *catalogue.titles_read)]
    begun = [
        (at, title)
        for at, piece in enumerate(pieces)
        for title in titles
        if piece.mark != Mark.QUOTE and words_of(piece.text)[: len(title)] == title
    ]
    if not begun:
        return 0, []
    at, title = next((each for each in begun if not words_of(pieces[each[0]].text)[-1].isdecimal()), begun[0])
    block = [word for line in pieces[at : at + _FIRST_LINES - 1] for word in words_of(line.text)]
    name = set(words_of(pieces[at].text)[len(title) :]) - LINKS or set(block[len(title) :]) - LINKS
    known = [set(words_of(section.title)) - LINKS for section in catalogue.sections]
    return at, [set(title) - LINKS | name, name] if name and name not in known else []


def _runs(piece: Piece, names: Sequence[set[str]]) -> bool:
    """Whether a line is a running title, alone or with a page's number."""
    if piece.mark != Mark.PLAIN or not _is_line(piece):
        return False
    return {word for word in words_of(piece.text) if not word.isdecimal()} - _COUNTS in names
