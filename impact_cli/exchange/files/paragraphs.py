"""The lines of pages as text: those of a paragraph in one, a blank line between paragraphs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from impact_cli.exchange.files.layout import (
    ENDS,
    ITEM,
    LARGER,
    Line,
    body_height,
    is_next,
    leave_running_lines,
    order_lines,
)
from impact_cli.exchange.hyphens import Hyphens

_LEAST_MARGIN = 3  # lines that go as far as one
_PARAGRAPH = 1.3  # in usual distances from a line to the one below
_TITLE = 1.2  # in heights of other letters
_USUAL = 0.5  # of how often the most common distance between two lines is found, for another one
_NEAR = 12  # lines
_HYPHENS = {0xAD: None, 0x2010: "-", 0x2: "-", 0xFFFE: "-"}


def write_pages(pages: Sequence[list[Line]]) -> str:
    """The text of pages in the order one reads them, without what runs at their edges."""
    leave_running_lines(pages)
    return "\n".join(_write([order_lines(page) for page in pages])).translate(_HYPHENS)


def _write(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The lines of text; those in one that only the width of a column parts, as are their words and links."""
    lines = [line for page in pages for line in page]
    body, usual = body_height(pages), _usual_distance(pages)
    words = Hyphens(line.text for line in lines)
    text = lines[0].text if lines else ""
    for number, (before, line) in enumerate(pairwise(lines)):
        room, margin = _find_room(before, lines[max(0, number - _NEAR) : number + _NEAR])
        head, _, rest = line.text.partition(" ")
        wraps = room < line.width * len(head) / len(line.text) and (margin or line.text[0].islower())
        title = line.height > _TITLE * body and _is_alike(before, line)
        apart = not title and _is_apart(before, line, usual, ended=bool(ENDS.search(before.text)) or not wraps)
        whole = None if apart else words.join(text, head, full=room < before.height)
        if whole is not None:
            text = f"{whole} {rest}".rstrip()
        elif title or (wraps and not apart and _may_go_on(before, line)) or _is_page_of(before, line):
            text = f"{text} {line.text}"
        else:
            yield text
            if apart:
                yield ""
            text = line.text
    yield text


def _may_go_on(before: Line, line: Line) -> bool:
    """Whether a paragraph can go on there: right below, or up in the next column or page; a title is short."""
    higher = line.base > before.base and line.text[0].islower()
    short = 2 * line.width < before.width and line.text[0].isupper() and not ENDS.search(line.text)
    titled = short and ENDS.search(before.text)
    return not ITEM.match(line.text) and not titled and (higher or is_next(before, line))


def _is_page_of(before: Line, line: Line) -> bool:
    """Whether a table of contents has the number of a page there."""
    return before.is_beside(line) and line.text.strip("\u2060").isdigit()


def _find_room(line: Line, near: Iterable[Line]) -> tuple[float, bool]:
    """How far the line ends from where its column does, and whether others go as far: a margin, not a long word."""
    beside = (other.right for other in near if other.is_over(line) and other.height < LARGER * line.height)
    rights = sorted([line.right, *beside])  # the line itself is there twice, unless it has no width
    margin = len(rights) > _LEAST_MARGIN and rights[-1] - rights[-_LEAST_MARGIN - 1] < 2 * line.height
    return rights[-1] - line.right, margin


def _usual_distance(pages: Iterable[Sequence[Line]]) -> float:
    """How far a line is from the one below in a paragraph, in heights."""
    pairs = (pair for page in pages for pair in pairwise(page) if is_next(*pair))
    found = Counter(round((before.base - line.base) / line.height, 1) for before, line in pairs)
    often = _USUAL * max(found.values(), default=0)
    return min((each for each, count in found.items() if count >= often), default=1.0)


def _is_apart(before: Line, line: Line, usual: float, *, ended: bool) -> bool:
    """Whether another paragraph begins; one goes on in the next column or page unless it ended."""
    if not 1 / LARGER < before.height / line.height < LARGER or before.fonts.isdisjoint(line.fonts):
        return True
    if is_next(before, line):
        far = before.base - line.base > _PARAGRAPH * usual * line.height
        return far and (bool(ENDS.search(before.text)) or not line.text[0].islower())
    return ended and line.text[0].isupper()


def _is_alike(before: Line, line: Line) -> bool:
    """Whether two lines are set alike and close: those of a large title are one."""
    alike = abs(before.height - line.height) < 0.03 * line.height and not before.fonts.isdisjoint(line.fonts)
    return alike and is_next(before, line, 1.5)
