"""Characters that hide or turn text, made visible: what every format does first with what people typed."""

import re
from dataclasses import replace
from typing import assert_never

from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, save the newline
    "\u202a-\u202e\u2066-\u2069"  # turns of direction: embeddings, overrides, isolates
    "\ud800-\udfff"  # halves of a pair, from bytes that were not UTF-8
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]"  # code points that are no characters: XML and HTML refuse them
)
_STAND_IN = "\ufffd"
_FIRST_CONTROL_PICTURE = 0x2400
_DELETE, _DELETE_PICTURE = "\x7f", "\u2421"


def visible(text: str) -> str:
    """The text with a stand-in for each character that nobody sees; every other character is kept.

    A control becomes its picture (␀, ␛…), all else �. The newlines of every system become the one newline.
    """
    return _HIDDEN.sub(_show, _NEWLINES.sub("\n", text))


def make_visible(report: Report) -> Report:
    """The same report, each of its texts visible; anchors are ASCII and stay."""
    return replace(
        report,
        title=visible(report.title),
        venue=visible(report.venue),
        edition=visible(report.edition),
        contents_title=visible(report.contents_title),
        blocks=tuple(map(_make_block_visible, report.blocks)),
        colophon=tuple(map(visible, report.colophon)),
    )


def _show(hidden: re.Match[str]) -> str:
    character = hidden[0]
    if character < " ":
        return chr(_FIRST_CONTROL_PICTURE + ord(character))
    return _DELETE_PICTURE if character == _DELETE else _STAND_IN


def _make_block_visible(block: Block) -> Block:
    match block:
        case Heading() | Paragraph() | Quote():
            return replace(block, text=visible(block.text))
        case Bullets():
            return replace(block, items=tuple(map(visible, block.items)))
        case Rating():
            return replace(block, label=visible(block.label), text=visible(block.text))
        case Keywords():
            return replace(block, words=tuple(map(visible, block.words)))
        case _:
            assert_never(block)
