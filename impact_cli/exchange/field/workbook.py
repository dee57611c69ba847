"""A form as an XLSX file: three sheets of text, in which nothing that somebody wrote is a formula or markup."""

import re
from collections.abc import Sequence
from dataclasses import fields
from io import BytesIO
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.exchange.field.form import ChoiceRow, Form, Row, Settings
from impact_cli.typography import make_visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHOWN = ("label", "hint", "constraint_message", "required_message")  # in the form's language
_LONGEST_CELL = 32_767  # characters, of every spreadsheet
_MARKUP = re.compile(r"([\\*_])|^(#)|(<)|(\]|\$)(?=[({])", re.MULTILINE)
_WIDTHS = {"label": 60, "hint": 40, "relevant": 40, "constraint": 40, "name": 32, "type": 28}


def write_workbook(form: Form) -> bytes:
    """The file. Raises ImpactError where a condition is longer than a cell can hold, or openpyxl is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise missing_extra("XLSX", "xlsx") from error
    book = Workbook()
    book.remove(book.worksheets[0])
    language = form.settings.default_language
    _fill(book.create_sheet("survey"), form.survey, language)
    _fill(book.create_sheet("choices"), form.choices, language)
    _fill(book.create_sheet("settings"), [form.settings], language)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def escape(words: str) -> str:
    """Words that a phone shows as they are: it reads some signs as Markdown, some as HTML, `${` as a field."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}" if found[1] or found[2] else f"{found[0]}\u2060", words)


def _fill(sheet: "Worksheet", rows: Sequence[Row] | Sequence[ChoiceRow] | Sequence[Settings], language: str) -> None:
    sheet.freeze_panes = "A2"
    for column, named in enumerate(fields(rows[0]), 1):
        shown = named.name in _SHOWN
        head = sheet.cell(1, column, f"{named.name}::{language}" if shown else named.name)
        sheet.column_dimensions[head.column_letter].width = _WIDTHS.get(named.name, 20)
        for number, row in enumerate(rows, 2):
            if text := getattr(row, named.name):
                _write(sheet, number, column, escape(text) if shown else text)


def _write(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    if len(text) > _LONGEST_CELL:
        raise ImpactError(
            f"{sheet.cell(row, 2).value}\u00a0: sa condition est trop longue pour une case de tableur"
            f" ({len(text)} caractères).",
            "Écrivez-la avec moins d’options.",
        )
    cell = sheet.cell(row, column, make_visible(text))
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
