"""impact history and impact delete, as commands: what was replaced comes back, what was put away too."""

import json
from pathlib import Path

import pytest
from cli.commands import answer, made_once, run
from writing import real_catalogue

from impact_cli.catalogue.model import options_of

FREQUENCY = real_catalogue().questions["lien_social.frequence"]


@made_once
def kept(home: Path) -> None:
    """A home in which Massy was replaced by Palaiseau, and a frequency by another."""
    for commune, frequency in (("Massy", "quotidien"), ("Palaiseau", "semaine")):
        answer(home, "Le Moulin", answers={"lieu.commune": commune, "lien_social.frequence": frequency})


def _read(home: Path) -> dict[str, object]:
    answers = json.loads((home / "moulin" / "2026.json").read_text(encoding="utf-8"))["answers"]
    assert isinstance(answers, dict)
    return answers


def test_history_numbers_what_was_replaced_in_words(kept: Path) -> None:
    shown = run("history", "moulin", home=kept)
    assert shown.code == 0
    assert "avant : Massy" in shown.out
    assert "après : Palaiseau" in shown.out
    label = next(each.label for each in options_of(FREQUENCY)["options"] if each.id == "quotidien")
    assert f"avant : {label}" in shown.out


def test_a_former_answer_comes_back_and_leaves_the_one_it_replaces(kept: Path) -> None:
    number = next(line.split(".")[0] for line in run("history", home=kept).out.splitlines() if "commune" in line)
    assert run("history", "--restore", number, home=kept).code == 0
    assert _read(kept)["lieu.commune"] == "Massy"
    assert _read(kept)["lien_social.frequence"] == ["semaine"]
    assert "avant : Palaiseau" in run("history", home=kept).out


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_number_that_history_has_not_changes_nothing(kept: Path, number: str) -> None:
    before = (kept / "moulin" / "2026.json").read_bytes()
    done = run("history", f"--restore={number}", home=kept)
    assert done.code == 2
    assert "de 1 à 2" in done.err
    assert (kept / "moulin" / "2026.json").read_bytes() == before


@pytest.mark.parametrize(
    "spoilt", ['{"when": "2026-02-30T10:00:00+01:00", "key": "lieu.commune", "was": "Orsay"}', "{"]
)
def test_a_line_that_nobody_can_read_is_said_and_stays(kept: Path, spoilt: str) -> None:
    history = kept / "moulin" / "2026.history.jsonl"
    lines = history.read_text(encoding="utf-8").splitlines()
    history.write_text("\n".join([lines[0], spoilt, *lines[1:]]) + "\n", encoding="utf-8")
    shown = run("history", home=kept)
    assert "avant : Massy" in shown.out
    assert "2026.history.jsonl : la ligne 2 ne peut pas être lue" in shown.err
    assert spoilt in history.read_text(encoding="utf-8")


def test_a_sheet_without_changes_has_no_history(home: Path) -> None:
    answer(home, "Le Moulin")
    assert "aucune réponse" in run("history", home=home).err


def test_forgetting_is_confirmed_in_a_terminal_only(kept: Path) -> None:
    assert run("history", "--forget", home=kept).code == 2
    assert "Massy" in run("history", home=kept).out


def test_deleting_is_confirmed_and_comes_back_whole(kept: Path) -> None:
    before = (kept / "moulin" / "2026.json").read_bytes()
    assert run("delete", "moulin", home=kept).code == 2
    assert run("delete", "moulin", "--yes", home=kept).code == 0
    assert run("show", "moulin", home=kept).code == 1
    assert run("delete", "moulin", "--restore", home=kept).code == 0
    assert (kept / "moulin" / "2026.json").read_bytes() == before
    assert "Massy" in run("history", home=kept).out


def test_what_the_bin_has_not_is_said_with_what_it_has(kept: Path) -> None:
    assert "Rien n’a été supprimé" in run("delete", "moulin", "--restore", home=kept).err
    assert run("delete", "moulin", "--yes", home=kept).code == 0
    assert "Le Moulin (2026)" in run("delete", "Le Lavoir", "--restore", home=kept).err


def test_an_edition_that_is_not_there_is_named_with_those_that_are(kept: Path) -> None:
    done = run("delete", "moulin", "--edition", "2031", "--yes", home=kept)
    assert done.code != 0
    assert "Ses éditions : 2026" in done.err
