"""The files of a dataset: valid, the same in every format, and nothing in them that nobody agreed to publish."""

import csv
import gc
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.cli.commands.demo import invent_sheets
from impact_cli.exchange.dataset.pieces import Making, Piece
from impact_cli.exchange.dataset.telling import State, Teller, Told
from impact_cli.exchange.dataset.wanted import Format, Wanted
from impact_cli.exchange.dataset.writing import write_dataset
from impact_cli.exchange.tables.cells import unguard

if TYPE_CHECKING:
    from polars import DataFrame

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    'il a dit "oui", puis ; "non"',
    "une ligne\n=1+1",
    "séparés\u2028là",
    "'=déjà",
    "42",
    "_x0041_",
    "#N/A",
    "http://exemple.fr",
)


@cache
def network() -> Sequence[Sheet]:
    return [*invent_sheets(real_catalogue())]


def write(folder: Path, given: Sequence[Sheet], *formats: Format, internal: bool = False, parted: bool = False) -> Path:
    folder.mkdir()
    wanted = Wanted(formats=formats, internal=internal, by_edition=parted)
    write_dataset(folder, real_catalogue(), [make_piece(given, wanted)], wanted)
    return folder


def make_piece(given: Iterable[Sheet], wanted: Wanted) -> Piece:
    piece = Piece([])
    Making(real_catalogue(), wanted).fill(piece, given)
    return piece


def list_values(told: Told) -> Mapping[str, Value]:
    return {entry.key: entry.value for entry in told.entries if entry.value is not None}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file, strict=True)]


def read_workbook(path: Path, title: str) -> list[dict[str, Any]]:
    from openpyxl import load_workbook

    head, *rows = load_workbook(path)[title].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def read_parquet(path: Path) -> "DataFrame":
    from polars import read_parquet

    return read_parquet(path, hive_partitioning=False)


def full_sheet(words: str) -> Sheet:
    """A venue of that name, whose every text and keyword is these words."""
    answers: dict[str, Value] = {"lien_social.publics": ("autre",), "lien_social.publics.autre": words}
    answers |= {"lien_social.exemple": words, "lieu.commune": words, "bilan_individuel.mots_cles": ("zut", words)}
    return new_sheet(real_catalogue(), answers, venue=words)


@pytest.mark.slow
@pytest.mark.parametrize("internal", [False, True])
def test_frictionless_finds_no_fault(internal: bool, tmp_path: Path) -> None:
    import frictionless

    hostile = [full_sheet(words) for words in HOSTILE]
    folder = write(tmp_path / "jeu", [*network(), *hostile], *Format, internal=internal)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == 7
    assert {task.type for task in report.tasks} == {"table", "file"}


@settings(max_examples=8)
@given(sheets(real_catalogue()))
def test_every_question_of_a_sheet_has_one_state_and_both_forms_say_it(sheet: Sheet) -> None:
    with TemporaryDirectory() as folder:
        files = write(Path(folder) / "jeu", [sheet], Format.CSV)
        long, (wide,) = read_csv(files / "reponses.csv"), read_csv(files / "fiches.csv")
    states = [*{f"state:{row['section']}.{row['question']}": row["state"] for row in long}.items()]
    assert len({(row["section"], row["question"], row["state"]) for row in long}) == len(states)
    assert [name for name, _ in states] == [f"state:{key}" for key in real_catalogue().questions]
    assert [cell for cell in wide.items() if cell[0].startswith("state:")] == states
    ticked = {f"{row['section']}.{row['question']}:{row['option']}" for row in long if row["option"]}
    assert {name for name, cell in wide.items() if ":" in name and cell == "1"} <= ticked


