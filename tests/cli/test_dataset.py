"""impact dataset: from sheets to a folder, whole or not at all."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from cli.commands import Outcome, photograph, run
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.collection import sharing
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Submission
from impact_cli.exchange.dataset import pieces


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an invented network."""
    folder = tmp_path_factory.mktemp("lieux") / "reseau"
    assert run("demo", "--network", str(folder), home=folder).code == 0
    return folder


@pytest.fixture
def make(network: Path, tmp_path: Path) -> "Make":
    return Make(network, tmp_path)


class Make:
    """Runs the command on the network, or on what is named."""

    def __init__(self, network: Path, folder: Path) -> None:
        self.network = network
        self.folder = folder

    def __call__(self, name: str, *words: str, sources: tuple[Path, ...] | None = None) -> Outcome:
        given = [str(each) for each in (self.network,) if sources is None] + [str(each) for each in sources or ()]
        return run("dataset", *given, "-o", str(self.folder / name), *words, home=self.folder / "home")


def test_a_folder_of_sheets_becomes_a_dataset(make: Make) -> None:
    told = make("jeu")
    assert told.code == 0
    assert "64 fiches" in told.err
    assert "8 fiches en cours sont laissées de côté" in told.err
    assert {path.name for path in (make.folder / "jeu").iterdir()} == {
        "datapackage.json",
        "fiches.csv",
        "reponses.csv",
        "questions.csv",
    }


def test_without_a_source_it_is_of_ones_own_sheets(make: Make) -> None:
    told = run("dataset", "-o", str(make.folder / "jeu"), home=make.network)
    assert "64 fiches" in told.err


def test_drafts_and_one_edition_are_asked_for(make: Make) -> None:
    assert "72 fiches" in make("tout", "--drafts").err
    assert "40 fiches" in make("une", "--drafts", "--edition", "2026").err
    table = (make.folder / "une" / "fiches.csv").read_text(encoding="utf-8")
    assert ",2026,in_progress," in table
    assert ",2025," not in table


@pytest.mark.slow
def test_any_order_of_sources_gives_the_same_bytes(make: Make) -> None:
    packed, *folders = sorted(make.network.iterdir())
    with zipfile.ZipFile(make.folder / "un.zip", "w") as archive:
        for path in packed.iterdir():
            archive.write(path, path.relative_to(make.network))
    sources = (make.folder / "un.zip", *folders)
    for name, given in {"a": sources, "b": sources[::-1]}.items():
        told = make(name, "--format", "csv", "--format", "parquet", sources=given)
        assert told.code == 0
    first, second = (
        {path.relative_to(make.folder / name): content for path, content in photograph(make.folder / name).items()}
        for name in "ab"
    )
    assert first == second


