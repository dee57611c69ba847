"""The file of a form: text in every cell, whatever the catalogue's words."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from writing import real_catalogue

from impact_cli.errors import ImpactError
from impact_cli.exchange.field.xlsform import ChoiceRow, Form, Row, build_form
from impact_cli.exchange.field.xlsform_file import escape, write_workbook


def write(*survey: Row, choice: str = "Oui") -> dict[str, list[list[object]]]:
    settings = build_form(real_catalogue()).settings
    book = load_workbook(BytesIO(write_workbook(Form(survey, [ChoiceRow("l", "c", choice)], settings))))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def test_a_form_has_the_three_sheets_of_xlsform() -> None:
    sheets = write(Row(type="text", name="a", label="A"))
    assert [*sheets] == ["survey", "choices", "settings"]
    assert sheets["survey"][0][:4] == ["type", "name", "label::Français (fr)", "hint::Français (fr)"]
    assert sheets["choices"] == [["list_name", "name", "label::Français (fr)"], ["l", "c", "Oui"]]


def test_no_word_is_a_formula() -> None:
    settings = build_form(real_catalogue()).settings
    form = Form([Row(type="note", name="a", label="=1+1")], [ChoiceRow("l", "c", "@SOMME(A1)")], settings)
    book = load_workbook(BytesIO(write_workbook(form)))
    for cell in (book["survey"]["C2"], book["choices"]["C2"]):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("habitant*e*s et un_mot_là", r"habitant\*e\*s et un\_mot\_là"),
        ("# pas un titre, n° #3", r"\# pas un titre, n° #3"),
        ("<b>gras</b> et 1 < 2", "<\u2060b>gras<\u2060/b> et 1 <\u2060 2"),
        ("${lieu} et [ici](https://exemple.fr)", "$\u2060{lieu} et [ici]\u2060(https://exemple.fr)"),
        ("Rien d’autre", "Rien d’autre"),
    ],
)
def test_no_word_is_markup_nor_a_field(words: str, shown: str) -> None:
    assert escape(words) == shown


def test_characters_that_no_file_holds_become_visible() -> None:
    assert write(Row(type="note", name="a", label="un\x07deux\ufffe"))["survey"][1][2] == "un�deux�"


def test_a_condition_longer_than_a_cell_is_refused_by_its_name() -> None:
    long = Row(type="text", name="rubrique_A", relevant="x" * 33_000)
    with pytest.raises(ImpactError, match=r"rubrique_A.*trop longue"):
        write(long)
    assert write(replace(long, relevant="x" * 32_000))
