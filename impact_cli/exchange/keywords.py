"""Hashtags: the lines they stand on, which columns break anywhere."""

import re
from collections.abc import Callable
from functools import reduce

from impact_cli.exchange.files.pieces import Mark
from impact_cli.exchange.threads import Explanation
from impact_cli.exchange.titles import Titles

_TAG = re.compile(r"#\S")


def take_keywords(found: Explanation, titles: Titles, begins_sentence: Callable[[int], bool]) -> None:
    """Own the pieces that are hashtags, up to the next title, paragraph or sentence."""
    pieces = found.document.pieces
    for first, piece in enumerate(pieces):
        known = first in found.keyword_pieces or piece.mark not in (Mark.PLAIN, Mark.BULLET, Mark.LINK)
        if known or not _TAG.match(piece.text):
            continue
        last = first + 1
        while last < len(pieces) and _goes_on(found, titles, last, begins_sentence):
            last += 1
        found.keywords[range(first, last)] = reduce(
            found.document.hyphens.flow, (piece.text for piece in pieces[first:last])
        )
        found.keyword_pieces |= set(range(first, last))


def _goes_on(found: Explanation, titles: Titles, number: int, begins_sentence: Callable[[int], bool]) -> bool:
    """Whether a piece is still part of the hashtags before it."""
    document = found.document
    piece, at = document.pieces[number], document.first[number]
    if piece.mark in (Mark.HEADING, Mark.QUOTE, Mark.FURNITURE):
        return False
    if _TAG.match(piece.text):
        return True
    parted = piece.gap and any(other.mark == Mark.HEADING for other in document.pieces)
    if parted or piece.mark == Mark.BULLET or at == document.first[number + 1]:
        return False
    return not (titles.begins_title(number) or begins_sentence(at))