def test_any_number_of_processes_gives_the_same_files(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    again = make.folder / "z.zip"
    with zipfile.ZipFile(again, "w") as archive:
        for path in sorted(make.network.rglob("2026.json"))[::3]:
            archive.write(path, path.relative_to(make.network))
    monkeypatch.setattr(pieces, "_SHARE", 7)
    files, told = [], []
    for processes in (1, 3):
        monkeypatch.setattr(sharing, "_count_processors", lambda count=processes: count)
        words = ("--format", "csv", "--format", "parquet", "--by-edition", "--force")
        told.append(make("jeu", *words, sources=(make.network, again)).err)
        files.append(photograph(make.folder / "jeu"))
    assert told[0] == told[1]
    assert "64 fiches" in told[0]
    assert "déjà lus dans une autre fiche" in told[0]
    assert files[0] == files[1]


def test_what_is_no_sheet_is_named(make: Make) -> None:
    (make.folder / "vues.json").write_text('{"vues": 3}')
    told = make("jeu", sources=(make.network, make.folder / "vues.json", make.folder / "absent"))
    assert told.code == 0
    assert "vues.json" in told.err
    assert "introuvable" in told.err


def test_sheets_of_another_questionnaire_are_counted(make: Make) -> None:
    sheet = next(path for path in sorted(make.network.rglob("2025.json")) if "finished" in path.read_text("utf-8"))
    other = make.folder / "autre.json"
    other.write_text(sheet.read_text("utf-8").replace('"id": "impact"', '"id": "ailleurs"'), "utf-8")
    told = make("jeu", sources=(other,))
    assert told.code == 0
    assert "1 fiche d’un autre questionnaire" in told.err
    assert ",ailleurs," in (make.folder / "jeu" / "fiches.csv").read_text("utf-8")


def test_nothing_is_written_where_there_is_no_sheet(make: Make) -> None:
    (make.folder / "vide").mkdir()
    before = photograph(make.folder)
    told = make("jeu", sources=(make.folder / "vide",))
    assert told.failed_well
    assert photograph(make.folder) == before
    assert not (make.folder / "jeu").exists()


def test_a_dataset_is_replaced_where_asked_and_nothing_else_ever(make: Make) -> None:
    assert make("jeu", "--edition", "2025").code == 0
    former = photograph(make.folder / "jeu")
    assert make("jeu").failed_well
    assert photograph(make.folder / "jeu") == former
    assert make("jeu", "--force").code == 0
    assert photograph(make.folder / "jeu") != former
    (make.folder / "jeu" / "notes.txt").write_text("à garder")
    assert make("jeu", "--force").failed_well
    assert (make.folder / "jeu" / "notes.txt").read_text() == "à garder"
    (make.folder / "autre").mkdir()
    assert make("autre", "--force").failed_well
    assert sorted(path.name for path in make.folder.iterdir()) == ["autre", "jeu"]


def test_what_is_kept_at_home_is_its_owners_alone(make: Make) -> None:
    assert make("interne", "--internal").code == 0
    assert (make.folder / "interne").stat().st_mode & 0o077 == 0
    assert json.loads((make.folder / "interne" / "datapackage.json").read_bytes())["title"].endswith("version interne")


@pytest.mark.parametrize(("form", "module"), [("xlsx", "openpyxl"), ("parquet", "pyarrow.parquet")])
def test_a_format_whose_module_is_missing_says_how_to_install_it(form: str, module: str, make: Make) -> None:
    with patch.dict(sys.modules, {module: None}):
        told = make("jeu", "--format", form)
    assert told.failed_well
    assert f"impact-cli[{form}]" in told.err
    assert not (make.folder / "jeu").exists()


@pytest.mark.parametrize("words", [("--format", "excel"), ("--by-edition",)])
def test_a_wrong_call_is_told_in_a_sentence(words: tuple[str, ...], make: Make) -> None:
    assert make("jeu", *words).failed_well
    assert not (make.folder / "jeu").exists()


def import_table(make: Make, table: Path, *words: str) -> Outcome:
    return run("import", str(table), *words, home=make.folder / "home")


def test_a_wide_table_becomes_sheets_again(make: Make) -> None:
    make("jeu", "--edition", "2025", "--drafts")
    told = import_table(make, make.folder / "jeu" / "fiches.csv")
    assert told.code == 0
    assert "32 fiches lues" in told.err
    again = run("dataset", "-o", str(make.folder / "encore"), "--drafts", home=make.folder / "home")
    assert "32 fiches" in again.err


def test_sheets_that_are_there_stay_as_they_are_unless_asked(make: Make) -> None:
    make("jeu", "--edition", "2025")
    table = make.folder / "jeu" / "fiches.csv"
    head, first = table.read_text(encoding="utf-8").split("\n")[:2]
    for name, row in {"un.csv": first, "deux.csv": first.replace(",answered,", ",skipped,")}.items():
        (make.folder / name).write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert import_table(make, make.folder / "un.csv").code == 0
    before = photograph(make.folder / "home")
    told = import_table(make, make.folder / "deux.csv")
    assert told.code == 1
    assert "n’ont pas été touchées" in told.err
    assert photograph(make.folder / "home") == before
    assert import_table(make, make.folder / "deux.csv", "--replace").code == 0
    assert photograph(make.folder / "home") != before


def test_a_table_publishes_no_words_of_a_sheet_that_is_there_and_does_not_make_it_forget_where_it_came_from(
    make: Make,
) -> None:
    path = make.folder / "home" / "remise" / "2026.json"
    came = Submission(("uuid:1",), "Équipe", "digest", NOW)
    words = {"lien_social.exemple": "Gardé.", "sante.exemple": "Publié.", "egalite.exemple": "Publié aussi."}
    sheet = replace(new_sheet(real_catalogue(), words), submission=came, quotation="sante.exemple")
    save_sheet(Stored(path, sheet.with_consent("lien_social.exemple", publish=False), ""))
    make("interne", "--drafts", "--internal", sources=(path,))
    table = make.folder / "interne" / "fiches-version-interne.csv"
    edited = table.read_text("utf-8").replace("lien_social.exemple,", ",", 1).replace("Publié aussi.", "Corrigé.")
    (make.folder / "corrigé.csv").write_text(edited.replace("withheld", "retenu"), "utf-8")
    for name in ("corrigé.csv", "interne/fiches-version-interne.csv"):
        assert import_table(make, make.folder / name, "--replace").code == 0
    back = load_sheet(path).sheet
    assert (back.submission, back.quotation, back.answers) == (came, "sante.exemple", words)
    assert [key for key in words if back.may_publish(key)] == ["sante.exemple"]


def test_unknown_columns_are_said_and_bad_rows_leave_the_others(make: Make) -> None:
    table = make.folder / "fiches.csv"
    rows = [
        "venue,edition,météo,state:lieu.benevoles,lieu.benevoles",
        "La Remise,2026,pluie,answered,12",
        "Le Bief,2026,neige,answered,beaucoup",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    told = import_table(make, table)
    assert told.code == 1
    assert "météo" in told.err
    assert "Le Bief 2026: lieu.benevoles" in told.err
    assert [path.name for path in (make.folder / "home").iterdir()] == ["remise"]


def test_a_try_writes_nothing_and_a_name_is_refused(make: Make) -> None:
    make("jeu", "--edition", "2025")
    table = make.folder / "jeu" / "fiches.csv"
    assert "Rien n’est enregistré" in import_table(make, table, "--dry-run").err
    assert import_table(make, table, "--venue", "La Remise").failed_well
    assert not (make.folder / "home").exists()


@pytest.mark.parametrize("words", [(), ("--internal", "--format", "xlsx")])
def test_the_folder_of_a_dataset_is_read_by_its_table(make: Make, words: tuple[str, ...]) -> None:
    venues = sorted(make.network.iterdir())[:4]
    assert "6 fiches" in make("jeu", *words, sources=(*venues,)).err
    told = run("import", str(make.folder / "jeu"), "--dry-run", home=make.folder / "home")
    assert (told.code, "6 fiches lues" in told.err) == (0, True)


def test_the_long_table_says_which_one_to_give(make: Make) -> None:
    make("jeu", "--edition", "2025")
    told = import_table(make, make.folder / "jeu" / "reponses.csv")
    assert told.failed_well
    assert "« fiches »" in told.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("dataset", "NETWORK", "-o", "jeu", "--format", "csv"),
        ("dataset", "NETWORK", "-o", "jeu", "--format", "xlsx"),
        ("dataset", "NETWORK", "-o", "jeu", "--format", "parquet"),
        ("questions", "export", "--format", "xlsform", "-o", "formulaire.xlsx"),
    ],
)
def test_a_table_for_which_there_is_no_room_is_said_and_not_there(
    words: tuple[str, ...], network: Path, tmp_path: Path
) -> None:
    """The system allows files of 2,000 bytes, and no larger ones."""
    named = [str(network) if word == "NETWORK" else word for word in words]
    program = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
    program += "from impact_cli.cli.app import main; main()"
    command = [sys.executable, "-B", "-c", program, *named]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    outcome = Outcome(told.returncode, told.stdout, told.stderr)
    assert outcome.failed_well, told.stderr
    assert not any(tmp_path.iterdir())
