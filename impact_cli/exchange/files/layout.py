"""The lines of pages: words whole, columns in turn, neither heads nor feet."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LEAST_ALIGNED = 3  # lines that make a column
_SENTENCE = 3  # words; a name or a value in a table has fewer

# Distances, in heights of the letters unless said otherwise
_SAME_ROW = 0.3  # a line as a crooked scan has it, no exponent
_RAISED = 0.4  # an exponent
_COLUMN_GAP = 1.2  # wider than a space between two words, save in a justified line
_NARROW_GAP = 0.9  # same, where many lines begin behind it
_WORD_GAP = 0.15  # between what letters that are set apart and two words have
LARGER = 1.06  # in heights of other letters
_STANDS_OFF = 1.8  # from a head or a foot to the text
_MOST_RUNNING = 3  # rows of a head or a foot
_TALL = 6  # same, of a text beside a title

PRIVATE_BULLET = "\uf0b7"
_BULLETS = "•‣◦▪●○■□➢➤\u2043\u2219\uf0a7\uf0b7\uf0d8\uf0fc\uf076"
_BULLET = re.compile(rf"[{_BULLETS}]\s*(?=\S)")
_HANDMADE = re.compile(r"\S{1,3}$")  # what stands before an item: a bullet, a number
_PRIVATE = re.compile(r" *[\ue000-\uf8ff\U000f0000-\U0010ffff]+ *| {2,}")
ITEM = re.compile(r"[•#*+☐☑✔–—-]|\d{1,2}[.)] ")
ENDS = re.compile(r"[.!?…][\s»\")*]*$")


@dataclass(slots=True)
class Line:
    """Words beside each other; in points from the page's lower left corner. `order`: where the file has it."""

    text: str
    left: float
    right: float
    base: float
    height: float
    order: int
    fonts: set[bytes]

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left

    def goes_on(self, other: "Line") -> bool:
        """Whether the other stands right behind, in its row or a little raised."""
        height = max(self.height, other.height)
        return abs(other.base - self.base) < _RAISED * height and -0.5 * height < other.left - self.right < height

    def append(self, other: "Line", space: str = "\n") -> None:
        """Join what stands behind, parted by the space or, where that is a new line, by what their distance says."""
        if space == "\n":
            space = " " if other.left - self.right > _WORD_GAP * other.height else ""
        self.text += space + other.text
        self.right = max(self.right, other.right)
        self.fonts |= other.fonts

    def is_beside(self, other: "Line") -> bool:
        """Whether both stand in one row, however far apart."""
        return abs(self.base - other.base) < _SAME_ROW * max(self.height, other.height)

    def is_over(self, other: "Line") -> bool:
        """Whether some of it stands in the width of the other."""
        return self.left < other.right and other.left < self.right

    def is_above(self, other: "Line") -> bool:
        """Whether it stands above, with nothing asked of the distance."""
        return self.base > other.base + max(self.height, other.height) / 2 and self.is_over(other)


def gather_lines(runs: Sequence[Line]) -> list[Line]:
    """The runs of a page as lines, in the order of the file; columns beside each other are two lines."""
    rows = _rows_from_edge(runs, up=True)
    starts = Counter(round(run.left) for row in rows for run in row)
    lines = []
    for row in rows:
        lines += _join_row(sorted(row, key=lambda run: run.left), starts)
    for line in lines:
        line.text = _clean(line.text)
    return sorted((line for line in lines if line.text), key=lambda line: line.order)


def _join_row(row: Sequence[Line], starts: Counter[int]) -> list[Line]:
    joined: list[Line] = []
    for run in row:
        last = joined[-1] if joined else None
        if last and not _is_column_gap(last, run, starts):
            longer = max(last, run, key=lambda line: len(line.text))
            last.base, last.height, last.order = longer.base, longer.height, min(last.order, run.order)
            last.append(run)
        else:
            joined.append(run)
    return joined


