"""Characters that hide or turn text, made visible: what every format does first with what people typed."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from impact_cli.report.blocks import (
    Bars,
    Block,
    Bullets,
    Facts,
    Figures,
    Heading,
    Keywords,
    Paragraph,
    Quote,
    Rating,
    Report,
    Table,
)
from impact_cli.typography import make_visible

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")


def make_lines_visible(text: str) -> str:
    """The text with a stand-in for each character that nobody sees; the newlines of every system become the one."""
    return make_visible(_NEWLINES.sub("\n", text))


def make_report_visible(report: Report) -> Report:
    """The same report, each of its texts visible."""
    return map_texts(make_lines_visible, report)


def map_texts(change: Callable[[str], str], report: Report) -> Report:
    """The report with each of its texts changed; anchors and language are no texts."""
    return replace(
        report,
        title=change(report.title),
        venue=change(report.venue),
        edition=change(report.edition),
        contents_title=change(report.contents_title),
        notice=change(report.notice),
        blocks=tuple(_map_block(change, block) for block in report.blocks),
        colophon=tuple(map(change, report.colophon)),
    )


def _map_block(change: Callable[[str], str], block: Block) -> Block:
    match block:
        case Heading() | Paragraph() | Quote():
            return replace(block, text=change(block.text))
        case Bullets():
            return replace(block, items=tuple(map(change, block.items)))
        case Rating():
            return replace(block, label=change(block.label), text=change(block.text))
        case Facts():
            rows = (replace(row, label=change(row.label), value=change(row.value)) for row in block.rows)
            return replace(block, rows=tuple(rows))
        case Figures():
            items = (replace(each, value=change(each.value), text=change(each.text)) for each in block.items)
            return replace(block, items=tuple(items))
        case Keywords():
            return replace(block, words=tuple(map(change, block.words)))
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                columns=tuple(map(change, block.columns)),
                rows=tuple(tuple(map(change, row)) for row in block.rows),
            )
        case Bars():
            bars = (replace(each, label=change(each.label), text=change(each.text)) for each in block.items)
            return replace(block, caption=change(block.caption), items=tuple(bars))
        case _:
            assert_never(block)
