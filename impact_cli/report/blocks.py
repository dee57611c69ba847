"""The report as data: the pieces every format sets, in the order they are read.

Texts of ours are finished French (curly apostrophes, non-breaking spaces). Texts of people are exactly what was typed:
a renderer escapes both the same way and changes neither. `tells` names the questions (`section.question`) told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from impact_cli.typography import SEMICOLON

CONTENTS_TITLE = "Sommaire"  # above the table of contents, where a format has one
_NUMBER = re.compile(r"[-+\u2212]?\d[\d\u00a0\u202f]*(?:,\d+)?(?:[\u00a0\u202f]?%)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """A title: level 1 the report's (once, first), 2 a family's, 3 a section's. `anchor` is an ASCII id, unique.

    `accent` numbers the families of effects from 1, so that each keeps its colour in every report; 0: no family.
    A part that stands in `front` belongs to the first page, for whoever has two minutes.
    """

    level: int
    text: str
    anchor: str
    accent: int = 0
    front: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more whole sentences, or the words that lead in a list or a quotation."""

    text: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of at least one line."""

    items: tuple[str, ...]
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody typed, character for character; lines are separated by a newline."""

    text: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark to draw: `value` of 0 or 1 to `maximum`. `text` says it all in words, `label` names what is rated."""

    label: str
    value: int
    maximum: int
    text: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keywords:
    """Words typed as a free list, without their `#`; none is empty."""

    words: tuple[str, ...]
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a small table: its name and what it says, without the stop that ends both."""

    label: str
    value: str

    @property
    def text(self) -> str:
        """The row in one line."""
        return f"{self.label}\u00a0: {self.value}."


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table of at least one row."""

    rows: tuple[Fact, ...]
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its words: `text` is all of it, and begins with `value` (in digits, else "")."""

    value: str
    text: str

    @property
    def words(self) -> str:
        """What follows the digits."""
        return self.text.removeprefix(self.value).lstrip()


@dataclass(frozen=True, slots=True)
class Figures:
    """At least one figure, for whoever looks only at these."""

    items: tuple[Figure, ...]
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns, at least one of each; the first cell of a row names it.

    `caption` says what is in it, without a stop. A cell of which nothing is to be said is "".
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tells: tuple[str, ...] = ()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column whether it holds numbers alone, to be set under each other; the first one names."""
        cells = [tuple(filter(None, column)) for column in zip(*self.rows, strict=True)]
        return (False, *(bool(column) and all(map(_NUMBER.fullmatch, column)) for column in cells[1:]))

    @property
    def lines(self) -> tuple[str, ...]:
        """Each row in one line, every cell after the name of its column: for who hears it, or has no room."""
        return tuple(self._say(row) for row in self.rows)

    def _say(self, row: tuple[str, ...]) -> str:
        told = zip(self.columns[1:], row[1:], strict=True)
        said = SEMICOLON.join(f"{column}\u00a0: {cell}" for column, cell in told if cell)
        return " – ".join(filter(None, (row[0], said)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A count of 0 or more to draw: `label` names what is counted, `text` says it in words ("23 lieux sur 31")."""

    label: str
    value: int
    text: str

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.label}\u00a0: {self.text}"


@dataclass(frozen=True, slots=True)
class Bars:
    """At least one bar, all drawn against a `maximum` of 1 or more; `caption` says what they count, without a stop."""

    caption: str
    maximum: int
    items: tuple[Bar, ...]
    tells: tuple[str, ...] = ()


Block = Heading | Paragraph | Bullets | Quote | Rating | Keywords | Facts | Figures | Table | Bars


def list_under(lead: str, lines: Iterable[str], tells: Iterable[str] = ()) -> Iterator[Block]:
    """The lines as bullets after what leads in them; nothing where there are none."""
    keys = tuple(dict.fromkeys(tells))
    if items := tuple(lines):
        yield Paragraph(lead, keys)
        yield Bullets(items, keys)


def tells_of(block: Block) -> tuple[str, ...]:
    """The questions a block tells: a heading tells none."""
    return () if isinstance(block, Heading) else block.tells


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document: `blocks` starts with the one heading of level 1, whose text is `title`.

    `language` is a BCP 47 tag; `colophon` the lines of the foot: edition, date, questionnaire, how it was made; `made`
    the day named there. `venue` and `edition` are for file names, running feet and properties of the document.
    `contents_title` stands above the table of contents of the formats that have one. `notice` is what whoever holds a
    page must know, as "version interne"; the title says it too. `untold` is all that was asked and is not told, by key,
    with the reason.
    """

    title: str
    venue: str
    edition: str
    language: str
    blocks: tuple[Block, ...]
    colophon: tuple[str, ...]
    made: date
    contents_title: str = CONTENTS_TITLE
    notice: str = ""
    untold: tuple[tuple[str, str], ...] = ()

    @property
    def foot(self) -> str:
        """What stands at the foot of every page, beside its number."""
        return " · ".join(filter(None, (self.venue, self.edition, self.notice)))
