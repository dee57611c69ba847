import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from another_user import own_folder, run_as_another
from cli.commands import Outcome, answer, made_once, photograph, run
from cli.terminal_session import TerminalSession
from copied import list_faults

from impact_cli.cli.parts.formats import FORMATS

ANSWERS = {
    "lieu.commune": "Massy",
    "lien_social.publics": ["voisins", "benevoles"],
    "lien_social.exemple": "Le [café] <b>du</b> lieu 🎉 =SOMME(A1)",
    "bilan_individuel.intensite": 4,
    "bilan_individuel.mots_cles": ["entraide"],
}
ONE_SENTENCE = "Commune : Massy."


@made_once
def filled(home: Path) -> None:
    assert answer(home, "Les Halles", answers=ANSWERS).code == 0


@pytest.fixture
def halles(filled: Path) -> Path:
    return filled / "halles" / "2026.json"


def show(home: Path, *words: str, folder: Path | None = None) -> Outcome:
    if folder is None:
        return run("show", *words, home=home)
    here = Path.cwd()
    os.chdir(folder)
    try:
        return run("show", *words, home=home)
    finally:
        os.chdir(here)


def test_without_a_sheet_the_two_next_commands_are_said(home: Path) -> None:
    told = show(home)
    assert told.failed_well
    assert "impact survey" in told.err
    assert "impact demo" in told.err
    assert not home.exists()


@pytest.mark.usefixtures("halles")
def test_the_only_venue_needs_no_name(home: Path) -> None:
    told = show(home)
    assert told.code == 0
    assert "Effets sociaux et urbains des Halles" in told.out
    assert ONE_SENTENCE in told.out


STORY = "Le [café] <b>du</b> lieu 🎉 =SOMME(A1)"


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize("form", ["text", "markdown", "json", "html", "pdf", "docx"])
def test_a_text_without_consent_leaves_only_in_a_document_that_says_so(home: Path, tmp_path: Path, form: str) -> None:
    public, internal = tmp_path / "public", tmp_path / "internal"
    assert show(home, "--trace", "--format", form, "-o", str(public)).code == 0
    assert show(home, "--format", form, "-o", str(internal), "--internal").code == 0
    assert not any(word in read_file(public) for word in ("café", "SOMME", "version interne"))
    assert all(word in read_file(internal) for word in ("café", "SOMME", "version interne", "Non publié"))
    assert stat.S_IMODE(internal.stat().st_mode) == 0o600


def read_file(file: Path) -> str:
    """All that a file holds, of its packed parts too, with plain spaces."""
    content = file.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(file) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    if content.startswith(b"%PDF"):
        read = [("pdftotext", str(file), "-"), ("pdfinfo", str(file)), ("pdfinfo", "-meta", str(file))]
        content = b"".join(subprocess.run(words, capture_output=True, check=True).stdout for words in read)
    return content.decode(errors="replace").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.slow
@pytest.mark.usefixtures("halles")
def test_a_pipe_is_public_and_a_terminal_is_the_venue_s_own(home: Path) -> None:
    assert STORY not in show(home).out
    assert STORY in show(home, "--internal").out
    with TerminalSession("show", "Les Halles", home=home, rows=200) as terminal:
        assert terminal.leave() == 0
    assert "Non publié : ▌ Le [café]" in terminal.words
    assert "version interne" not in terminal.words


@pytest.mark.usefixtures("halles")
def test_an_internal_file_is_named_so(home: Path, tmp_path: Path) -> None:
    show(home, "--format", "html", "--internal", folder=tmp_path)
    assert [file.name for file in tmp_path.glob("*.html")] == ["effets-halles-2026-version-interne.html"]


@pytest.mark.usefixtures("halles")
def test_among_several_venues_a_name_is_needed(home: Path) -> None:
    answer(home, "La Remise")
    told = show(home)
    assert told.code == 2
    assert "Vos lieux : Les Halles, La Remise." in told.err or "Vos lieux : La Remise, Les Halles." in told.err


@pytest.mark.usefixtures("halles")
def test_a_name_nearly_right_is_suggested(home: Path) -> None:
    told = show(home, "Les Hales")
    assert told.failed_well
    assert "Vouliez-vous dire « Les Halles » ?" in told.err


