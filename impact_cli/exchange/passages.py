"""Free texts: the lines that make one, and its words whole again."""

import re
from dataclasses import dataclass, field

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.hyphens import Hyphens

_ENDS = re.compile(r"[.!?…:;»)\"*]\s*$")
_FIRST_LETTER = re.compile(r"^\W*[^\W\d_]")
# What stands around a text: emphasis, and the tags that a page shows as they were stored.
_FRAMES = (("**", "**"), ("*", "*"), ("_", "_"), ("<p>", "</p>"), ("«", "»"), ("“", "”"), ('"', '"'))


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
        for at in range(1, len(self.parts)):
            if self._is_wrapped(at):
                text = hyphens.flow(text, self.parts[at])
            else:
                text += ("\n\n" if self.pieces[at].gap else "\n") + self.parts[at]
        return unframe(text)

    @property
    def holds_several(self) -> bool:
        """Whether it may be two texts, one below the other."""
        return not self.exact and any(not self._is_wrapped(at) for at in range(1, len(self.parts)))

    def _is_wrapped(self, at: int) -> bool:
        """Whether a line is surely the rest of the sentence before."""
        piece = self.pieces[at]
        return not piece.firm and piece.mark != Mark.BULLET and is_cut(self.parts[at - 1], self.parts[at])

    def goes_on(self, piece: Piece, text: str) -> bool:
        """Whether a line goes on with it: no blank line between them, or one in the middle of a sentence."""
        return not piece.gap or is_cut(self.parts[-1], text)


def is_cut(text: str, line: str) -> bool:
    """Whether a line goes on with a text in the middle of a sentence."""
    if _ENDS.search(text):
        return False
    match = _FIRST_LETTER.match(line)
    return match is not None and match[0][-1].islower()


def unframe(text: str) -> str:
    """The text without what stands around it."""
    for opens, closes in _FRAMES:
        inner = text[len(opens) : -len(closes)]
        if text.startswith(opens) and text.endswith(closes) and inner.strip() and opens not in inner:
            return inner.strip()
    return text.strip()
