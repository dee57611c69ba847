"""impact compare, as people run it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli.commands import Outcome, answer, made_once, run
from cli.test_show import read_file
from writing import write_section

from impact_cli.answers.keeping.store import load_sheet, save_sheet
from impact_cli.answers.sheet import Status
from impact_cli.catalogue.loading import load_catalogue

FORMER = {"lieu.benevoles": 12, "lien_social.publics": ["voisins"], "lien_social.exemple": "Un repas"}
LATTER = {"lieu.benevoles": 20, "lien_social.publics": ["voisins", "jeunes"], "lien_social.exemple": "Un bal"}
GREW = "Le nombre de bénévoles – en 2024 : 12 ; en 2026 : 20 (+8)"


@made_once
def twice(home: Path) -> None:
    """A home where Les Halles answered in 2024 and in 2026."""
    answer(home, "Les Halles", "2024", FORMER)
    answer(home, "Les Halles", "2026", LATTER)


def compare(home: Path, *words: str) -> Outcome:
    return run("compare", *words, home=home)


@pytest.mark.parametrize("words", [(), ("halles",), ("les", "halles"), ("halles", "--edition", "2026")])
def test_the_last_two_editions_are_compared(twice: Path, words: tuple[str, ...]) -> None:
    told = compare(twice, *words)
    assert told.code == 0, told.err
    assert GREW in told.out
    assert "Les publics qui se rencontrent : enfants et jeunes" in told.out


def test_two_editions_can_be_named_and_their_order_is_that_of_the_years(twice: Path) -> None:
    answer(twice, "Les Halles", "2027", {"lieu.benevoles": 30})
    assert GREW in compare(twice, "halles", "--edition", "2026", "--edition", "2024").out
    assert "en 2026 : 20 ; en 2027 : 30 (+10)" in compare(twice, "halles").out


def test_two_sheets_can_be_named_by_their_paths_or_by_their_venues(twice: Path) -> None:
    answer(twice, "Le Hangar", "2026", {"lieu.benevoles": 5})
    pair = [str(twice / "halles" / f"{year}.json") for year in ("2024", "2026")]
    assert GREW in compare(twice, *pair).out
    expected = "pour Les Halles : 20 ; pour Le Hangar : 5"
    for words in (["les halles", "le hangar"], ["les", "halles", "le", "hangar"], [pair[1], "hangar"]):
        assert "Le nombre de bénévoles" in compare(twice, *words).out
        assert set(expected.split(" ; ")) == set(_values(compare(twice, *words).out))


def _values(text: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.startswith("- Le nombre de bénévoles – pour"))
    return line.partition(" – ")[2].split(" ; ")


def test_the_edition_before_is_of_an_earlier_year_and_finished_rather_than_not(twice: Path) -> None:
    answer(twice, "Les Halles", "2025", {"lieu.benevoles": 15})
    answer(twice, "Les Halles", "2026-habitants", {"lieu.benevoles": 15})
    for edition in ("2024", "2026"):
        stored = load_sheet(twice / "halles" / f"{edition}.json")
        save_sheet(replace(stored, sheet=replace(stored.sheet, status=Status.FINISHED)))
    told = compare(twice, "halles")
    assert GREW in told.out
    assert "Édition 2026-habitants, en cours" in told.err


def test_an_edition_in_progress_that_is_compared_is_not_offered_as_well(home: Path) -> None:
    for edition in ("2025", "2026"):
        answer(home, "Les Halles", edition, LATTER)
    stored = load_sheet(home / "halles" / "2025.json")
    save_sheet(replace(stored, sheet=replace(stored.sheet, status=Status.FINISHED)))
    told = compare(home, "halles")
    assert "2025 et 2026" in told.out
    assert told.err == ""


def test_two_voices_of_a_year_are_compared_where_there_is_no_other_year(home: Path) -> None:
    answer(home, "Les Halles", "2026-equipe", FORMER)
    answer(home, "Les Halles", "2026-habitants", LATTER)
    apart = "selon « equipe » : 12 ; selon « habitants » : 20"
    assert apart in compare(home, "halles").out
    answer(home, "Les Halles", "2026", {"lieu.benevoles": 15})
    assert apart in compare(home, "halles").out
    whole = "dans l’édition 2026 : 15 ; selon « habitants » : 20"
    assert whole in compare(home, "halles", "--edition", "2026", "--edition", "2026-habitants").out


def test_one_edition_alone_is_a_sentence_that_says_what_to_do(home: Path) -> None:
    answer(home, "Les Halles", "2026", FORMER)
    told = compare(home, "halles")
    assert told.failed_well
    assert "n’a qu’une édition, 2026" in told.err
    assert 'impact survey "Les Halles" --edition ANNÉE' in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nulle", "part"), "Aucune fiche pour « nulle part »"),
        (("halles", "--edition", "2019"), "Ses éditions : 2024, 2026."),
        (("halles", "--edition", "../x"), "n’est pas une édition"),
        (("halles", *["--edition", "2024"] * 3), "Deux fiches se comparent"),
        (("halles", *["--edition", "2024"] * 2), "L’édition 2024 est donnée deux fois"),
        (("a.json", "b.json", "c.json"), "Deux fiches se comparent"),
        (("rien.json",), "il faut deux fiches"),
        (("rien.json", "autre.json"), "ne peut pas être lue"),
        (("halles", "--edition", "2024", "nulle", "part.json"), "Aucune fiche pour « halles nulle »"),
        (("rien.json", "nulle", "part"), "Aucune fiche pour « nulle part »"),
        (("halles", "--format", "pfd"), "Vouliez-vous dire « pdf »"),
    ],
)
def test_what_cannot_be_is_a_sentence(twice: Path, words: tuple[str, ...], said: str) -> None:
    told = compare(twice, *words)
    assert told.failed_well
    assert said in told.err


@pytest.mark.parametrize("form", ["text", "json", "pdf"])
def test_every_format_leaves_unpublished_words_out(twice: Path, tmp_path: Path, form: str) -> None:
    public, internal = tmp_path / "public", tmp_path / "internal"
    assert compare(twice, "halles", "--trace", "--format", form, "-o", str(public)).code == 0
    assert compare(twice, "halles", "--format", form, "-o", str(internal), "--internal").code == 0
    assert "Un bal" not in read_file(public)
    assert all(word in read_file(internal) for word in ("Un bal", "version interne"))


def test_each_line_names_its_questions_where_that_is_asked(twice: Path) -> None:
    assert f"- {GREW}\n\n[lieu.benevoles]" in compare(twice, "halles", "--trace").out


def test_a_comparison_is_not_read_back_as_a_sheet(twice: Path, tmp_path: Path) -> None:
    files = [str(tmp_path / f"comparaison.{form}") for form in ("txt", "md", "html", "docx")]
    for file in files:
        assert compare(twice, "halles", "-o", file).code == 0
    told = run("import", *files, home=tmp_path / "other")
    assert told.failed_well
    assert told.err.count("parle de plusieurs fiches et ne se relit pas") == len(files)


_OPTIONS = """
    questions:
      - id: publics
        kind: many
        ask: Qui vient ?
        topic: les publics
        options:
          - {id: voisins, label: Voisins, tell: voisins}
          - {id: familles, label: Familles, tell: familles}
        tell: "Viennent {publics}."
