"""Sheets of other versions, and catalogues that changed since: nothing is rewritten, nothing is dropped."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from writing import new_sheet, real_catalogue, write_catalogue, write_section

from impact_cli.answers import migrations
from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.keeping.history import compare_sheets
from impact_cli.answers.keeping.snapshots import catalogue_path, find_kept_catalogue, keep_catalogue
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Status, Value
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.cli.parts.account import tell_changes
from impact_cli.errors import FaultsError, ImpactError

BEFORE = """
- id: lien
  title: Lien
  questions:
    - id: publics
      kind: many
      ask: Qui ?
      topic: les publics
      options:
        - {id: voisins, label: V, tell: voisins}
        - {id: amis, label: A, tell: amis}
        - {id: vieux, label: X, tell: x}
    - id: rythme
      kind: one
      ask: Quand ?
      topic: le rythme
      options: [{id: jour, label: J, tell: chaque jour}, {id: mois, label: M, tell: chaque mois}]
    - id: exemple
      kind: text
      ask: Un exemple ?
      topic: un exemple
  tell: ["Publics : {publics:bullets}", "Le rythme est {rythme}.", "{exemple:quote}"]
"""
# Renamed: option amis → proches. Removed: option vieux, question rythme. Moved: exemple, to another section.
AFTER = """
- id: lien
  title: Lien
  questions:
    - id: publics
      kind: many
      ask: Qui ?
      topic: les publics
      options: [{id: voisins, label: V, tell: voisins}, {id: proches, label: A, tell: amis, was: [amis]}]
  tell: ["Publics : {publics:bullets}"]
- id: recits
  title: Récits
  questions:
    - id: recit
      kind: text
      ask: Un récit ?
      topic: un récit
      was: [lien.exemple]
  tell: ["{recit:quote}"]
"""
ANSWERS: dict[str, Value] = {"lien.publics": ("amis", "vieux"), "lien.rythme": "mois", "lien.exemple": "Une voisine"}


@pytest.fixture
def before(tmp_path: Path) -> Catalogue:
    return load_catalogue(write_catalogue(tmp_path / "avant", BEFORE))


@pytest.fixture
def after(tmp_path: Path) -> Catalogue:
    return load_catalogue(write_catalogue(tmp_path / "apres", AFTER))


def rename_answers(document: Mapping[str, object]) -> Mapping[str, object]:
    """An invented step to format 3: the format before called the answers otherwise."""
    return {("answers" if key == "replies" else key): value for key, value in document.items()}


@pytest.fixture
def older(tmp_path: Path, before: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet of format 2, in a program whose format is 3."""
    document = json.loads(encode_sheet(new_sheet(before, {"lien.rythme": "mois"})))
    document["replies"] = document.pop("answers")
    path = tmp_path / "2026.json"
    path.write_text(json.dumps({**document, "kept": {"a": [1]}}), encoding="utf-8")
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, rename_answers))
    return path


def test_an_older_format_is_read_and_reading_changes_nothing(older: Path) -> None:
    original = older.read_bytes()
    stored = load_sheet(older)
    assert stored.sheet.answers == {"lien.rythme": "mois"}
    assert stored.sheet.format == 3
    assert older.read_bytes() == original


def test_an_older_format_is_kept_beside_when_it_is_saved(older: Path) -> None:
    original = older.read_bytes()
    stored = load_sheet(older)
    now = stored.sheet.changed
    saved = save_sheet(replace(stored, sheet=stored.sheet.with_answer("lien.exemple", "Oui", now)))
    save_sheet(replace(saved, sheet=saved.sheet.with_answer("lien.exemple", "Non", now)))
    assert older.with_name("2026.format-2.json").read_bytes() == original
    assert [path.name for path in sorted(older.parent.glob("2026*"))] == [
        "2026.format-2.json",
        "2026.history.jsonl",
        "2026.json",
    ]
    document = json.loads(older.read_bytes())
    assert document["format"] == 3
    assert document["kept"] == {"a": [1]}
    assert document["answers"] == {"lien.rythme": "mois", "lien.exemple": "Non"}


@pytest.mark.parametrize("broken", [{}, {"answers": "elsewhere"}, {"venue": {"name": "La Remise"}}])
def test_a_newer_format_is_never_rewritten(tmp_path: Path, before: Catalogue, broken: dict[str, object]) -> None:
    path = tmp_path / "2026.json"
    document = {**json.loads(encode_sheet(new_sheet(before, ANSWERS))), "format": 7, **broken}
    path.write_text(json.dumps(document), encoding="utf-8")
    original = path.read_bytes()
    with pytest.raises(ImpactError, match="plus récente"):
        save_sheet(load_sheet(path))
    assert path.read_bytes() == original
    assert list(tmp_path.glob("2026*")) == [path]


