"""A form as an XLSX file: three sheets of text, in which nothing that somebody wrote is a formula or markup."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO

from impact_cli.errors import ImpactError
from impact_cli.exchange.field.xlsform import ChoiceRow, Form, Row, Settings
from impact_cli.exchange.tables.workbooks import LONGEST_TEXT, WorkbookWriter
from impact_cli.typography import make_visible

_SHOWN = ("label", "hint", "constraint_message", "required_message")  # in the form's language
_MARKUP = re.compile(r"([\\*_])|^(#)|(<)|(\]|\$)(?=[({])", re.MULTILINE)
_WIDTHS = {"label": 60, "hint": 40, "relevant": 40, "constraint": 40, "name": 32, "type": 28}


def write_workbook(form: Form) -> bytes:
    """The file. Raises ImpactError where a condition is longer than a cell can hold, or openpyxl is not installed."""
    for row in form.survey:
        _refuse_long(row)
    language = form.settings.default_language
    file = BytesIO()
    with WorkbookWriter() as writer:
        _fill(writer, "survey", form.survey, language)
        _fill(writer, "choices", form.choices, language)
        _fill(writer, "settings", [form.settings], language)
        writer.save(file)
    return file.getvalue()


def escape(words: str) -> str:
    """Words that a phone shows as they are: it reads some signs as Markdown, some as HTML, `${` as a field."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}" if found[1] or found[2] else f"{found[0]}\u2060", words)


def _fill(
    writer: WorkbookWriter, title: str, rows: Sequence[Row] | Sequence[ChoiceRow] | Sequence[Settings], language: str
) -> None:
    columns = {name: f"{name}::{language}" if name in _SHOWN else name for name in asdict(rows[0])}
    writer.add_table(title, [*columns.values()], [_WIDTHS.get(name, 20) for name in columns])
    for row in rows:
        cells = (escape(text) if name in _SHOWN else text for name, text in asdict(row).items())
        writer.write_row(title, [make_visible(cell) or None for cell in cells])


def _refuse_long(row: Row) -> None:
    longest = max(map(len, asdict(row).values()))
    if longest > LONGEST_TEXT:
        raise ImpactError(
            f"{row.name}\u00a0: sa condition est trop longue pour une case de tableur ({longest} caractères).",
            "Écrivez-la avec moins d’options.",
        )
