"""A report's lines as they are read, whatever file they come from."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What the file itself says of a line."""

    PLAIN = "plain"
    HEADING = "heading"
    BULLET = "bullet"
    LINK = "link"  # of a page: a line that is nothing but a link
    QUOTE = "quote"  # a quotation, of one or more lines, exactly as typed
    FURNITURE = "furniture"  # navigation, a foot, a rule


@dataclass(frozen=True, slots=True)
class Piece:
    """One line that is not blank, or one whole quotation. `first` and `last` number the file's lines from 1.

    `text` is without what marks it (`bullet`, sign of a title); `gap` says that a blank line stands before it,
    `firm` that the line above ended where its writer wanted.
    """

    first: int
    last: int
    text: str
    mark: Mark = Mark.PLAIN
    gap: bool = False
    verbatim: str = ""
    bullet: str = ""
    firm: bool = False

    @property
    def numbers(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.last + 1)

    @property
    def kept(self) -> str:
        """The line as the file has it."""
        return self.verbatim or self.text
