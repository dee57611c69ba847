"""The look of a Word document, and what it says of itself: page, styles, foot, properties."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from impact_cli.render.ooxml import element
from impact_cli.render.palette import LIGHT
from impact_cli.report.blocks import Report

if TYPE_CHECKING:
    from docx.document import Document

SERIF, _SANS = "Georgia", "Calibri"  # on every Windows and Mac with Word; LibreOffice has their likes
_REGIONS = {"fr": "fr-FR"}  # Word spells by regions
_LONGEST_PROPERTY = 255  # characters, of Word's own


def dress(document: "Document", report: Report) -> None:
    """Give an empty document its page, its styles, its foot and its properties."""
    _set_page(document)
    _set_styles(document)
    _set_properties(document, report)
    _set_foot(document, report)


def _set_page(document: "Document") -> None:
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(28)
    page.top_margin, page.bottom_margin = Mm(26), Mm(26)


def _set_styles(document: "Document") -> None:
    """Sizes in points: (font, size, space before, space after, colour)."""
    from docx.enum.style import WD_STYLE_TYPE

    for added in ("Colophon", "Cell", "Fact", "Figure", "Contents Title", "Contents 1", "Contents 2"):
        document.styles.add_style(added, WD_STYLE_TYPE.PARAGRAPH)
    for name, font, size, before, after, color in (
        ("Normal", _SANS, 11, 0, 7, LIGHT.ink),
        ("Title", SERIF, 27, 0, 24, LIGHT.ink),
        ("Heading 1", SERIF, 19, 34, 10, LIGHT.ink),
        ("Heading 2", SERIF, 13, 18, 5, LIGHT.ink),
        ("List Bullet", _SANS, 11, 0, 8, LIGHT.ink),
        ("Quote", SERIF, 13, 8, 12, LIGHT.ink),
        ("Contents Title", SERIF, 13, 24, 5, LIGHT.ink),
        ("Contents 1", _SANS, 11, 6, 1, LIGHT.ink),
        ("Contents 2", _SANS, 10, 0, 1, LIGHT.muted),
        ("Fact", _SANS, 11, 0, 2, LIGHT.ink),
        ("Figure", SERIF, 12, 0, 1, LIGHT.ink),
        ("Caption", _SANS, 11, 6, 3, LIGHT.ink),
        ("Cell", _SANS, 10, 2, 2, LIGHT.ink),
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
    style.font.bold = name.startswith(("Title", "Heading", "Contents 1", "Contents Title", "Caption"))
    for theme in [key for key in style.element.rPr.rFonts.attrib if "theme" in key.lower()]:
        del style.element.rPr.rFonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1 if font == SERIF else 1.2
    if name == "Title":
        for border in style.element.xpath("w:pPr/w:pBdr"):
            border.getparent().remove(border)
    if name in ("Quote", "Contents 2"):
        style.paragraph_format.left_indent = Pt(14)


def _set_properties(document: "Document", report: Report) -> None:
    """Title, language and nothing that python-docx's own template would say of itself."""
    from docx.oxml.ns import qn

    language = _REGIONS.get(report.language, report.language)
    properties = document.core_properties
    properties.title, properties.author = (_cut(text) for text in (report.title, report.venue))
    properties.language, properties.subject = language, report.notice
    properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(report.made, time(12))
    for tongue in document.styles.element.xpath("w:docDefaults//w:lang"):
        tongue.set(qn("w:val"), language)
    for tongue in document.settings.element.xpath("w:themeFontLang"):
        tongue.set(qn("w:val"), language)
    for mode in document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")  # as Word has written since 2013, so that it does not offer to convert


def _cut(text: str) -> str:
    """As much of a text as a property of a Word document holds."""
    return text if len(text) <= _LONGEST_PROPERTY else text[: _LONGEST_PROPERTY - 1] + "…"


def _set_foot(document: "Document", report: Report) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    for tabs in document.styles["Footer"].element.xpath("w:pPr/w:tabs"):
        tabs.getparent().remove(tabs)
    foot = document.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(154), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{report.foot}\t")
    foot._p.append(element("w:fldSimple", instr="PAGE"))
