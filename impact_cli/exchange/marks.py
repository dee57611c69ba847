"""What our own reports say beside an answer, in its sentence or above it: heard, and taken away."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading
from impact_cli.report import wording

_WORDS = f"(?:{wording.TO_CONFIRM}|{wording.WITHHELD}|{wording.TO_CONFIRM}, {wording.WITHHELD})"
_MARK = re.compile(rf" \({_WORDS}\)(?=\s*(?:[:.…]|[●○]+|$))")
_LEAD = re.compile(rf"{_WORDS}\s*:", re.IGNORECASE)
_TITLE = re.compile(rf"\s*–\s*{wording.INTERNAL}$")


def leave_marks(pieces: Sequence[Piece]) -> tuple[list[Piece], Mapping[int, str]]:
    """The pieces without the marks, and what these say by the number of the line they stand in or above."""
    marked: dict[int, str] = {}
    return list(_leave(pieces, marked)), marked


def _leave(pieces: Sequence[Piece], marked: dict[int, str]) -> Iterator[Piece]:
    led_in = ""
    for piece in pieces:
        lead = piece.mark != Mark.QUOTE and bool(_LEAD.fullmatch(piece.text.strip()))
        found = None if piece.mark == Mark.QUOTE else _MARK.search(piece.text)
        if said := led_in or (found[0] if found else ""):
            marked.update(dict.fromkeys(piece.numbers, said))
        led_in = piece.text.casefold() if lead else ""
        if lead:
            yield replace(piece, mark=Mark.FURNITURE)
        elif found:
            yield replace(piece, text=_MARK.sub("", piece.text))
        else:
            yield replace(piece, text=_TITLE.sub("", piece.text)) if piece.mark == Mark.HEADING else piece


def hear_marks(reading: Reading, marked: Mapping[int, str]) -> None:
    """Doubt the answers of the lines that are marked so, and withhold the texts of those that are not published."""
    for line, said in marked.items():
        for key in reading.lines.get(line, ()):
            if key in reading.answers and wording.TO_CONFIRM in said:
                reading.uncertain.setdefault(key, "le rapport la donne «\u00a0à confirmer\u00a0»")
            if key in reading.answers and wording.WITHHELD in said:
                reading.withheld.add(key)