def test_a_path_is_shown_wherever_it_lies(halles: Path, tmp_path: Path) -> None:
    assert ONE_SENTENCE in show(tmp_path / "elsewhere", str(halles)).out


def test_the_latest_edition_is_shown_unless_one_is_named(halles: Path, home: Path) -> None:
    answer(home, "Les Halles", "2027", {"lieu.commune": "Évry"})
    assert halles.with_name("2027.json").exists()
    assert "Commune : Évry." in show(home).out
    assert ONE_SENTENCE in show(home, "--edition", "2026").out


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("--edition", "2019"), "Ses éditions : 2026.", 1),
        (("--edition", "../2026"), "n’est pas une édition", 2),
        (("--format", "pdff"), "Vouliez-vous dire « pdf » ?", 2),
        (("-o", "rapport.xyz"), ".md, .markdown", 2),
        (("-o", "rapport"), "la fin du nom ne dit pas quel format", 2),
        (("-o", "nulle/part/rapport.md"), "le dossier « nulle/part » n’existe pas", 1),
        (("-o", "dossier.md"), "c’est un dossier", 1),
        (("rien.json",), "il n’existe pas", 1),
        (("?!",), "ni lettre ni chiffre", 2),
        (("",), "Effets", 0),
    ],
)
def test_what_cannot_be_shown_is_said_and_changes_nothing(
    home: Path, tmp_path: Path, words: tuple[str, ...], sentence: str, code: int
) -> None:
    (tmp_path / "dossier.md").mkdir()
    before = photograph(tmp_path)
    told = show(home, *words, folder=tmp_path)
    assert (told.code, told.betrays_a_fault) == (code, False)
    assert sentence in told.out + told.err
    assert photograph(tmp_path) == before


@pytest.mark.slow
def test_a_folder_without_the_right_to_write() -> None:
    home, locked = own_folder(), own_folder(0o500)
    given = '{"lieu.commune": "Massy"}'
    assert run_as_another(home, "survey", "Les Halles", "--answers", "-", given=given).returncode == 0
    told = run_as_another(home, "show", "Les Halles", "-o", str(locked / "rapport.md"))
    assert told.returncode == 1
    assert "vous n’en avez pas le droit" in told.stderr
    assert not list(locked.iterdir())


