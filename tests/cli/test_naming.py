"""How commands find a venue, an edition, a section, and how a name is corrected."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from another_user import run_as_another
from cli.commands import answer, made_once, photograph, run
from cli.terminal_session import TerminalSession

from impact_cli.answers.keeping.locks import lock_sheet

FILATURE = "La Filature des Possibles"


EVRY = {"lieu.commune": "Évry"}


@made_once
def home(home: Path) -> None:
    for name in (FILATURE, "Uto-Pic Coworking", "L’Été d’ici", "Numéripôle (Le)"):
        assert answer(home, name).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("la", "filature", "des", "possibles"),
        ("filature", "des", "possibles"),
        ("fil",),
        ("La Fil",),
        ("uto", "pic"),
        ("Uto–Pic Cow",),
        ("lʼété", "d‘ici"),
        (unicodedata.normalize("NFD", "L’Été d’ici"),),
        ("le", "numeripole"),
    ],
    ids=" ".join,
)
def test_a_name_is_found_as_people_type_it(home: Path, words: tuple[str, ...]) -> None:
    told = run("show", *words, home=home)
    assert (told.code, told.err) == (0, "")
    before = photograph(home)
    assert run("history", *words, home=home).code == 0
    assert photograph(home) == before


@pytest.mark.parametrize(
    "name", ["uto\u2011pic coworking", "UTO PIC COWORKING", "L'E\u0301te\u0301 d'ici", "Été\u200b d’ici (L’)"]
)
def test_other_signs_make_no_second_venue(home: Path, name: str) -> None:
    answer(home, name, answers=EVRY)
    assert len(json.loads(run("list", "--json", home=home).out)) == 4


def test_a_beginning_of_two_names_is_no_name(home: Path) -> None:
    answer(home, "La Filandière")
    told = run("show", "fila", home=home)
    assert told.failed_well
    assert FILATURE in told.err
    assert "La Filandière" in told.err


def test_a_beginning_is_not_enough_to_delete_unasked(home: Path) -> None:
    before = photograph(home)
    told = run("delete", "fil", "--yes", home=home)
    assert told.failed_well
    assert f"Vouliez-vous dire « {FILATURE} » ?" in told.err
    assert photograph(home) == before


def test_an_article_behind_a_name_is_said_before_it(home: Path) -> None:
    assert "Le Numéripôle" in run("list", home=home).out.splitlines()


@pytest.mark.slow
def test_the_survey_asks_whether_it_is_the_venue_that_begins_so(home: Path) -> None:
    with TerminalSession("survey", "filature", home=home) as session:
        session.until("Est-ce ce lieu ?", FILATURE)


@pytest.mark.slow
def test_delete_alone_asks_which_sheet(home: Path) -> None:
    answer(home, FILATURE, "2025")
    with TerminalSession("delete", home=home) as session:
        session.until("De quel lieu", FILATURE)
        session.type("\x03")
        assert session.leave() == 130
    told = run("delete", home=home)
    assert told.failed_well


def test_the_command_that_brings_back_works_where_the_sheets_are(home: Path, tmp_path: Path) -> None:
    told = run("delete", FILATURE, "--yes", "--home", str(home), home=tmp_path / "autre")
    command = told.err.strip().splitlines()[-1].split()
    assert f'"{home}"' in command
    words = [word.strip('"') for word in command[1:]]
    assert run(*words, home=tmp_path / "autre").code == 0
    assert FILATURE in run("list", home=home).out


# Editions


def test_answers_go_on_with_the_edition_in_progress(home: Path) -> None:
    answer(home, "Le Four", "2019")
    told = run("survey", "Le Four", "--answers", "-", home=home, stdin=json.dumps(EVRY))
    assert "--edition" in told.err
    rows = [row for row in json.loads(run("list", "--json", home=home).out) if row["venue"] == "Le Four"]
    assert [row["edition"] for row in rows] == ["2019"]


# Sections


@pytest.mark.parametrize("named", ["lien_social", "Lien social", "LIEN SOCIAL", "lien  social"])
def test_a_section_is_named_by_its_id_or_its_title(home: Path, named: str) -> None:
    assert run("questions", named, home=home).out.startswith("Lien social (lien_social")


def test_the_beginning_of_a_section_is_suggested_before_the_nearest_spelling(home: Path) -> None:
    for words in (("questions", "lien"), ("survey", "--section", "lien")):
        told = run(*words, home=home)
        assert (told.code, "Vouliez-vous dire « lien_social » ?" in told.err) == (2, True)


# A name corrected


def test_a_name_is_corrected_with_folder_and_history(home: Path) -> None:
    answer(home, FILATURE, "2025")
    answer(home, FILATURE, answers=EVRY)
    told = run("rename", "fil", "La Filature de Tous", home=home)
    assert told.code == 0
    assert str(home / "filature-de-tous") in told.err
    assert not (home / "filature-des-possibles").exists()
    assert "avant : Massy" in run("history", "La Filature de Tous", "--edition", "2026", home=home).out
    names = [row["venue"] for row in json.loads(run("list", "--json", home=home).out)]
    assert names.count("La Filature de Tous") == 2


def test_a_name_is_corrected_from_the_menu_of_the_survey(home: Path) -> None:
    answer(home, FILATURE)
    told = run(
        "survey", FILATURE, "--edition", "2026", home=home, stdin="3\nUto-Pic Coworking\n3\nLa Filature de Tous\n4\n"
    )
    assert "a déjà ses fiches" in told.out
    assert "s’appelle maintenant « La Filature de Tous »" in told.err
    assert "La Filature de Tous, édition 2026" in told.out
    assert (home / "filature-de-tous" / "2026.json").exists()


def test_the_name_in_a_sheet_elsewhere_is_corrected_there(home: Path) -> None:
    answer(home, FILATURE)
    sheet = home / "filature-des-possibles" / "2026.json"
    run("survey", str(sheet), home=home / "other", stdin="3\nLa Filature de Tous\n4\n")
    assert json.loads(sheet.read_bytes())["venue"] == "La Filature de Tous"


def test_a_name_of_another_venue_is_refused(home: Path) -> None:
    before = photograph(home)
    assert run("rename", FILATURE, "uto pic coworking", home=home).failed_well
    assert run("rename", FILATURE, "?!", home=home).failed_well
    assert run("rename", "rien", "Autre", home=home).failed_well
    assert photograph(home) == before


def test_a_name_waits_for_whoever_begins_an_edition(home: Path) -> None:
    begun = home / "filature-des-possibles" / "2031.json"
    before = photograph(home)
    with lock_sheet(begun, FILATURE):
        told = run("rename", FILATURE, "Le Hangar", home=home)
    assert told.failed_well
    assert "une autre saisie est ouverte" in told.err
    assert {path: content for path, content in photograph(home).items() if path.suffix == ".json"} == {
        path: content for path, content in before.items() if path.suffix == ".json"
    }
    assert run("rename", FILATURE, "Le Hangar", home=home).code == 0


def test_the_same_name_spelt_better_keeps_its_folder(home: Path) -> None:
    assert run("rename", "Numéripôle (Le)", "Le Numéripôle", home=home).code == 0
    assert (home / "numeripole" / "2026.json").exists()
    assert "Le Numéripôle" in run("list", home=home).out


# Completion explains itself


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_person_who_asks_for_completion_is_told_what_to_do(home: Path, shell: str) -> None:
    with TerminalSession("completion", shell, home=home, columns=100) as session:
        session.until(f"impact completion {shell} > ~/", "nouveau terminal")
    assert "_IMPACT_COMPLETE" in run("completion", shell, home=home).out


# A folder that one may not enter


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("show", "filature"), ("delete", "filature-des-possibles", "--yes"), ("rename", "filature", "Autre")]
)
def test_a_folder_of_somebody_else_is_said(home: Path, words: tuple[str, ...]) -> None:
    folder = home / "filature-des-possibles"
    folder.chmod(0)
    told = run_as_another(home, *words)
    listed = run_as_another(home, "list")
    folder.chmod(0o700)
    assert told.returncode == 1
    assert str(folder) in told.stderr
    assert "vous n’avez pas le droit d’entrer" in told.stderr
    assert str(folder) in listed.stderr


# A file, or a name that fills the screen


@pytest.mark.parametrize("words", [("show",), ("history",), ("survey",), ("survey", "--answers", "-")], ids=" ".join)
def test_a_report_in_place_of_a_venue_is_told_with_the_command_that_reads_it(
    home: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    report = tmp_path / "rapport final.pdf"
    report.write_bytes(b"%PDF-1.7")
    told = run(words[0], *f"{report}".split(" "), *words[1:], home=home, stdin="{}")
    assert told.failed_well
    assert f'impact import "{report}"' in told.err
    assert len(photograph(home)) == 4


def test_a_venue_that_is_called_as_a_file_is_a_venue(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer(home, "Le Bar St.Jean")
    (tmp_path / "Le Bar St.Jean").write_bytes(b"Une note.")
    assert run("show", "Le Bar St.Jean", home=home).code == 0


def test_no_sentence_fills_the_screen_with_a_name(home: Path, tmp_path: Path) -> None:
    """One typed, or one that a hand wrote into a sheet; only the line of a command or a path has it whole."""
    long = f"Numéripôle {'é' * 900}"
    sheet = home / "numeripole" / "2026.json"
    for folder, name in (("aa", f"{long} a"), ("ab", f"{long} b")):
        (home / folder).mkdir()
        named = {**json.loads(sheet.read_bytes()), "venue": name, "edition": "e" * 900}
        (home / folder / "2026.json").write_text(json.dumps(named), encoding="utf-8")
    report = tmp_path / f"{'é' * 100}.txt"
    run("show", "aa", "-o", str(report), home=home)
    lines = [
        *(("list",), ("show", "numeripole é"), ("show", long), ("show", "aa"), ("show", "aa", "--edition", "2020")),
        *(("compare", "aa"), ("compare", long), ("compare", "aa", "ab"), ("history", "aa"), ("history", long)),
        *(("survey", "aa"), ("survey", "aa", "--answers", "-"), ("survey", long), ("survey", long, "--answers", "-")),
        *(("survey", "--section", long), ("questions", long), ("questions", "check", long), ("completion", long)),
        *(("rename", "Uto-Pic", f"{long} a"), ("rename", "aa", "Uto-Pic Coworking"), ("rename", long, "Autre")),
        *(("import", str(report)), ("import", str(report), "--venue", f"{long} a"), ("import", long)),
        *(("import", str(report), "--edition", long), ("show", "aa", "--edition", long), ("panorama", long)),
        *(("delete", long), ("delete", "aa"), ("delete", "aa", "--yes"), ("delete", long, "--restore")),
        *(("delete", "rien", "--restore"), ("delete", "aa", "--restore"), ("dataset", long, "-o", str(tmp_path / "d"))),
        *(("rename", "aa", "Un nom"), ("panorama", "--edition", long), ("show", "aa", "--format", long)),
    ]
    told = {words: run(*words, home=home, stdin="{}") for words in lines}
    said = [(words, line) for words, each in told.items() for line in (each.out + each.err).splitlines()]
    told_whole = [(words, line) for words, line in said if re.search("[eé]{310}", line) and not line.startswith("  ")]
    assert not told_whole
