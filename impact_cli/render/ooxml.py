"""What Word knows and python-docx writes slowly or not: elements, styles and rules of paragraphs, grounds of words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph as Line
    from docx.text.run import Run


def element(tag: str, **attributes: str) -> "BaseOxmlElement":
    """An element of Word's own names, as are its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def style(line: "Line", name: str) -> "Line":
    """The paragraph, in the style of that name: python-docx would look through all of them, twice, for each."""
    line._p.style = name.replace(" ", "")
    return line


def border(line: "Line", side: str, color: str, eighths: int, space: int) -> None:
    """A rule beside a paragraph, `eighths` of a point wide, `space` points from its words."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=str(eighths), space=str(space), color=color[1:]))
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def paint(run: "Run", color: str) -> None:
    """Words of that colour."""
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(color[1:])


def shade(run: "Run", color: str) -> None:
    """A ground of that colour behind words."""
    run._r.get_or_add_rPr().append(element("w:shd", val="clear", color="auto", fill=color[1:]))
