"""The report as lines of text: one line a paragraph, for a pipe, a mail, or a reader that speaks."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from impact_cli.render.visible import make_lines_visible
from impact_cli.report import blocks
from impact_cli.report.blocks import Block, Report

_LINE_END = re.compile(r"\n(?!\n)")  # an empty line is not indented
_RULES = {1: "=", 2: "-"}


def render_text(report: Report) -> str:
    """The whole report, ended by a newline; blocks are separated by an empty line."""
    return "\n".join([render_blocks(report.blocks), *map(make_lines_visible, report.colophon)]) + "\n"


def render_blocks(told: Iterable[Block]) -> str:
    """The blocks alone, each followed by an empty line."""
    return "\n".join(f"{make_lines_visible(text)}\n" for block in told for text in _set_block(block))


def _set_block(block: Block) -> Iterator[str]:
    match block:
        case blocks.Heading(level=level, text=text):
            yield f"{text}\n{_RULES[level] * len(text)}" if level in _RULES else text
        case blocks.Paragraph(text=text) | blocks.Rating(text=text):
            yield text
        case blocks.Bullets(items=items):
            yield "\n".join(f"- {line}" for line in items)
        case blocks.Quote(text=text):
            yield quote(text)
        case blocks.Facts(rows=rows):
            yield "\n".join(row.text for row in rows)
        case blocks.Figures(items=figures):
            yield "\n".join(f"- {figure.text}" for figure in figures)
        case blocks.Keywords(words=words):
            yield " ".join(f"#{word}" for word in words)
        case blocks.Table(caption=caption):
            yield _lead(caption, block.lines)
        case blocks.Bars(caption=caption, items=bars):
            yield _lead(caption, [bar.line for bar in bars])
        case _:
            assert_never(block)


def _lead(caption: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{caption}\u00a0:", *(f"- {line}" for line in lines)])


def quote(text: str) -> str:
    """A quotation: its first line after «\u00a0, the next ones under it, the last one before\u00a0» ."""
    return "«\u00a0" + _LINE_END.sub("\n  ", text) + "\u00a0»"
