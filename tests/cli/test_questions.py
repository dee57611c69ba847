import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from cli.commands import run
from hypothesis import given
from strategies import sheets
from writing import real_catalogue, write_section

from impact_cli.answers.sheet import Sheet
from impact_cli.answers.sheet_file import encode_sheet


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A catalogue with two faults, on lines 7 and 8."""
    return write_section(
        tmp_path / "broken",
        """
        questions:
          - {id: combien, kind: numbr, ask: "Combien ?", topic: le nombre}
          - {id: qui, kind: text, ask: "Qui ?", topik: la personne}
        tell: []
        """,
    )


def test_the_tree_counts_every_question_of_every_section(home: Path) -> None:
    told = run("questions", home=home)
    catalogue = real_catalogue()
    asked = [each for each in catalogue.questions.values() if each.asked and "." not in each.id]
    assert told.code == 0
    assert told.out.splitlines()[0].startswith(f"{catalogue.title} ({len(asked)} questions, ")
    for section in catalogue.sections:
        assert f"  {section.id} " in told.out
    assert not home.exists()


@pytest.mark.parametrize("section", [section.id for section in real_catalogue().sections])
def test_a_section_shows_its_questions_and_options(home: Path, section: str) -> None:
    told = run("questions", section, home=home)
    (shown,) = (each for each in real_catalogue().sections if each.id == section)
    assert told.code == 0
    for question in shown.questions:
        assert question.ask.replace("\u00a0", " ").replace("\u202f", " ") in told.out
        for option in getattr(question, "options", ()):
            assert f"[{option.id}]" in told.out


def test_our_questionnaire_has_no_fault(home: Path) -> None:
    told = run("questions", "check", home=home)
    assert told.code == 0
    assert "aucune faute" in told.out


def test_every_fault_is_a_line_with_its_place_and_the_nearest_word(home: Path, broken: Path) -> None:
    told = run("questions", "check", str(broken), home=home)
    lines = told.out.splitlines()
    assert told.code == 1
    assert not told.betrays_a_fault
    assert any(line.startswith(f"{broken}/famille.yaml:7:") and "« number »" in line for line in lines)
    assert any(line.startswith(f"{broken}/famille.yaml:8:") and "« topic »" in line for line in lines)


@pytest.mark.parametrize("words", [("show",), ("list",), ("questions",), ("questions", "export"), ("survey", "Lieu")])
def test_a_faulty_questionnaire_stops_every_command_with_its_faults(
    home: Path, broken: Path, words: tuple[str, ...]
) -> None:
    first, *rest = words
    told = run(first, "--questions", str(broken), *rest, home=home)
    assert told.failed_well
    assert not home.exists()


def test_a_folder_without_a_questionnaire(home: Path, tmp_path: Path) -> None:
    told = run("questions", "check", str(tmp_path), home=home)
    assert told.code == 1
    assert "catalogue.yaml" in told.out + told.err


def test_an_unknown_export_is_told(home: Path) -> None:
    told = run("questions", "export", "--format", "json", home=home)
    assert told.code == 2
    assert "Les choix : json-schema, table-schema, markdown, pdf, xlsform." in told.err


def test_an_export_goes_to_a_file_or_says_why_not(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "formulaire.md"
    assert run("questions", "export", "-o", str(file), home=home).code == 0
    assert file.read_text(encoding="utf-8").startswith("# ")
    told = run("questions", "export", "-o", str(tmp_path / "nulle" / "part.md"), home=home)
    assert told.failed_well
    assert "n’existe pas" in told.err


def test_the_paper_form_has_every_question_and_option(home: Path) -> None:
    form = run("questions", "export", home=home).out
    for question in real_catalogue().questions.values():
        shown = question.ask.replace("\u00a0", " ").replace("\u202f", " ") in form
        assert shown == (question.asked and "." not in question.id), question.id  # an option's words stand beside it


def test_the_ending_of_a_file_chooses_its_form(home: Path, tmp_path: Path) -> None:
    form = tmp_path / "impact.xlsx"
    told = run("questions", "export", "-o", str(form), home=home)
    assert (told.code, told.out) == (0, "")
    assert form.read_bytes().startswith(b"PK")
    said = told.err.splitlines()
    assert said[0] == f"Questionnaire enregistré : {form}"
    assert said[1] == "Sa première page dit ce qu’un formulaire ne sait pas faire :"
    assert "- Les nombres se donnent ici en chiffres, sans mots autour." in said


@pytest.mark.slow
def test_a_form_of_bytes_has_a_name_of_its_own(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("impact.pdf", "impact-2.pdf"):
        assert run("questions", "export", "--format", "pdf", home=home).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


@cache
def validator() -> jsonschema.Draft202012Validator:
    exported = json.loads(run("questions", "export", "--format", "json-schema", home=Path("nowhere")).out)
    jsonschema.Draft202012Validator.check_schema(exported)
    return jsonschema.Draft202012Validator(exported)


@pytest.mark.slow
@given(sheets(real_catalogue()))
def test_the_schema_accepts_every_sheet_we_write(sheet: Sheet) -> None:
    validator().validate(json.loads(encode_sheet(sheet)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("insertion.combien", "20"),
        ("insertion.combien", -1),
        ("lien_social.publics", ["ours"]),
        ("lien_social.publics", []),
        ("lien_social.frequence", "souvent"),
        ("bilan_individuel.intensite", 6),
        ("egalite.parite", {"equipe": "plein"}),
        ("egalite.parite", {"ours": "plus"}),
        ("lieu.commune", ""),
    ],
)
def test_the_schema_refuses_what_the_prompt_refuses(home: Path, key: str, value: object) -> None:
    run("survey", "Lieu", "--edition", "2026", "--answers", "-", home=home, stdin='{"lieu.commune": "Massy"}')
    sheet = json.loads((home / "lieu" / "2026.json").read_bytes())
    assert validator().is_valid(sheet)
    sheet["answers"][key] = value
    assert not validator().is_valid(sheet)