"""
_MORE = "          - {id: jeunes, label: Jeunes, tell: jeunes}\n        tell"


def test_a_finished_sheet_is_read_with_the_questionnaire_kept_with_it(home: Path, tmp_path: Path) -> None:
    """What was not offered before did not appear; what was, did."""
    questions = tmp_path / "questions"
    environ = {"IMPACT_QUESTIONS": str(questions)}
    for edition, section, ticked in (
        ("2024", _OPTIONS, ["voisins"]),
        ("2026", _OPTIONS.replace("        tell", _MORE), ["familles", "jeunes"]),
    ):
        write_section(questions, section)
        given = json.dumps({"rubrique.publics": ticked})
        told = run("survey", "Halles", "--edition", edition, "--answers", "-", home=home, stdin=given, environ=environ)
        assert told.code == 0, told.err
        stored, catalogue = load_sheet(home / "halles" / f"{edition}.json"), load_catalogue(questions)
        finished = replace(stored, sheet=replace(stored.sheet, status=Status.FINISHED))
        save_sheet(finished, catalogue, keep=True)
    told = run("compare", "halles", home=home, environ=environ)
    assert "En 2026, mais pas en 2024 :\n\n- Les publics : familles\n" in told.out
    assert "proposé d’un seul côté (2026) : les publics (jeunes)." in told.out
    assert told.err == ""
    assert run("compare", "halles", "--questions", str(questions), home=home).out == told.out


def test_a_report_in_place_of_a_sheet_is_to_be_read_back_first(twice: Path, tmp_path: Path) -> None:
    report = tmp_path / "rapport.pdf"
    report.write_bytes(b"%PDF-1.7")
    for words in ((str(report),), ("halles", str(report)), (str(twice / "halles" / "2024.json"), str(report))):
        told = compare(twice, *words)
        assert told.failed_well
        assert "ce fichier n’est pas une fiche" in told.err
        assert "impact import" in told.err


def test_the_second_of_two_venues_is_completed_as_the_first_is(twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(twice, "Le Hangar", "2026", {"lieu.benevoles": 5})
    offered = {}
    for typed in (("",), ("halles", ""), ("halles", "h"), ("halles", "hangar", "")):
        monkeypatch.setenv("COMP_WORDS", "\n".join(("impact", "compare", *typed)))
        monkeypatch.setenv("COMP_CWORD", str(1 + len(typed)))
        told = run("compare", home=twice, environ={"_IMPACT_COMPLETE": "complete_bash"}).out
        offered[typed] = [line for line in told.splitlines() if line]
    assert offered == {
        ("",): ["plain,Les Halles", "plain,Le Hangar"],
        ("halles", ""): ["plain,Le Hangar"],
        ("halles", "h"): ["plain,hangar"],
        ("halles", "hangar", ""): [],
    }
