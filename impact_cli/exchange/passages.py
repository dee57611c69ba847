"""Free texts: the lines that make one, and its words whole again."""

import re
from dataclasses import dataclass, field

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.hyphens import Hyphens

_ENDS = re.compile(r"[.!?…:;»)\"*]\s*$")
_FIRST_LETTER = re.compile(r"^\W*[^\W\d_]")
# What stands around a text: emphasis, and the tags that a page shows as they were stored.
_FRAMES = (("**", "**"), ("*", "*"), ("_", "_"), ("<p>", "</p>"))


@dataclass(slots=True)
class Passage:
    """A free text: the lines of it, and the section it stands under ("" under none). `key` if a sentence led to it."""

    pieces: list[Piece]
    section: str
    key: str = ""
    parts: list[str] = field(default_factory=list)  # what of each piece is free text
    exact: bool = False
    reason: str = ""
    settled: bool = False  # whether its place among lines that take turns says whose it is

    def read(self, hyphens: Hyphens) -> str:
        """The words as typed; a line that a column broke is whole again."""
        text = self.parts[0]
        if self.exact:
            return text
        for piece, part in zip(self.pieces[1:], self.parts[1:], strict=True):
            if piece.mark == Mark.BULLET or _ENDS.search(text) or not _is_low(part):
                text += ("\n\n" if piece.gap else "\n") + part
            else:
                text = hyphens.flow(text, part)
        return _unframe(text)

    def goes_on(self, piece: Piece, text: str) -> bool:
        """Whether a line goes on with it: no blank line between them, or one in the middle of a sentence."""
        if self._is_closed_frame() or (text.startswith("*") and not text.startswith("**")):
            return False
        return not piece.gap or (not _ENDS.search(self.parts[-1]) and _is_low(text))

    def _is_closed_frame(self) -> bool:
        """Whether it stands between stars and is over; a star alone opens."""
        framed = self.parts[0].startswith("*") and self.parts[-1].endswith("*")
        return framed and (len(self.parts) > 1 or self.parts[0].strip("*") != "")


def _is_low(text: str) -> bool:
    match = _FIRST_LETTER.match(text)
    return match is not None and match[0][-1].islower()


def _unframe(text: str) -> str:
    for opens, closes in _FRAMES:
        inner = text[len(opens) : -len(closes)]
        if text.startswith(opens) and text.endswith(closes) and inner.strip() and opens not in inner:
            return inner.strip()
    return text.strip()
