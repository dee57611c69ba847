"""Characters that hide or turn text, made visible: what every format does first with what people typed."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from impact_cli.report.blocks import Report
from impact_cli.typography import make_visible

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")


def make_lines_visible(text: str) -> str:
    """The text with a stand-in for each character that nobody sees; the newlines of every system become the one."""
    is_id = text.isascii() and text.isprintable()  # as most of a report's texts: the keys of its questions
    return text if is_id else make_visible(_NEWLINES.sub("\n", text))


def make_report_visible(report: Report) -> Report:
    """The same report, each of its texts visible."""
    visible: Report = map_texts(make_lines_visible, report)
    return visible


def map_texts(change: Callable[[str], str], content: Any) -> Any:
    """The content, of blocks or of what a template reads, with each of its texts changed; keys of mappings are none."""
    match content:
        case str():
            return change(content)
        case tuple() | list():
            return type(content)(map_texts(change, each) for each in content)
        case dict():
            return {key: map_texts(change, value) for key, value in content.items()}
        case _ if is_dataclass(content) and not isinstance(content, type):
            texts = {each.name: map_texts(change, getattr(content, each.name)) for each in fields(content)}
            return replace(content, **texts)
        case _:
            return content
