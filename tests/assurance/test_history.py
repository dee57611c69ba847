"""Answers that were replaced are kept and come back; deleted sheets come back; erasing is an act of its own."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from assurance.conversation import Place
from assurance.terminals import IMPACT, Terminal
from hypothesis import given
from hypothesis import strategies as st
from keys import DOWN, ENTER
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.keeping.bin import bring_back, discard, list_discarded
from impact_cli.answers.keeping.history import Change, compare_sheets, history_path, read_changes
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.keeping.venues import list_venues
from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.errors import ImpactError

KEY, OTHER = "sante.exemple", "lien_social.exemple"
ANSWERS: list[Answer] = ["a", "b", Silence.SKIPPED, Silence.NOT_KNOWN, 3, ("x", "y"), {"equipe": "plus"}]


def store(folder: Path, *answers: Answer, key: str = KEY) -> Stored:
    """A sheet in which the question was answered so, time after time."""
    stored = Stored(folder / "2026.json", new_sheet(real_catalogue()), digest="")
    for number, answer in enumerate(answers):
        moment = NOW + timedelta(minutes=number)
        stored = save_sheet(replace(stored, sheet=stored.sheet.with_answer(key, answer, moment)))
    return stored


def test_a_first_answer_is_no_change(tmp_path: Path) -> None:
    stored = store(tmp_path, "a", "a")
    assert not history_path(stored.path).exists()
    assert read_changes(stored.path, stored.sheet) == []


def test_every_replaced_answer_is_kept_with_its_moment(tmp_path: Path) -> None:
    stored = store(tmp_path, *ANSWERS)
    changes = read_changes(stored.path, stored.sheet)
    assert [change.was for change in changes] == ANSWERS[:-1]
    assert [change.now for change in changes] == ANSWERS[1:]
    assert [change.when for change in changes] == [NOW + timedelta(minutes=number) for number in range(1, len(ANSWERS))]


def test_erasing_keeps_what_was_erased(tmp_path: Path) -> None:
    stored = store(tmp_path, "a", Silence.SKIPPED)
    (change,) = read_changes(stored.path, stored.sheet)
    assert (change.was, change.now) == ("a", Silence.SKIPPED)


def test_an_answer_that_vanishes_is_kept(tmp_path: Path) -> None:
    stored = store(tmp_path, "a")
    save_sheet(replace(stored, sheet=replace(stored.sheet, answers={})))
    (change,) = read_changes(stored.path, load_sheet(stored.path).sheet)
    assert change == Change(NOW, KEY, "a", None)


@pytest.mark.parametrize(
    "tail", [b"{", b"\xff\n", b"[]\n", b'{"when": "x", "key": "k", "was": 1}\n', b"null\n", b"[" * 99_999]
)
def test_a_torn_or_spoilt_line_hides_no_other(tmp_path: Path, tail: bytes) -> None:
    stored = store(tmp_path, "a", "b")
    with history_path(stored.path).open("ab") as file:
        file.write(tail)
    stored = save_sheet(replace(stored, sheet=stored.sheet.with_answer(KEY, "c", NOW)))
    assert [change.was for change in read_changes(stored.path, stored.sheet)] == ["a", "b"]


def test_a_change_whose_save_failed_is_not_told_twice(tmp_path: Path) -> None:
    stored = store(tmp_path, "a", "b")
    line = history_path(stored.path).read_bytes()
    history_path(stored.path).write_bytes(line + line)
    assert [change.was for change in read_changes(stored.path, stored.sheet)] == ["a"]
    never = json.dumps({"when": NOW.isoformat(), "key": KEY, "was": "b", "now": "z"}).encode()
    history_path(stored.path).write_bytes(line + never + b"\n")
    assert [change.was for change in read_changes(stored.path, stored.sheet)] == ["a"]


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8), st.lists(st.sampled_from(ANSWERS), max_size=8))
def test_replaying_the_history_backwards_gives_the_first_sheet(first: list[Answer], second: list[Answer]) -> None:
    before = Sheet(venue="v", edition="e", catalogue=new_sheet(real_catalogue()).catalogue, created=NOW, changed=NOW)
    sheets = [before]
    for key, answers in ((KEY, first), (OTHER, second)):
        for answer in answers:
            sheets.append(sheets[-1].with_answer(key, answer, NOW))
    held = sheets[-1]
    for later, earlier in zip(reversed(sheets), reversed(sheets[:-1]), strict=False):
        for change in reversed(compare_sheets(earlier, later)):
            assert held.answer(change.key) == change.now
            held = held.with_answer(change.key, change.was, NOW)
    for key, answers in ((KEY, first), (OTHER, second)):
        grown = held.answer(key)
        assert grown == (answers[0] if answers else None) or isinstance(grown, dict)


def discarded(home: Path) -> tuple[Stored, Path]:
    stored = store(home / "remise", "a", "b")
    return stored, discard(home, stored.path, NOW)


def test_a_deleted_sheet_is_in_the_bin_with_its_history(tmp_path: Path) -> None:
    stored, folder = discarded(tmp_path)
    assert list_venues(tmp_path) == []
    assert not stored.path.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["2026.history.jsonl", "2026.json"]
    assert folder.is_relative_to(tmp_path)


def test_a_deleted_sheet_comes_back_as_it_was(tmp_path: Path) -> None:
    stored, _ = discarded(tmp_path)
    (found,) = list_discarded(tmp_path)
    assert (found.venue, found.edition) == ("La Remise", "2026")
    assert bring_back(found) == stored.path
    assert load_sheet(stored.path) == stored
    assert len(read_changes(stored.path, stored.sheet)) == 1
    assert list_discarded(tmp_path) == []


def test_a_sheet_that_comes_back_takes_no_other_s_place(tmp_path: Path) -> None:
    discarded(tmp_path)
    newer = store(tmp_path / "remise", "c")
    (found,) = list_discarded(tmp_path)
    with pytest.raises(ImpactError, match="une autre fiche"):
        bring_back(found)
    assert load_sheet(newer.path) == newer
    assert list_discarded(tmp_path) == [found]


def test_the_other_editions_stay(tmp_path: Path) -> None:
    stored = store(tmp_path / "remise", "a")
    other = stored.path.with_name("2026-bis.json")
    other.write_bytes(stored.path.read_bytes())
    discard(tmp_path, stored.path, NOW)
    assert [*list_venues(tmp_path)[0].editions] == ["2026-bis"]


@pytest.mark.slow
def test_history_in_the_words_of_the_questionnaire_and_back(place: Place, tmp_path: Path) -> None:
    questions = ("--questions", str(place.questions))
    for number, rhythm in enumerate(["jour", "mois"]):
        given_file = tmp_path / f"{number}.json"
        given_file.write_text(json.dumps({"lien.rythme": rhythm, "lien.publics": ["voisins"]}), encoding="utf-8")
        assert place.run("survey", "La Remise", "--answers", str(given_file), *questions).returncode == 0
    shown = place.run("history", "la remise", *questions).stdout.replace("\u00a0", " ")
    assert "1. " in shown
    assert " – le rythme\n   avant : Chaque jour\n   après : Chaque mois\n" in shown
    assert place.run("history", "la remise", "--restore", "7", *questions).returncode == 2
    assert place.run("history", "la remise", "--restore", "1", *questions).returncode == 0
    (venue,) = list_venues(place.home)
    assert load_sheet(venue.latest).sheet.answers["lien.rythme"] == "jour"
    assert "\n2. " in place.run("history", "la remise", *questions).stdout


@pytest.mark.slow
def test_a_deletion_asks_and_the_first_choice_is_to_keep(place: Place) -> None:
    place.begin(1).end()
    unasked = place.run("delete", "La Remise")
    assert unasked.returncode == 2
    for keys, kept in (((DOWN, ENTER), True), ((DOWN, DOWN, ENTER), False)):
        terminal = Terminal((*IMPACT, "delete", "La Remise"), place.environ)
        terminal.wait_for("Supprimer la fiche de « La Remise », édition 2026")
        terminal.type(*keys)
        terminal.leave()
        assert place.sheet_path.exists() == kept
    assert place.run("delete", "La Remise", "--restore").returncode == 0
    assert place.sheet_path.exists()


@pytest.mark.slow
def test_forgetting_takes_the_former_answers_away_for_good(place: Place) -> None:
    stored = store(place.home / "remise", "Un secret", "Rien")
    terminal = Terminal((*IMPACT, "history", "La Remise", "--forget"), place.environ)
    terminal.wait_for("Effacer pour de bon")
    terminal.type(DOWN, DOWN, ENTER)
    assert terminal.leave() == 0
    assert not any(b"Un secret" in path.read_bytes() for path in place.home.rglob("*") if path.is_file())
    assert load_sheet(stored.path) == stored
