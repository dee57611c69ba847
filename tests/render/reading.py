"""What a person reads in each format, without spaces: the text of the blocks, then of the colophon."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import chain
from typing import Any, assert_never

import pytest

from impact_cli.render.outline import outline
from impact_cli.render.pdf import render_pdf
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import (
    Bars,
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

_DOTS = re.compile("[●○]+")  # of a mark, in a run of their own


def squeeze(text: str) -> str:
    """The text without any space: lines are broken elsewhere in each format."""
    return "".join(text.split())


def told(report: Report) -> str:
    """What every format must say, from the first heading to the last line of the colophon."""
    return tell_aloud(report, lambda _table: False, drawn=True)


def tell_aloud(report: Report, speaks: Callable[[Table], bool] = lambda _table: True, *, drawn: bool = False) -> str:
    """The same where tables, all or those of which it `speaks`, are lines; so are bars that are not `drawn`."""
    return squeeze("".join(_texts(make_report_visible(report), speaks, drawn=drawn)))


def _texts(report: Report, speaks: Callable[[Table], bool], *, drawn: bool) -> Iterator[str]:
    for block in report.blocks:
        match block:
            case Heading() | Paragraph() | Quote() | Rating():
                yield block.text
            case Bullets():
                yield from block.items
            case Keywords():
                yield from (f"#{word}" for word in block.words)
            case Facts():
                yield from (row.text for row in block.rows)
            case Figures():
                yield from (figure.text for figure in block.items)
            case Table():
                spoken = speaks(block)
                yield block.caption + ":" * spoken
                yield from block.lines if spoken else chain(block.columns, *block.rows)
            case Bars():
                yield block.caption + ":" * (not drawn)
                yield from (f"{bar.label}{bar.text}" if drawn else bar.line for bar in block.items)
            case _:
                assert_never(block)
    yield from report.colophon


def list_contents(report: Report) -> str:
    """What the table of contents says where it has no page numbers; nothing where a report is too short for one."""
    seen = make_report_visible(report)
    if not outline(seen).is_long:
        return ""
    return squeeze(seen.contents_title + "".join(heading.text for heading in _listed(seen)))


def _listed(report: Report) -> Iterator[Heading]:
    """The headings that a table of contents lists."""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level > 1 and not block.front:
            yield block


class Page(HTMLParser):
    """The text inside some of a page's tags."""

    def __init__(self, tags: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.tags = tags
        self.inside: list[str] = []
        self.names: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        hidden = ("aria-hidden", "true") in attrs or tag == "nav"
        if tag in self.tags or hidden:
            self.inside.append("" if hidden else tag)
            self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.names and self.names[-1] == tag:
            self.inside.pop()
            self.names.pop()

    def handle_data(self, data: str) -> None:
        if self.inside and "" not in self.inside:
            self.text.append(data)


def read_html(page: str) -> str:
    """The running head and the table of contents only repeat what is said elsewhere."""
    parser = Page({"main", "footer"})
    parser.feed(page)
    return squeeze("".join(parser.text))


def read_docx(document: bytes) -> str:
    import docx

    read = docx.Document(BytesIO(document))
    return squeeze("".join(chain.from_iterable(map(_read_word, read.iter_inner_content()))))


def _read_word(piece: Any) -> Iterator[str]:
    if hasattr(piece, "rows"):
        yield from (cell.text for row in piece.rows for cell in row.cells)
    elif not piece.style.name.startswith("Contents"):
        yield "".join(run.text for run in piece.runs if not _DOTS.fullmatch(run.text))


def read_pdf(document: bytes, *, first: int, last: int | None = None) -> str:
    """The text of the pages from `first` to `last`, above the foot, in the order of the content.

    The last line of a full page may stand on 765 points, the running foot hangs from 796.
    """
    pages = ["-f", str(first), *(["-l", str(last)] if last else [])]
    area = ["-x", "0", "-y", "0", "-W", "596", "-H", "780"]
    text = run("pdftotext", "-raw", "-enc", "UTF-8", *pages, *area, "-", "-", given=document).decode()
    return squeeze(text).replace("•", "")


def read_report_pdf(report: Report) -> str:
    """What the PDF of a report says, without what only repeats it: the running head, the table of contents."""
    seen = make_report_visible(report)
    text = read_pdf(render_pdf(report), first=1).removeprefix(squeeze(seen.foot))
    lines = "".join(rf"{re.escape(squeeze(heading.text))}\u2060?\d" for heading in _listed(seen))
    return re.sub(re.escape(squeeze(seen.contents_title)) + lines, "", text, count=1)


def run(program: str, *arguments: str, given: bytes = b"") -> bytes:
    """What the program prints; the test is skipped where it is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run([program, *arguments], input=given, capture_output=True, check=True, timeout=120).stdout