def test_unknown_keys_survive_a_change(tmp_path: Path, before: Catalogue) -> None:
    path = tmp_path / "2026.json"
    document = {**json.loads(encode_sheet(new_sheet(before, ANSWERS))), "z": {"deep": [None, 1.5]}, "a": "é"}
    document["catalogue"]["author"] = ["x"]
    path.write_text(json.dumps(document), encoding="utf-8")
    stored = load_sheet(path)
    save_sheet(replace(stored, sheet=stored.sheet.with_answer("lien.rythme", "jour", stored.sheet.changed)))
    saved = json.loads(path.read_bytes())
    assert saved["catalogue"]["author"] == ["x"]
    assert (saved["z"], saved["a"]) == ({"deep": [None, 1.5]}, "é")


def test_answers_follow_questions_and_options_that_were_renamed(before: Catalogue, after: Catalogue) -> None:
    sheet = replace(new_sheet(before, ANSWERS), uncertain={"lien.exemple": "?"}, quotation="lien.exemple")
    sheet = sheet.with_consent("lien.exemple", publish=True)
    followed = follow_catalogue(after, sheet)
    assert followed.sheet.answers["recits.recit"] == "Une voisine"
    assert followed.sheet.answers["lien.publics"] == ("proches", "vieux")
    assert followed.sheet.may_publish("recits.recit")
    assert followed.sheet.quotation == "recits.recit"
    assert followed.sheet.uncertain == {"recits.recit": "?"}
    assert len(followed.notes) == 2


def test_every_answer_of_a_changed_catalogue_is_accounted_for_and_kept(before: Catalogue, after: Catalogue) -> None:
    sheet = new_sheet(before, ANSWERS, {"lien.parti": Silence.NOT_KNOWN})
    account = "\n".join(tell_changes(after, sheet))
    for key in (*ANSWERS, "lien.parti"):
        assert key in account
    path = trace_path(after, sheet)
    assert path.values == {"lien.publics": ("proches",), "recits.recit": "Une voisine"}
    kept = follow_catalogue(after, sheet).sheet
    assert kept.answers["lien.rythme"] == "mois"
    assert kept.silences == {"lien.parti": Silence.NOT_KNOWN}


def test_the_one_answer_of_a_question_that_takes_several_now_is_kept(tmp_path: Path) -> None:
    options = "options: [{id: jour, label: jour}, {id: mois, label: mois}]"
    question = f"{{id: rythme, kind: %s, ask: Quand ?, topic: le rythme, {options}}}"
    section = f'questions: [{question}]\ntell: ["Chaque {{rythme}}."]'
    one, many = (load_catalogue(write_section(tmp_path / kind, section % kind)) for kind in ("one", "many"))
    followed = follow_catalogue(many, new_sheet(one, {"rubrique.rythme": "mois"}))
    assert followed.sheet.answers == {"rubrique.rythme": ("mois",)}
    assert not followed.notes
    assert not compare_sheets(new_sheet(one, {"rubrique.rythme": "mois"}), followed.sheet)
    assert trace_path(many, new_sheet(one, {"rubrique.rythme": "mois"})).values == {"rubrique.rythme": ("mois",)}


def test_a_questionnaire_that_was_kept_in_short_forms_is_read_yet(tmp_path: Path) -> None:
    tous = [{"id": "tous", "label": "tous"}]
    qui = {"id": "qui", "kind": "many", "ask": "Qui ?", "topic": "publics", "options": tous}
    ou = {"id": "ou", "kind": "text", "ask": "Où ?", "topic": "lieu", "when": {"qui": "tous"}, "tell": "Lieu : {ou}."}
    section = {"id": "rubrique", "title": "Rubrique", "questions": [qui, ou], "tell": ["Des {qui}."]}
    family = {"id": "famille", "title": "Famille", "sections": [section]}
    kept = {"id": "essai", "version": "1", "title": "Effets d'antan", "families": [family]}
    path = tmp_path / "2026.json"
    catalogue_path(path).write_text(json.dumps({"fingerprint": "of then", "catalogue": kept}), encoding="utf-8")
    sheet = replace(new_sheet(real_catalogue()), status=Status.FINISHED)
    sheet = replace(sheet, catalogue=replace(sheet.catalogue, fingerprint="of then"))
    found = find_kept_catalogue(path, sheet, real_catalogue())
    assert found
    assert found.title == "Effets d’antan"
    assert found.questions["rubrique.ou"].when["qui"].includes == ("tous",)


def test_another_questionnaire_is_not_called_a_changed_one(before: Catalogue, after: Catalogue) -> None:
    sheet = new_sheet(before, ANSWERS)
    assert next(tell_changes(after, sheet)).startswith("Le questionnaire a changé depuis cette fiche (version 1,")
    other = structs.replace(after, id="ailleurs")
    said = next(tell_changes(other, sheet))
    assert said.startswith("Cette fiche a été remplie avec un autre questionnaire (essai 1, ici ailleurs ")


