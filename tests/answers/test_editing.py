"""Whoever writes to a sheet goes one way, and leaves what was there in its history."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli.commands import Outcome, run
from writing import NOW, new_sheet, real_catalogue, write_section

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.keeping.editing import editing
from impact_cli.answers.keeping.history import history_path, read_changes
from impact_cli.answers.keeping.locks import lock_sheet
from impact_cli.answers.keeping.snapshots import catalogue_path, find_kept_catalogue
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import PUBLISHED, Status, Value
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.errors import ImpactError
from impact_cli.render.text import render_text
from impact_cli.report.build import build_report

SECTION = """
questions:
  - {{id: rythme, kind: one, ask: Quand ?, topic: le rythme, {was}options: [{{id: jour, label: jour}},
     {{id: mois, label: mois, was: [lune]}}]}}
  - {{id: combien, kind: number, ask: Combien ?, topic: le nombre}}
  - {{id: autant, kind: number, ask: Combien ?, topic: l’autre nombre}}
tell: ["{word} {{rythme}}.", "Nombre : {{combien}}.", "Autre : {{autant}}."]
"""


@pytest.fixture
def write_questions(tmp_path: Path) -> Callable[..., Path]:
    def write(word: str = "Chaque", was: str = "") -> Path:
        return write_section(tmp_path / "questions", SECTION.format(word=word, was=was))

    return write


def _save(home: Path, questions: Path, status: Status = Status.IN_PROGRESS) -> Stored:
    catalogue = load_catalogue(questions)
    sheet = new_sheet(catalogue, {"rubrique.rythme": "jour", "rubrique.combien": 3})
    stored = Stored(home / "remise" / "2026.json", replace(sheet, status=status), digest="")
    return save_sheet(stored, catalogue, keep=True)


def test_a_value_that_stands_under_another_key_has_not_moved(
    tmp_path: Path, write_questions: Callable[..., Path]
) -> None:
    stored = _save(tmp_path, write_questions())
    catalogue = load_catalogue(write_questions("Tous les"))
    sheet = follow_catalogue(catalogue, stored.sheet).sheet
    sheet = replace(sheet, answers={"rubrique.rythme": "jour", "rubrique.autant": 3})
    saved = save_sheet(replace(stored, sheet=sheet), catalogue)
    (change,) = read_changes(saved.path, saved.sheet, catalogue)
    assert (change.key, change.was, change.now) == ("rubrique.combien", 3, None)


def test_the_history_follows_a_question_and_an_option_that_were_renamed(
    tmp_path: Path, write_questions: Callable[..., Path]
) -> None:
    stored = _save(tmp_path, write_questions())
    document = {"when": NOW.isoformat(), "key": "rubrique.quand", "was": "lune", "now": "jour"}
    history_path(stored.path).write_text(json.dumps(document) + "\n", encoding="utf-8")
    questions = write_questions(was="was: [quand], ")
    told = run("history", "La Remise", "--questions", str(questions), home=tmp_path)
    assert "avant : mois" in told.out
    outcome = run("history", "La Remise", "--restore", "1", "--questions", str(questions), home=tmp_path)
    assert outcome.code == 0, outcome.err
    assert load_sheet(stored.path).sheet.answers["rubrique.rythme"] == "mois"


def _answer(home: Path, questions: Path | None, tmp_path: Path, environ: dict[str, str]) -> Outcome:
    (tmp_path / "r.json").write_text('{"rubrique.rythme": "mois"}', encoding="utf-8")
    named = ("--questions", str(questions)) if questions else ()
    words = ("survey", "La Remise", "--edition", "2026", "--answers", str(tmp_path / "r.json"), *named)
    return run(*words, home=home, environ=environ)


def _restore(home: Path, questions: Path | None, _tmp_path: Path, environ: dict[str, str]) -> Outcome:
    named = ("--questions", str(questions)) if questions else ()
    return run("history", "La Remise", "--restore", "1", *named, home=home, environ=environ)


@pytest.mark.parametrize("change", [_answer, _restore])
@pytest.mark.parametrize("named", [True, False])
def test_a_finished_sheet_is_told_with_the_questionnaire_it_was_answered_with(
    change: Callable[[Path, Path | None, Path, dict[str, str]], Outcome],
    named: bool,
    tmp_path: Path,
    write_questions: Callable[..., Path],
) -> None:
    """Without another that is named, its own; and the one that is named, also when a third comes."""
    home = tmp_path / "home"
    stored = _save(home, write_questions("Chaque"))
    earlier = replace(stored, sheet=stored.sheet.with_answer("rubrique.rythme", "mois", NOW))
    catalogue = load_catalogue(write_questions("Chaque"))
    earlier = save_sheet(earlier)
    sheet = earlier.sheet.with_answer("rubrique.rythme", "jour", NOW)
    save_sheet(replace(earlier, sheet=replace(sheet, status=Status.FINISHED)), catalogue, keep=True)
    questions = write_questions("Tous les") if named else None
    outcome = change(home, questions, tmp_path, {})
    assert outcome.code == 0, outcome.err
    sheet = load_sheet(stored.path).sheet
    assert sheet.answers["rubrique.rythme"] in {"mois", "jour"}
    assert sheet.status == Status.FINISHED
    kept = find_kept_catalogue(stored.path, sheet, load_catalogue(write_questions("À chaque")))
    assert kept
    assert next(iter(kept.sections)).tell[0] == (f"{'Tous les' if named else 'Chaque'} {{rythme}}.",)


def test_a_sheet_is_finished_with_the_questionnaire_that_was_asked(
    tmp_path: Path, write_questions: Callable[..., Path]
) -> None:
    """It may be reworded, broken or gone by then."""
    questions = write_questions("Chaque")
    catalogue = load_catalogue(questions)
    (questions / "famille.yaml").unlink()
    sheet = replace(new_sheet(catalogue, {"rubrique.rythme": "jour"}), status=Status.FINISHED)
    stored = save_sheet(Stored(tmp_path / "2026.json", sheet, ""), catalogue, keep=True)
    assert find_kept_catalogue(stored.path, sheet, load_catalogue(write_questions("À chaque"))) == catalogue


def test_no_catalogue_is_kept_with_a_sheet_in_progress(tmp_path: Path, write_questions: Callable[..., Path]) -> None:
    assert not catalogue_path(_save(tmp_path, write_questions()).path).exists()


def test_what_was_written_meanwhile_is_what_is_changed(tmp_path: Path, write_questions: Callable[..., Path]) -> None:
    stored = _save(tmp_path, write_questions())
    save_sheet(replace(stored, sheet=stored.sheet.with_answer("rubrique.autant", 5, NOW)))
    with editing(stored) as fresh:
        assert fresh.sheet.answers["rubrique.autant"] == 5
        save_sheet(replace(fresh, sheet=fresh.sheet.with_answer("rubrique.combien", 4, NOW)))
    assert load_sheet(stored.path).sheet.answers["rubrique.autant"] == 5


@pytest.mark.parametrize("command", [("history", "--forget"), ("history", "--restore", "1"), ("delete", "--yes")])
def test_nobody_writes_while_a_survey_is_open(
    command: tuple[str, ...], tmp_path: Path, write_questions: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = write_questions()
    stored = _save(tmp_path, questions)
    stored = save_sheet(replace(stored, sheet=stored.sheet.with_answer("rubrique.combien", 4, NOW)))
    monkeypatch.setattr("impact_cli.cli.commands.history.confirm", lambda *_words: True)
    before = {path: path.read_bytes() for path in stored.path.parent.iterdir()}
    named = () if command[0] == "delete" else ("--questions", str(questions))
    with lock_sheet(stored.path):
        outcome = run(command[0], "La Remise", *command[1:], *named, home=tmp_path)
    assert outcome.code == 1
    assert "une autre saisie est ouverte" in outcome.err
    assert before.items() <= {path: path.read_bytes() for path in stored.path.parent.iterdir()}.items()


def test_a_newer_sheet_is_not_even_locked(tmp_path: Path, write_questions: Callable[..., Path]) -> None:
    stored = _save(tmp_path, write_questions())
    newer = replace(stored, sheet=replace(stored.sheet, format=99))
    with pytest.raises(ImpactError, match="plus récente"), editing(newer):
        raise AssertionError
    assert [path.name for path in stored.path.parent.iterdir()] == ["2026.json"]


def test_an_import_that_replaces_loses_nothing_and_inherits_no_consent(tmp_path: Path) -> None:
    """The number that vanishes stands under another key of the report: it has not moved."""
    catalogue = real_catalogue()
    before: dict[str, Value] = {
        "insertion.combien": 3,
        "sante.exemple": "Un récit perdu",
        "lien_social.exemple": "Un café",
    }
    sheet = new_sheet(catalogue, before, venue="La Remise").with_consent("sante.exemple", publish=True)
    sheet = sheet.with_consent("lien_social.exemple", publish=False)
    home = tmp_path / "home"
    path = home / "remise" / "2026.json"
    save_sheet(Stored(path, replace(sheet, status=Status.FINISHED, unplaced=("Une ligne.",)), ""), catalogue)
    published = new_sheet(catalogue, {"capacite_agir.combien": 3, "sante.exemple": "Un autre récit"})
    report = tmp_path / "rapport.txt"
    report.write_text(render_text(build_report(catalogue, published, NOW.date(), "1")), encoding="utf-8")

    words = ("import", str(report), "--venue", "La Remise", "--edition", "2026")
    before_import = path.read_bytes()
    assert run(*words, home=home).code == 1
    assert path.read_bytes() == before_import
    assert run(*words, "--replace", home=home).code == 0
    after = load_sheet(path).sheet
    assert after.answers["sante.exemple"] == "Un autre récit"
    assert after.status == Status.IN_PROGRESS
    assert "Une ligne." in after.unplaced
    assert after.consent["sante.exemple"].source == PUBLISHED
    assert "lien_social.exemple" not in after.consent
    former = {change.key: change.was for change in read_changes(path, after, catalogue)}
    assert former == before

    assert run("history", "La Remise", "--restore", "2", home=home).code == 0
    assert not load_sheet(path).sheet.may_publish("sante.exemple")
