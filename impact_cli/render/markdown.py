"""The report as Markdown (CommonMark), in which nothing a person typed is markup."""

import re
from collections.abc import Sequence
from typing import assert_never

from impact_cli.render.visible import make_report_visible
from impact_cli.report import blocks
from impact_cli.report.blocks import Block, Report
from impact_cli.typography import draw_bar, draw_dots

# Everything CommonMark or GitHub's flavour gives a meaning to, wherever it stands, then what has one at a line's start.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~$&@]|:(?=//|\w+:)|(?<=www)\.")
_NEWLINE = "\n"  # which would end the row of a table
_BAR_WIDTH = 10  # letters
_EDGE = re.compile(r"^\s|\s$")
_AT_START = re.compile(r"^(\s*\d{1,9}|\s*)([-+=.)])", re.MULTILINE)


def render_markdown(report: Report) -> str:
    """The whole report, ended by a newline."""
    seen = make_report_visible(report)
    body = "\n\n".join(_set_block(block) for block in seen.blocks)
    foot = "\\\n".join(escape(line) for line in seen.colophon)
    return f"{body}\n\n---\n\n{foot}\n"


def escape(text: str) -> str:
    """The text, each character of it standing for itself."""
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", text))


def _set_block(block: Block) -> str:  # noqa: C901  one case a block
    match block:
        case blocks.Heading(level=level, text=text):
            return f"{'#' * level} {escape(text)}"
        case blocks.Paragraph(text=text):
            return escape(text)
        case blocks.Bullets(items=items):
            return "\n".join(f"- {escape(line)}" for line in items)
        case blocks.Quote(text=text):
            return _set_quote(text)
        case blocks.Rating(text=text):
            return f"{escape(text)} {draw_dots(block.value, block.maximum)}"
        case blocks.Facts(rows=rows):
            return "\\\n".join(escape(row.text) for row in rows)
        case blocks.Figures(items=figures):
            return "\n".join(f"- {escape(figure.text)}" for figure in figures)
        case blocks.Keywords(words=words):
            return " ".join(escape(f"#{word}") for word in words)
        case blocks.Table():
            return _set_table(block)
        case blocks.Bars():
            return _set_bars(block)
        case _:
            assert_never(block)


def _set_table(table: blocks.Table) -> str:
    """A table of GitHub's flavour under its caption; a column of numbers is aligned to the right."""
    rule = " | ".join("---:" if numeric else "---" for numeric in table.numeric)
    rows = [_set_row(row) for row in (table.columns, *table.rows)]
    return "\n".join([escape(table.caption), "", rows[0], f"| {rule} |", *rows[1:]])


def _set_bars(bars: blocks.Bars) -> str:
    """Such a table without a head, the bars drawn before their words."""
    drawn = [f"{draw_bar(bar.value, bars.maximum, _BAR_WIDTH)} {bar.text}" for bar in bars.items]
    rows = [_set_row((bar.label, words)) for bar, words in zip(bars.items, drawn, strict=True)]
    return "\n".join([escape(bars.caption), "", "| | |", "| --- | --- |", *rows])


def _set_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape(cell.replace(_NEWLINE, ' ')) for cell in cells)} |"


def _set_quote(text: str) -> str:
    """Lines that follow each other stay apart through a backslash; an empty one starts a paragraph.

    A blank at the edge of a line is written by its number: as it is, it would be lost, or make code of the line.
    """
    lines = text.split("\n")
    ends = ["\\" if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    written = [_EDGE.sub(lambda blank: f"&#{ord(blank[0])};", escape(line)) for line in lines]
    return "\n".join(f"> {line}{end}".rstrip() for line, end in zip(written, ends, strict=True))
