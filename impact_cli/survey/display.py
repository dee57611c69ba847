"""Text fit for the screen: made visible, cut into lines."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from impact_cli.report.blocks import Block
from impact_cli.typography import make_visible

# Sets blocks of the report as visible lines of at most so many columns: a renderer, which nothing here may know.
SetBlocks = Callable[[Sequence[Block], int], Iterable[str]]

BULLET = "• "
_PARTED = re.compile(r" (?=[;:?!»]+(?:\W|$))|(?<=«) ")
_SECOND_CELL = "\x00"  # never in visible text


def wrap(text: str, width: int, lead: str = "", follow: str = "") -> list[str]:
    """The visible text in lines of at most `width` cells, cut at spaces: `lead` before the first, else `follow`.

    No line begins with a sign that French sets a space before, were it a plain one.
    """
    edge = max(len(lead), len(follow))
    room = max(width, edge + 4)
    lines = [
        line
        for paragraph in _PARTED.sub("\u00a0", make_visible(text)).split("\n")
        for line in textwrap.wrap(_widen(paragraph), room - edge, break_on_hyphens=False) or [""]
    ]
    leads = [lead, *[follow] * (len(lines) - 1)]
    return [before + line.replace(_SECOND_CELL, "") for before, line in zip(leads, lines, strict=True)]


def _widen(text: str) -> str:
    """The text with a mark after each character that takes two cells of a terminal."""
    return "".join(one + _SECOND_CELL if unicodedata.east_asian_width(one) in "WF" else one for one in text)
