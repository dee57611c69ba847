"""The wide form read back: the same answers, silences, doubts and consents, whatever stood in the sheet."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from exchange.dataset.test_writing import list_values, make_piece
from hypothesis import given, settings
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.sheet import Sheet
from impact_cli.errors import ImpactError
from impact_cli.exchange.dataset.reading import SheetReader, list_unknown
from impact_cli.exchange.dataset.telling import Teller, Told
from impact_cli.exchange.dataset.wanted import Format, Wanted
from impact_cli.exchange.dataset.writing import write_dataset
from impact_cli.exchange.tables.cells import unguard
from impact_cli.exchange.tables.rows import read_rows

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def take_round(sheet: Sheet, form: Format, *, internal: bool) -> Sheet:
    """The sheet, told in a dataset and read back from it."""
    with TemporaryDirectory() as name:
        folder, wanted = Path(name), Wanted(formats=[form], internal=internal)
        write_dataset(folder, real_catalogue(), [make_piece([sheet], wanted)], wanted)
        (path,) = [path for path in folder.iterdir() if path.name.startswith(("fiches", "effets"))]
        (row,) = read_rows(path)
        return SheetReader(real_catalogue(), path.name, unguard if form is Format.CSV else str).read(row, NOW)


def told(sheet: Sheet) -> Told:
    return Teller(real_catalogue(), internal=True).tell(sheet)


@settings(max_examples=8)
@given(sheets(real_catalogue()))
def test_a_sheet_comes_back_as_it_was_told(sheet: Sheet) -> None:
    back = take_round(sheet, Format.CSV, internal=True)
    before, after = told(sheet), told(back)
    assert (list_values(after), after.withheld, after.doubted) == (list_values(before), before.withheld, before.doubted)
    for was, now in zip(before.entries, after.entries, strict=True):
        assert was.state in ("misread", now.state)
    assert (back.venue, back.edition, back.status, back.changed) == (
        sheet.venue,
        sheet.edition,
        sheet.status,
        sheet.changed.replace(microsecond=0),
    )


def test_it_comes_back_from_a_workbook_too() -> None:
    sheet = new_sheet(real_catalogue(), {"lieu.benevoles": 12, "lieu.commune": "'Arvanches", "sante.exemple": "=1+1"})
    assert list_values(told(take_round(sheet, Format.XLSX, internal=True))) == list_values(told(sheet))


def test_words_that_were_not_published_do_not_come_back_as_published() -> None:
    sheet = new_sheet(real_catalogue(), {"lien_social.exemple": "un mot", "egalite.exemple": "public"}, consent=False)
    sheet = sheet.with_consent("egalite.exemple", publish=True)
    public, internal = (take_round(sheet, Format.CSV, internal=internal) for internal in (False, True))
    assert "lien_social.exemple" not in public.answers
    assert internal.answers["lien_social.exemple"] == "un mot"
    assert not internal.may_publish("lien_social.exemple")
    assert public.may_publish("egalite.exemple")
    assert internal.may_publish("egalite.exemple")


@pytest.mark.parametrize("withheld", ["lien_social.exemple", "sante.exemple;lien_social.exemple", "oui", None])
def test_words_are_published_by_a_table_that_surely_says_so_alone(withheld: str | None) -> None:
    words = {"lien_social.exemple": "un mot", "sante.exemple": "un autre"}
    row = write_row(**words, **({} if withheld is None else {"withheld": withheld}))
    sheet = read(row)
    assert sheet.answers == words
    assert not sheet.may_publish("lien_social.exemple")
    assert sheet.may_publish("sante.exemple") is (withheld == "lien_social.exemple")


def write_row(**cells: str) -> Mapping[str, str]:
    return {"venue": "La Remise", "edition": "2026", "state:lieu.benevoles": "", **cells}


def read(row: Mapping[str, str]) -> Sheet:
    return SheetReader(real_catalogue(), "fiches.csv", unguard).read(row, NOW)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"lieu.benevoles": "beaucoup"}, "lieu.benevoles"),
        ({"lien_social.publics:voisins": "peut-être"}, "lien_social.publics"),
        ({"lien_social.publics:voisins": "1", "lien_social.publics:aucun": "1"}, "lien_social.publics"),
        ({"lieu.statut": "moulin"}, "lieu.statut"),
        ({"state:lieu.statut": "oui"}, "lieu.statut"),
        ({"venue": ""}, "nom de lieu"),
        ({"edition": "../2026"}, "édition"),
    ],
)
def test_a_cell_that_cannot_be_is_named(cells: dict[str, str], told: str) -> None:
    with pytest.raises(ImpactError) as refused:
        read(write_row(**cells))
    assert told in refused.value.message


def test_cells_as_a_spreadsheet_writes_them_again_are_understood() -> None:
    sheet = read(
        write_row(
            **{
                "lieu.benevoles": " 12 ",
                "lien_social.publics:voisins": "VRAI",
                "lien_social.publics:familles": "FAUX",
                "changed": "29/11/2026",
                "status": "finished",
            }
        )
    )
    assert sheet.answers == {"lieu.benevoles": 12, "lien_social.publics": ("voisins",)}
    assert sheet.changed == NOW


def test_columns_of_nothing_we_ask_are_listed() -> None:
    assert list_unknown(real_catalogue(), ["venue", "météo", "lieu.benevoles", "state:lieu.benevole"]) == [
        "météo",
        "state:lieu.benevole",
    ]


def test_columns_in_any_order_and_some_alone_are_enough(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["edition", "lieu.benevoles", "venue"], ["2026", "3", "La Remise"]])
    (row,) = read_rows(tmp_path / "a.csv")
    assert read(row).answers == {"lieu.benevoles": 3}