def test_states_are_told_apart() -> None:
    sheet = new_sheet(
        real_catalogue(),
        {
            "lien_social.publics": ("aucun",),
            "lien_social.exemple": "hors du chemin",
            "lieu.benevoles": 0,
            "lieu.statut": "moulin",
        },
        {
            "lieu.surface": Silence.SKIPPED,
            "lieu.salaries": Silence.NOT_KNOWN,
            "lieu.occupation": Silence.NOT_APPLICABLE,
        },
    )
    told = Teller(real_catalogue(), internal=True).tell(sheet)
    assert list_values(told) == {"lieu.benevoles": 0, "lien_social.publics": ("aucun",)}
    expected = {
        "lieu.benevoles": State.ANSWERED,
        "lieu.surface": State.SKIPPED,
        "lieu.salaries": State.NOT_KNOWN,
        "lieu.occupation": State.NOT_APPLICABLE,
        "lieu.ouverture": State.NOT_ASKED,
        "lien_social.exemple": State.NOT_ASKED,
        "lieu.statut": State.MISREAD,
    }
    assert {entry.key: entry.state for entry in told.entries if entry.key in expected} == expected


def test_a_doubted_answer_is_told_with_its_doubt(tmp_path: Path) -> None:
    sheet = new_sheet(real_catalogue(), {"lieu.benevoles": 12, "lieu.salaries": 3})
    folder = write(tmp_path / "jeu", [replace(sheet, uncertain={"lieu.benevoles": "le texte hésite"})], Format.CSV)
    doubted = {row["question"] for row in read_csv(folder / "reponses.csv") if row["doubted"] == "1"}
    assert doubted == {"benevoles"}
    assert read_csv(folder / "fiches.csv")[0]["doubted"] == "lieu.benevoles"


def test_answers_that_contradict_each_other_are_flagged(tmp_path: Path) -> None:
    answers: Mapping[str, Value] = {"lieu.benevoles": 0, "lien_social.publics": ("voisins", "benevoles")}
    folder = write(tmp_path / "jeu", [new_sheet(real_catalogue(), answers)], Format.CSV)
    flagged = {row["question"] for row in read_csv(folder / "reponses.csv") if row["contradicted"] == "1"}
    assert flagged == {"benevoles", "publics"}
    assert read_csv(folder / "fiches.csv")[0]["contradicted"] == "lieu.benevoles lien_social.publics"


def everything_in(folder: Path) -> str:
    """All that the files of a dataset say, packed or not."""
    said = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said.append(path.name)
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                said += [parts.read(name).decode() for name in parts.namelist()]
        elif path.suffix == ".parquet":
            said.append(str(read_parquet(path).rows()))
        else:
            said.append(path.read_text(encoding="utf-8"))
    return "\n".join(said)


def test_words_without_consent_are_in_no_file(tmp_path: Path) -> None:
    answers: Mapping[str, Value] = {
        "lien_social.publics": ("autre",),
        "lien_social.publics.autre": "secretun",
        "lien_social.exemple": "secretdeux",
        "bilan_individuel.mots_cles": ("secrettrois",),
        "sante.exemple": "donne tel quel",
        "sante.changements": ("confiance",),
        "lieu.commune": "Arvanches",
        "lieu.repondant": "secretquatre",
    }
    sheet = new_sheet(real_catalogue(), answers, consent=False).with_consent("sante.exemple", publish=True)
    sheet = sheet.with_consent("lien_social.exemple", publish=False)
    said = everything_in(write(tmp_path / "jeu", [sheet], *Format))
    assert "secret" not in said
    assert said.count("donne tel quel") >= 6
    assert "Arvanches" in said
    internal = everything_in(write(tmp_path / "interne", [sheet], *Format, internal=True))
    assert all(internal.count(f"secret{number}") >= 6 for number in ("un", "deux", "trois", "quatre"))


def test_what_stays_at_home_says_so_in_its_names_and_its_description(tmp_path: Path) -> None:
    folder = write(tmp_path / "jeu", network()[:2], *Format, internal=True)
    assert all("version-interne" in path.name for path in folder.iterdir() if path.name != "datapackage.json")
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    assert "effets-version-interne" in package
    assert "Version interne" in package