def test_a_report_never_takes_the_place_of_a_sheet(halles: Path, home: Path) -> None:
    answer(home, "Les Halles", "2027")
    before = photograph(home)
    for target in (halles, halles.with_name("2027.json")):
        for words in (("show", "Les Halles", "-o"), ("demo", "-o"), ("questions", "export", "-o")):
            told = run(*words, str(target), home=home)
            assert told.code == 2
            assert "fiche" in told.err
    assert photograph(home) == before


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize("ending", ["txt", "md", "json"])
def test_a_file_is_written_in_the_format_of_its_ending_and_again(home: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"rapport.{ending}"
    assert show(home, "-o", str(file)).code == 0
    first = file.read_bytes()
    told = show(home, "-o", str(file), "--force")
    assert told.code == 0
    assert file.read_bytes() == first
    assert b"Massy" in first
    assert str(file) in told.err


@pytest.mark.usefixtures("halles")
def test_a_piped_report_is_plain_text_without_a_sequence(home: Path) -> None:
    told = show(home)
    assert "\x1b" not in told.out
    assert told.out == show(home, "--format", "text").out
    assert "\x1b" not in show(home, "--format", "terminal").out


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize("form", ["text", "markdown", "json", "terminal"])
def test_a_trace_names_the_questions_of_each_sentence(home: Path, form: str) -> None:
    assert "lieu.commune" in show(home, "--trace", "--format", form).out


@pytest.mark.usefixtures("halles")
def test_the_json_is_the_blocks(home: Path) -> None:
    report = json.loads(show(home, "--format", "json").out)
    row = {"label": "Commune", "value": "Massy"}
    assert {"rows": [row], "type": "facts", "tells": ["lieu.commune"]}.items() <= report["blocks"][2].items()


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_a_format_of_files_gets_a_name_that_no_file_has(home: Path, tmp_path: Path, form: str) -> None:
    assert form in FORMATS
    for name in (f"effets-halles-2026.{form}", f"effets-halles-2026-2.{form}"):
        told = show(home, "--format", form, folder=tmp_path)
        assert told.code == 0
        assert (tmp_path / name).exists()


def test_an_answer_the_questionnaire_no_longer_has_is_kept_and_said(halles: Path, home: Path) -> None:
    sheet = json.loads(halles.read_bytes())
    sheet["answers"]["disparue.question"] = "Un reste."
    halles.write_text(json.dumps(sheet), encoding="utf-8")
    before = photograph(home)
    told = show(home)
    assert told.code == 0
    assert "disparue.question : réponse gardée dans la fiche" in told.err
    assert "Un reste." not in told.out
    assert photograph(home) == before


def test_the_demo_touches_nothing(home: Path) -> None:
    told = run("demo", home=home)
    assert told.code == 0
    assert "Ateliers du Héron" in told.out
    assert not home.exists()


@pytest.mark.usefixtures("halles")
def test_a_terminal_of_20_columns_gets_the_whole_report(home: Path) -> None:
    told = run("show", "--format", "terminal", home=home, environ={"COLUMNS": "20"})
    assert max(map(len, told.out.splitlines())) <= 20
    assert "Effets sociaux et urbains des Halles" in " ".join(told.out.split())


# The list


def test_no_sheet_makes_an_empty_list(home: Path) -> None:
    assert json.loads(run("list", "--json", home=home).out) == []
    told = run("list", home=home)
    assert (told.code, told.out) == (0, "")
    assert "impact survey" in told.err


def test_an_edition_in_progress_is_offered_by_its_command(halles: Path, home: Path) -> None:
    later = halles.with_name("2027.json")
    later.write_text(
        halles.read_text(encoding="utf-8").replace('"edition": "2026"', '"edition": "2027"'), encoding="utf-8"
    )
    halles.write_text(halles.read_text(encoding="utf-8").replace("in_progress", "finished"), encoding="utf-8")
    for command in ("show", "history"):
        told = run(command, "Les Halles", home=home)
        assert "Voici l’édition 2026, la dernière qui est terminée." in told.err
        assert f'impact {command} "Les Halles" --edition 2027\n' in told.err


def test_the_list_tells_venues_editions_and_progress(halles: Path, home: Path) -> None:
    answer(home, "La Remise", "2025")
    run("survey", "Les Halles", "--edition", "2027", home=home, stdin="2\n\n")
    lines = run("list", home=home).out.splitlines()
    assert lines[0] == "Les Halles"
    assert lines[1].startswith("  2026 : 5 réponses sur ")
    assert lines[2].startswith("  2027 : 0 réponse sur ")
    assert lines[3] == "La Remise"
    assert lines[4].startswith("  2025 : 1 réponse sur ")
    assert all("fiche en cours" in lines[index] for index in (1, 2, 4))
    rows = json.loads(run("list", "--json", home=home).out)
    assert [(row["venue"], row["edition"], row["answered"]) for row in rows] == [
        ("Les Halles", "2026", 5),
        ("Les Halles", "2027", 0),
        ("La Remise", "2025", 1),
    ]
    assert rows[0]["path"] == str(halles)


def test_a_sheet_that_cannot_be_read_is_listed_as_such(halles: Path, home: Path) -> None:
    halles.write_bytes(b"{")
    told = run("list", home=home)
    assert told.code == 0
    assert f"fiche illisible ({halles})" in told.out
    assert json.loads(run("list", "--json", home=home).out)[0]["status"] is None


@pytest.mark.parametrize(
    ("form", "named", "module"), [("html", "HTML", "jinja2"), ("pdf", "PDF", "typst"), ("docx", "Word", "docx")]
)
def test_a_format_without_its_module_names_the_install_command(
    halles: Path, monkeypatch: pytest.MonkeyPatch, form: str, named: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    written = halles.with_name(f"rapport.{form}")
    shown = run("show", str(halles), "-o", str(written), home=halles.parent.parent)
    assert shown.code == 1
    assert f"format {named}" in shown.err
    assert shown.err.endswith(f'{sys.executable} -m pip install "impact-cli[{form}]"\n')
    assert not written.exists()


@pytest.mark.slow
def test_mypy_names_the_one_place_that_must_learn_a_new_format(tmp_path: Path) -> None:
    last = '    DOCX = "docx", ".docx"\n'
    faults = list_faults(tmp_path, "cli/parts/formats.py", last, f'{last}    RTF = "rtf", ".rtf"\n')
    assert faults.keys() == {"cli/parts/reporting.py"}
