"""What our own reports say beside an answer, in its sentence or above it: read as a doubt, and taken away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading
from impact_cli.report import wording

_WORDS = f"(?:{wording.TO_CONFIRM}|{wording.WITHHELD}|{wording.TO_CONFIRM}, {wording.WITHHELD})"
_MARK = re.compile(rf" \({_WORDS}\)(?=\s*(?:[:.…]|[●○]+|$))")
_LEAD = re.compile(rf"{_WORDS}\s*:", re.IGNORECASE)
_TITLE = re.compile(rf"\s*–\s*{wording.INTERNAL}$")


def leave_marks(pieces: Sequence[Piece]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces without the marks, and the numbers of the lines that stood under "à confirmer"."""
    doubted: set[int] = set()
    return list(_leave(pieces, doubted)), frozenset(doubted)


def _leave(pieces: Sequence[Piece], doubted: set[int]) -> Iterator[Piece]:
    led_in = False
    for piece in pieces:
        lead = piece.mark != Mark.QUOTE and bool(_LEAD.fullmatch(piece.text.strip()))
        found = None if piece.mark == Mark.QUOTE else _MARK.search(piece.text)
        said = piece.text if lead else found[0] if found else ""
        if led_in or (found and wording.TO_CONFIRM in said):
            doubted.update(piece.numbers)
        led_in = lead and wording.TO_CONFIRM in said.casefold()
        if lead:
            yield replace(piece, mark=Mark.FURNITURE)
        elif found:
            yield replace(piece, text=_MARK.sub("", piece.text))
        else:
            yield replace(piece, text=_TITLE.sub("", piece.text)) if piece.mark == Mark.HEADING else piece


def hear_doubts(reading: Reading, doubted: frozenset[int]) -> None:
    """Doubt the answers of these lines."""
    for line in doubted:
        for key in reading.lines.get(line, ()):
            if key in reading.answers:
                reading.uncertain.setdefault(key, "le rapport la donne «\u00a0à confirmer\u00a0»")
