"""Tables of a Word document: a caption above, a head that comes back on each page, rows that no page divides."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from impact_cli.render.ooxml import element, paint, style
from impact_cli.render.palette import LIGHT
from impact_cli.report.blocks import Bars, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as Grid
    from docx.table import _Row

_WIDTH = 154  # millimetres between the margins


def write_table(document: "Document", table: Table) -> None:
    """The table; its first row is its head, its first column names the others."""
    grid = _write_rows(document, table.caption, [table.columns, *table.rows], table.numeric)
    _mark_head(grid.rows[0])


def write_bars(document: "Document", bars: Bars) -> None:
    """The words of the bars: a table of two columns."""
    _write_rows(document, bars.caption, [(bar.label, bar.text) for bar in bars.items], [False, False])


def _write_rows(document: "Document", caption: str, rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> "Grid":
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    style(document.add_paragraph(caption), "Caption").paragraph_format.keep_with_next = True
    grid: Grid = document.add_table(len(rows), len(numeric))
    grid.autofit = False
    widths = [Mm(each) for each in _share_width(rows, numeric)]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    grid._tbl.tblPr.append(_draw_rules())
    for cells, row in zip(rows, grid.rows, strict=True):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for text, cell, is_number, width in zip(cells, row.cells, numeric, widths, strict=True):
            cell.width, line = width, style(cell.paragraphs[0], "Cell")
            line.text = text
            if is_number:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    style(document.add_paragraph(), "Cell")  # a table that follows another would become one with it
    return grid


def _share_width(rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> list[float]:
    """The columns' widths in millimetres: numbers take what they need, words the rest, names of rows most of it."""
    needed = [
        5.5 + 2.3 * max(map(len, column)) if is_number else 0
        for column, is_number in zip(zip(*rows, strict=True), numeric, strict=True)
    ]
    scale = min(1, 0.75 * _WIDTH / max(1, sum(needed)))
    part = (_WIDTH - scale * sum(needed)) / (numeric.count(False) + 0.6)
    widths = [scale * width or part for width in needed]
    return [1.6 * widths[0], *widths[1:]]


def _draw_rules() -> "BaseOxmlElement":
    borders = element("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LIGHT.line[1:]))
    return borders


def _mark_head(row: "_Row") -> None:
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
            paint(run, LIGHT.muted)