def test_two_answers_for_one_question_are_both_kept(before: Catalogue, after: Catalogue) -> None:
    sheet = new_sheet(before, {"lien.exemple": "Ancien", "recits.recit": "Nouveau"})
    followed = follow_catalogue(after, sheet)
    assert followed.sheet.answers == sheet.answers
    assert "les deux sont gardées" in followed.notes[0]


def test_a_moved_question_is_no_replaced_answer(tmp_path: Path, before: Catalogue, after: Catalogue) -> None:
    stored = save_sheet(Stored(tmp_path / "2026.json", new_sheet(before, {"lien.exemple": "Oui"}), digest=""))
    save_sheet(replace(stored, sheet=follow_catalogue(after, stored.sheet).sheet))
    assert not (tmp_path / "2026.history.jsonl").exists()


def test_nothing_is_said_where_nothing_changed(before: Catalogue) -> None:
    assert not list(tell_changes(before, new_sheet(before, ANSWERS)))


@pytest.fixture
def finished(tmp_path: Path, before: Catalogue) -> Stored:
    document = json.loads(encode_sheet(new_sheet(before, ANSWERS)))
    path = tmp_path / "2026.json"
    path.write_text(json.dumps({**document, "status": "finished"}), encoding="utf-8")
    stored = load_sheet(path)
    keep_catalogue(stored.path, stored.sheet, load_catalogue(tmp_path / "avant"))
    return stored


def test_a_finished_sheet_keeps_the_catalogue_it_was_told_with(
    finished: Stored, before: Catalogue, after: Catalogue
) -> None:
    assert find_kept_catalogue(finished.path, finished.sheet, after) == before
    assert find_kept_catalogue(finished.path, finished.sheet, before) is None


def test_a_kept_catalogue_that_asks_and_tells_the_same_is_todays(finished: Stored, before: Catalogue) -> None:
    kept = json.loads(catalogue_path(finished.path).read_bytes())
    catalogue_path(finished.path).write_text(json.dumps({**kept, "fingerprint": "of other bytes"}), encoding="utf-8")
    stamp = replace(finished.sheet.catalogue, fingerprint="of other bytes")
    assert find_kept_catalogue(finished.path, replace(finished.sheet, catalogue=stamp), before) is None


def test_a_sheet_in_progress_follows_the_catalogue_of_today(finished: Stored, after: Catalogue) -> None:
    open_sheet: Sheet = replace(finished.sheet, status=type(finished.sheet.status).IN_PROGRESS)
    assert find_kept_catalogue(finished.path, open_sheet, after) is None


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"[1]", b'{"fingerprint": 1}', b"\xff\xfe", b'{"a": ' * 5000, b"{"])
def test_a_spoilt_copy_of_the_catalogue_is_named(finished: Stored, after: Catalogue, spoilt: bytes) -> None:
    catalogue_path(finished.path).write_bytes(spoilt)
    with pytest.raises(FaultsError) as raised:
        find_kept_catalogue(finished.path, finished.sheet, after)
    assert all(fault.file == str(catalogue_path(finished.path)) for fault in raised.value.faults)


EDITS = {
    "a brace": ("Le rythme est", "Le {rythme est", "une accolade n’entoure pas une question"),
    "an unknown slot": ("{exemple:", "{exemples:", "la question « exemples » n’existe pas"),
    "a number for a text": ('"title": "Effets"', '"title": 3', "un texte est attendu"),
    "no language": ('"id": "essai"', '"id": "essai", "language": ""', "les rapports sont en français"),
    "no version": ('"version": "1",', "", "la clé « version » manque"),
    "a list for keys": ('"topic": "le rythme"', '"topic": "le rythme", "when": []', "une condition s’écrit"),
    "levels": ('"id": "essai"', '"id": "essai", "x": ' + "[" * 100_000 + "]" * 100_000, "imbriquées sur plus de"),
    "an escape": ('"title": "Effets"', '"title": "Eff\\u001b]0;xets"', "caractère invisible"),
    "a key twice": ('"id": "essai"', '"id": "essai", "id": "autre"', "écrite deux fois"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_by_hand_is_checked_like_any_questionnaire(case: str, finished: Stored, after: Catalogue) -> None:
    old, new, what = EDITS[case]
    path = catalogue_path(finished.path)
    text = path.read_text(encoding="utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultsError) as raised:
        find_kept_catalogue(finished.path, finished.sheet, after)
    assert any(what in fault.what.replace("\u00a0", " ") for fault in raised.value.faults), raised.value.message
    assert all(fault.file == str(path) and fault.line for fault in raised.value.faults)