def _is_column_gap(left: Line, right: Line, starts: Counter[int]) -> bool:
    """Whether a row ends between the two: far apart, where others begin."""
    height = min(left.height, right.height)
    gap = right.left - left.right
    aligned = sum(starts[round(right.left) + off] for off in (-1, 0, 1))
    least = _NARROW_GAP if aligned >= 2 * _LEAST_ALIGNED else _COLUMN_GAP
    if gap < least * height or (_HANDMADE.match(left.text) and gap < 3 * height):
        return False
    return aligned >= _LEAST_ALIGNED


def _clean(text: str) -> str:
    """The text with its bullet as plain text has it, without what only a font of icons can show."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # PDFium gives halves of emojis
    bare = _BULLET.sub("• ", text, count=1) if _BULLET.match(text) else text
    return _PRIVATE.sub(" ", bare).strip(" ")


# Heads and feet


def leave_running_lines(pages: Sequence[list[Line]]) -> None:
    """Take away the rows at a page's edges that stand there on other pages too, well off the text or on every page."""
    body = body_height(pages)
    for up in (True, False):
        edges = [_rows_from_edge(page, up=up)[: _MOST_RUNNING + 1] for page in pages]
        stems = Counter(stem for rows in edges for stem in {_stem(line) for row in rows for line in row})
        for number, (page, rows) in enumerate(zip(pages, edges, strict=True), 1):
            often = [max(stems[_stem(line)] for line in row) for row in rows]
            runs = next((at for at, count in enumerate(often) if count < max(2, len(pages) // 3)), len(often))
            numbered = bool(rows) and any(line.text.strip("-–— ") == str(number) for line in rows[0])
            for row in rows[: max(_count_off(rows[: runs + 1]), numbered)]:
                if any(line.height > LARGER * body for line in row):
                    break
                for line in row:
                    page.remove(line)


def _count_off(rows: Sequence[Sequence[Line]]) -> int:
    """How many rows stand before the last gap that parts a head or a foot from the text."""
    off = (abs(row[0].base - after[0].base) > _STANDS_OFF * row[0].height for row, after in pairwise(rows))
    return max((at for at, gap in enumerate(off, 1) if gap), default=0)


def body_height(pages: Iterable[Iterable[Line]]) -> float:
    """The height of the letters that most of the text has."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 1.0


def _rows_from_edge(page: Iterable[Line], *, up: bool) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.base if up else line.base):
        if rows and rows[-1][0].is_beside(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _stem(line: Line) -> str:
    """What is the same on every page: the words, numbers aside."""
    return re.sub(r"\d+", "0", line.text)


# The order of lines


def order_lines(lines: list[Line]) -> list[Line]:
    """The lines as one reads them: as the file has them, save columns that take turns and lines drawn out of turn."""
    turns = [three for three in zip(lines, lines[1:], lines[2:], strict=False) if _turn(*three)]
    if len(turns) >= _LEAST_ALIGNED:
        edge = min(right.left for _, right, _ in turns)
        return sorted(lines, key=lambda line: line.left >= edge)
    placed: list[Line] = []
    for line in _join_cells(lines):  # before the first one that stands below it
        placed.insert(next((at for at, other in enumerate(placed) if line.is_above(other)), len(placed)), line)
    return placed


def _join_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines, a title that stands beside a text in several rows whole before it."""
    joined: list[Line] = []
    for line in lines:
        above = next((other for other in joined[:-_TALL:-1] if other.is_over(line)), line)
        beside = joined and joined[-1] is not above and line.right < joined[-1].left
        if beside and line.text[0].islower() and is_next(above, line):
            above.append(line, " ")
        else:
            joined.append(line)
    return joined


def _turn(left: Line, right: Line, back: Line) -> bool:
    """Whether the file goes from words in one column to words in the next within a row, then back to the row below."""
    sentences = min(len(left.text.split()), len(right.text.split())) >= _SENTENCE
    return sentences and left.is_beside(right) and back.base < right.base and max(left.right, back.right) < right.left


def is_next(before: Line, line: Line, most: float = 3) -> bool:
    """Whether it stands right below."""
    height = max(before.height, line.height)
    return before.is_over(line) and 0.7 * height < before.base - line.base < most * height