def test_hostile_words_run_nothing_and_come_back_as_typed(tmp_path: Path) -> None:
    given = [full_sheet(words) for words in HOSTILE]
    folder = write(tmp_path / "jeu", given, *Format)
    in_csv, in_book = read_csv(folder / "fiches.csv"), read_workbook(folder / "effets.xlsx", "fiches")
    in_parquet = read_parquet(folder / "fiches.parquet").rows(named=True)
    keys = ("venue", "lien_social.exemple", "lien_social.publics.autre", "lieu.commune")
    for words, sheet, told, row, parquet in zip(HOSTILE, given, in_csv, in_book, in_parquet, strict=True):
        spoken = list_values(Teller(real_catalogue(), internal=False).tell(sheet))
        expected = {key: words if key == "venue" else spoken[key] for key in keys}
        assert {key: unguard(told[key]) for key in keys} == expected
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in told.values())
        assert row["venue"] == words.replace("_x0041_", "_x005F_x0041_")  # as XML spells it
        assert {key: parquet[key] for key in keys} == expected


def test_numbers_are_numbers_and_words_are_words(tmp_path: Path) -> None:
    from polars import Boolean, Datetime

    sheet = new_sheet(real_catalogue(), {"lieu.benevoles": 12, "lieu.code_postal": "01200"})
    folder = write(tmp_path / "jeu", [sheet], *Format)
    (row,) = read_workbook(folder / "effets.xlsx", "fiches")
    assert (row["lieu.benevoles"], row["lieu.code_postal"]) == (12, "01200")
    table = read_parquet(folder / "fiches.parquet")
    assert table["lieu.benevoles"].to_list() == [12]
    assert table["lieu.code_postal"].to_list() == ["01200"]
    assert table.schema["lien_social.publics:voisins"] == Boolean
    assert table.schema["changed"] == Datetime("ms", "UTC")


@pytest.mark.slow
def test_every_format_says_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path / "jeu", network()[:3], *Format)
    for table in ("reponses", "fiches", "questions"):
        rows = [[*map(unguard, row.values())] for row in read_csv(folder / f"{table}.csv")]
        in_book = [[*map(_show, row.values())] for row in read_workbook(folder / "effets.xlsx", table)]
        in_parquet = [[*map(_show, row)] for row in read_parquet(folder / f"{table}.parquet").rows()]
        assert rows == in_book == in_parquet


def _show(cell: Any) -> str:
    """A cell as the CSV has it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    return f"{cell:%Y-%m-%dT%H:%M:%SZ}" if hasattr(cell, "hour") else str(cell)


@pytest.mark.parametrize("form", Format)
def test_what_is_interrupted_says_nothing_of_its_own(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)

    def stop_early() -> Iterator[Piece]:
        yield make_piece(network()[:1], wanted)
        raise KeyboardInterrupt

    wanted = Wanted(formats=(form,))
    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path, real_catalogue(), stop_early(), wanted)
    gc.collect()
    assert complaints == []


def test_a_base_parted_by_edition_is_read_as_one(tmp_path: Path) -> None:
    import duckdb

    folder = write(tmp_path / "jeu", network(), Format.PARQUET, parted=True)
    sql = "SELECT edition, count(*) FROM read_parquet($files, hive_partitioning = true) GROUP BY edition"
    counted = duckdb.execute(sql, {"files": f"{folder}/fiches/*/*.parquet"}).fetchall()
    assert dict(counted) == Counter(int(sheet.edition) for sheet in network())


@pytest.mark.parametrize("edition", ["../../ailleurs", "a/b", "2026 = x"])
def test_an_edition_never_leads_out_of_the_folder(edition: str, tmp_path: Path) -> None:
    sheet = replace(new_sheet(real_catalogue()), edition=edition)
    folder = write(tmp_path / "jeu", [sheet], Format.PARQUET, parted=True)
    assert len([*(folder / "fiches").iterdir()]) == 1
    assert [*tmp_path.iterdir()] == [folder]


@pytest.mark.slow
def test_libreoffice_shows_in_the_workbook_what_the_csv_has(tmp_path: Path) -> None:
    hostile = [full_sheet(words) for words in HOSTILE if "\u2028" not in words]
    folder = write(tmp_path / "jeu", [*network()[:5], *hostile], Format.CSV, Format.XLSX)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", profile, "--headless", "--convert-to", every_sheet, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(folder / "effets.xlsx")], check=True, capture_output=True)
    for table in ("fiches", "reponses", "questions"):
        shown = [[*row.values()] for row in read_csv(tmp_path / f"effets-{table}.csv")]
        assert shown == [[*map(unguard, row.values())] for row in read_csv(folder / f"{table}.csv")]
