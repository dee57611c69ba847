"""The report as Markdown (CommonMark), in which nothing a person typed is markup."""

import re
from typing import assert_never

from impact_cli.render.rings import draw_dots
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Block, Bullets, Facts, Figures, Heading, Keywords, Paragraph, Quote, Rating, Report

# Everything CommonMark or GitHub's flavour gives a meaning to, wherever it stands, then what has one at a line's start.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]<>#|~$&@]|:(?=//|\w+:)|(?<=www)\.")
_EDGE = re.compile(r"^\s|\s$")
_AT_START = re.compile(r"^(\s*\d{1,9}|\s*)([-+=.)])", re.MULTILINE)


def render_markdown(report: Report) -> str:
    """The whole report, ended by a newline."""
    seen = make_report_visible(report)
    blocks = "\n\n".join(_set_block(block) for block in seen.blocks)
    foot = "\\\n".join(escape(line) for line in seen.colophon)
    return f"{blocks}\n\n---\n\n{foot}\n"


def escape(text: str) -> str:
    """The text, each character of it standing for itself."""
    return _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", text))


def _set_block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {escape(text)}"
        case Paragraph(text=text):
            return escape(text)
        case Bullets(items=items):
            return "\n".join(f"- {escape(line)}" for line in items)
        case Quote(text=text):
            return _set_quote(text)
        case Rating(text=text):
            return f"{escape(text)} {draw_dots(block)}"
        case Facts(rows=rows):
            return "\\\n".join(escape(row.text) for row in rows)
        case Figures(items=figures):
            return "\n".join(f"- {escape(figure.text)}" for figure in figures)
        case Keywords(words=words):
            return " ".join(escape(f"#{word}") for word in words)
        case _:
            assert_never(block)


def _set_quote(text: str) -> str:
    """Lines that follow each other stay apart through a backslash; an empty one starts a paragraph.

    A blank at the edge of a line is written by its number: as it is, it would be lost, or make code of the line.
    """
    lines = text.split("\n")
    ends = ["\\" if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    written = [_EDGE.sub(lambda blank: f"&#{ord(blank[0])};", escape(line)) for line in lines]
    return "\n".join(f"> {line}{end}".rstrip() for line, end in zip(written, ends, strict=True))
