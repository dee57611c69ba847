"""The report as a Word document that its venue goes on editing: real styles, and no picture in it."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from impact_cli.errors import missing_extra
from impact_cli.render.docx_look import SERIF, dress
from impact_cli.render.docx_tables import write_bars, write_table
from impact_cli.render.ooxml import border, element, paint, shade, style
from impact_cli.render.outline import Part, outline
from impact_cli.render.palette import LIGHT
from impact_cli.render.visible import make_report_visible
from impact_cli.report import blocks
from impact_cli.report.blocks import Block, Report
from impact_cli.typography import draw_dots

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Line

_HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
_SHORT_QUOTE = 600  # characters: a quotation of that length stays on one page
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # that a ZIP can have


def render_docx(report: Report) -> bytes:
    """The document's bytes, the same for the same report."""
    try:
        import docx
    except ImportError as error:
        raise missing_extra("Word", "docx") from error
    report = make_report_visible(report)
    document = docx.Document()
    dress(document, report)
    _write(document, report)
    _drop_thumbnail(document)
    return _fix_dates(document)


def _write(document: "Document", report: Report) -> None:
    from docx.shared import Pt

    whole = outline(report)
    _write_part(document, replace(whole, parts=whole.front), 0)
    if whole.is_long:
        _write_contents(document, report.contents_title, whole.body)
    for part in whole.body:
        _write_part(document, part, part.heading.accent)
    for place, text in enumerate(report.colophon):
        line = style(document.add_paragraph(text), "Colophon")
        line.paragraph_format.keep_with_next = place < len(report.colophon) - 1
        if place == 0:
            line.paragraph_format.space_before = Pt(36)
            border(line, "top", LIGHT.line, 4, 10)


def _write_part(document: "Document", part: Part, accent: int) -> None:
    """A part and those below it, in its colour."""
    _write_heading(document, part.heading)
    for block, after in zip_longest(part.blocks, part.blocks[1:]):
        leads_in = isinstance(after, blocks.Bullets | blocks.Quote | blocks.Facts)
        _write_block(document, block, accent, leads_in=leads_in)
    for each in part.parts:
        _write_part(document, each, accent)


def _write_heading(document: "Document", heading: blocks.Heading) -> None:
    from docx.shared import Pt

    line = style(document.add_paragraph(), _HEADINGS[heading.level])
    name = _name_bookmark(heading)
    line._p.append(element("w:bookmarkStart", id=name.rpartition("_")[2], name=name))
    words = line.add_run(heading.text)
    line._p.append(element("w:bookmarkEnd", id=name.rpartition("_")[2]))
    if heading.level == 2:  # noqa: PLR2004  a family has its colour
        paint(words, LIGHT.accent(heading.accent))
    if heading.front:
        words.font.size, line.paragraph_format.space_before = Pt(15), Pt(16)


def _name_bookmark(heading: blocks.Heading) -> str:
    """A name that Word takes: letters, digits, 40 at most; it ends in a number of its own."""
    return f"r{zlib.crc32(heading.anchor.encode()):08x}_{zlib.crc32(heading.anchor.encode()) % 1_000_000_000}"


def _write_contents(document: "Document", title: str, parts: Sequence[Part]) -> None:
    """A table of contents with its lines, each a link; Word and LibreOffice know how to make it anew."""
    style(document.add_paragraph(title), "Contents Title").paragraph_format.keep_with_next = True
    named = [each.heading for part in parts for each in (part, *part.parts)]
    for place, heading in enumerate(named):
        line = style(document.add_paragraph(), f"Contents {heading.level - 1}")
        line.paragraph_format.keep_with_next = place < len(named) - 1
        if place == 0:
            _add_field(line, "begin", ' TOC \\o "1-2" \\n \\h ')
        link = element("w:hyperlink", anchor=_name_bookmark(heading))
        run, text = element("w:r"), element("w:t")
        text.text = heading.text
        run.append(text)
        link.append(run)
        line._p.append(link)
        if place == len(named) - 1:
            _add_field(line, "end")


def _add_field(line: "Line", kind: str, instruction: str = "") -> None:
    """The beginning of a field with what it says to Word, or its end."""
    from docx.oxml.ns import qn

    line.add_run()._r.append(element("w:fldChar", fldCharType=kind))
    if instruction:
        code = element("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = instruction
        line.add_run()._r.append(code)
        line.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def _write_block(document: "Document", block: Block, accent: int, *, leads_in: bool) -> None:  # noqa: C901  one case a block
    match block:
        case blocks.Heading():
            _write_heading(document, block)
        case blocks.Paragraph():
            document.add_paragraph(block.text).paragraph_format.keep_with_next = leads_in or None
        case blocks.Bullets():
            for line in block.items:
                style(document.add_paragraph(line), "List Bullet")
        case blocks.Quote():
            _write_quote(document, block, LIGHT.accent(accent))
        case blocks.Rating():
            _write_rating(document, block, LIGHT.accent(accent))
        case blocks.Facts():
            _write_facts(document, block)
        case blocks.Figures():
            _write_figures(document, block)
        case blocks.Keywords():
            _write_keywords(document, block, accent)
        case blocks.Table():
            write_table(document, block)
        case blocks.Bars():
            write_bars(document, block)
        case _:
            assert_never(block)


def _write_quote(document: "Document", quote: blocks.Quote, color: str) -> None:
    """A quotation with a bar of its own: Word draws one bar along neighbours that are alike in every measure."""
    from docx.shared import Pt

    alike = document.element.body.xpath("w:p[last()]/w:pPr/w:pBdr/w:left[@w:space='10']")
    line = style(document.add_paragraph(quote.text), "Quote")
    line.paragraph_format.keep_together = len(quote.text) <= _SHORT_QUOTE
    if alike:
        line.paragraph_format.left_indent = Pt(15)
    border(line, "left", color, 24, 11 if alike else 10)


def _write_rating(document: "Document", rating: blocks.Rating, color: str) -> None:
    from docx.shared import Pt

    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    words = line.add_run(f"{rating.text} ")
    words.font.name, words.font.size = SERIF, Pt(11.5)
    paint(line.add_run(draw_dots(rating.value, rating.maximum)), color)


def _write_facts(document: "Document", facts: blocks.Facts) -> None:
    for row in facts.rows:
        line = style(document.add_paragraph(), "Fact")
        line.add_run(f"{row.label}\u00a0: ").bold = True
        line.add_run(f"{row.value}.")


def _write_figures(document: "Document", figures: blocks.Figures) -> None:
    from docx.shared import Pt

    for figure in figures.items:
        line = style(document.add_paragraph(), "Figure")
        digits = line.add_run(figure.value)
        digits.font.size = Pt(16)
        line.add_run(figure.text.removeprefix(figure.value))


def _write_keywords(document: "Document", keywords: blocks.Keywords, accent: int) -> None:
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    for place, word in enumerate(keywords.words):
        if place:
            line.add_run(" ")
        tag = line.add_run(f"#{word}")
        paint(tag, LIGHT.accent(accent))
        shade(tag, LIGHT.tint(accent))


def _drop_thumbnail(document: "Document") -> None:
    """The template's picture of an empty page, which file managers would show for every report."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _fix_dates(document: "Document") -> bytes:
    """The saved document, without the hour at which it was saved in each of its members."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _FIRST_DATE)
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
