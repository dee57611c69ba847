"""The report as a Word document that its venue goes on editing: real styles, nothing drawn by hand but the marks."""

import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from impact_cli.errors import missing_extra
from impact_cli.render.outline import outline
from impact_cli.render.palette import LIGHT
from impact_cli.render.rings import draw_png
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph as Line
    from docx.text.run import Run

_HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
_REGIONS = {"fr": "fr-FR"}
_SERIF, _SANS = "Georgia", "Calibri"
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def render_docx(report: Report) -> bytes:
    """The document's bytes, the same for the same report."""
    try:
        import docx
    except ImportError as error:
        raise missing_extra("Word", "docx") from error
    report = make_report_visible(report)
    document = docx.Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, report)
    _set_foot(document, report)
    _write(document, report)
    _drop_thumbnail(document)
    return _fix_dates(document)


def _write(document: "Document", report: Report) -> None:
    from docx.shared import Pt

    accents = {part.heading.anchor: part.accent for part in outline(report).parts}
    accent = 0
    following = (*report.blocks[1:], None)
    for block, after in zip(report.blocks, following, strict=True):
        if isinstance(block, Heading):
            accent = accents.get(block.anchor, accent)
        _write_block(document, block, accent, leads_in=isinstance(after, Bullets | Quote))
    for place, text in enumerate(report.colophon):
        line = document.add_paragraph(text, style="Colophon")
        if place == 0:
            line.paragraph_format.space_before = Pt(36)
            _border(line, "top", LIGHT.line, 4, 10)


def _write_block(document: "Document", block: Block, accent: int, *, leads_in: bool) -> None:
    match block:
        case Heading():
            heading = document.add_paragraph(block.text, style=_HEADINGS[block.level])
            if block.level == 2:  # noqa: PLR2004  the levels are named in Heading
                _color(heading, LIGHT.accent(accent))
        case Paragraph():
            document.add_paragraph(block.text).paragraph_format.keep_with_next = leads_in or None
        case Bullets():
            for line in block.items:
                document.add_paragraph(line, style="List Bullet")
        case Quote():
            _border(document.add_paragraph(block.text, style="Quote"), "left", LIGHT.accent(accent), 18, 10)
        case Rating():
            _write_rating(document, block, LIGHT.accent(accent))
        case Keywords():
            _write_keywords(document, block, accent)
        case _:
            assert_never(block)


def _write_rating(document: "Document", rating: Rating, color: str) -> None:
    from docx.shared import Mm, Pt

    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(18), Mm(-18)
    line._p.get_or_add_pPr().append(_element("w:textAlignment", val="center"))  # noqa: SLF001  python-docx lacks it
    line.add_run().add_picture(BytesIO(draw_png(rating, color)), width=Mm(14))
    for frame in line._p.xpath(".//wp:inline"):  # noqa: SLF001
        for side in ("distT", "distB", "distL", "distR"):
            frame.set(side, "0")  # LibreOffice takes 3 mm where nothing is said
    for picture in line._p.xpath(".//wp:docPr | .//pic:cNvPr"):  # noqa: SLF001
        picture.set("descr", rating.text)
        picture.set("name", rating.label)
    words = line.add_run(f"\t{rating.text}")
    words.font.name, words.font.size = _SERIF, Pt(11.5)


def _write_keywords(document: "Document", keywords: Keywords, accent: int) -> None:
    from docx.shared import RGBColor

    line = document.add_paragraph()
    for place, word in enumerate(keywords.words):
        if place:
            line.add_run(" ")
        tag = line.add_run(f"#{word}")
        tag.font.color.rgb = RGBColor.from_string(LIGHT.accent(accent)[1:])
        _shade(tag, LIGHT.tint(accent))


def _set_page(document: "Document") -> None:
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(28)
    page.top_margin, page.bottom_margin = Mm(26), Mm(26)


def _set_styles(document: "Document") -> None:
    """Sizes in points: (font, size, space before, space after, colour)."""
    from docx.enum.style import WD_STYLE_TYPE

    document.styles.add_style("Colophon", WD_STYLE_TYPE.PARAGRAPH)
    for name, font, size, before, after, color in (
        ("Normal", _SANS, 11, 0, 7, LIGHT.ink),
        ("Title", _SERIF, 27, 0, 24, LIGHT.ink),
        ("Heading 1", _SERIF, 19, 34, 10, LIGHT.ink),
        ("Heading 2", _SERIF, 13, 18, 5, LIGHT.ink),
        ("List Bullet", _SANS, 11, 0, 8, LIGHT.ink),
        ("Quote", _SERIF, 11, 6, 10, LIGHT.ink),
        ("Footer", _SANS, 9, 0, 0, LIGHT.muted),
        ("Colophon", _SANS, 9, 0, 2, LIGHT.muted),
    ):
        _set_style(document, name, font, (size, before, after), color)


def _set_style(document: "Document", name: str, font: str, sizes: tuple[int, int, int], color: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor
    from docx.styles.style import ParagraphStyle

    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101  each name above is a paragraph style
    size, before, after = sizes
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), RGBColor.from_string(color[1:])
    style.font.bold = name.startswith(("Title", "Heading"))
    for theme in [key for key in style.element.rPr.rFonts.attrib if "theme" in key.lower()]:
        del style.element.rPr.rFonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1 if font == _SERIF else 1.2
    if name == "Title":
        for border in style.element.xpath("w:pPr/w:pBdr"):
            border.getparent().remove(border)
    if name == "Quote":
        style.paragraph_format.left_indent = Pt(14)


def _set_properties(document: "Document", report: Report) -> None:
    """Title, language and nothing that python-docx's own template would say of itself."""
    from docx.oxml.ns import qn

    language = _REGIONS.get(report.language, report.language)
    properties = document.core_properties
    properties.title, properties.language, properties.author = report.title, language, report.venue
    properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(report.made, time(12))
    for tongue in document.styles.element.xpath("w:docDefaults//w:lang"):
        tongue.set(qn("w:val"), language)
    for tongue in document.settings.element.xpath("w:themeFontLang"):
        tongue.set(qn("w:val"), language)
    for mode in document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")  # as Word has written since 2013, so that it does not offer to convert


def _set_foot(document: "Document", report: Report) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    for tabs in document.styles["Footer"].element.xpath("w:pPr/w:tabs"):
        tabs.getparent().remove(tabs)
    foot = document.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(154), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{report.foot}\t")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)  # noqa: SLF001


def _color(line: "Line", color: str) -> None:
    from docx.shared import RGBColor

    for run in line.runs:
        run.font.color.rgb = RGBColor.from_string(color[1:])


def _border(line: "Line", side: str, color: str, eighths: int, space: int) -> None:
    """A rule beside a paragraph, `eighths` of a point wide, `space` points from its words."""
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz=str(eighths), space=str(space), color=color[1:]))
    properties = line._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _shade(run: "Run", color: str) -> None:
    run._r.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill=color[1:]))  # noqa: SLF001


def _element(name: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


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
