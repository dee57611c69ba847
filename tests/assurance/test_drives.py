"""Drives as networks have them: without locks, that sync no folder, that go away and come back."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from assurance.conversation import CONVERSATION, EDITION, VENUE, Place
from assurance.terminals import IMPACT, with_faults
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.keeping.locks import read_holder
from impact_cli.answers.keeping.store import ChangedError, GoneError, Stored, load_sheet, save_sheet

KEY = "sante.exemple"


def _answer(place: Place, *before: str) -> "subprocess.CompletedProcess[str]":
    given = json.dumps({"lien.rythme": "mois"})
    words = ("survey", VENUE, "--edition", EDITION, "--answers", "-", "--questions", str(place.questions))
    return subprocess.run(
        (*before, *IMPACT, *words), env=place.environ, input=given, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("error", ["ENOSYS", "ENOLCK", "EOPNOTSUPP"])
def test_a_drive_without_locks_takes_answers_and_still_one_writer(place: Place, error: str) -> None:
    without = with_faults(f"flock:error={error}")
    done = _answer(place, *without)
    assert (done.returncode, load_sheet(place.sheet_path).sheet.answers) == (0, {"lien.rythme": "mois"})
    assert "SoftFileLock" not in done.stderr
    survey = place.open(*without)
    survey.wait_for("Que voulez-vous faire")
    second = _answer(place, *without)
    assert second.returncode == 1
    assert "une autre saisie est ouverte sur cette fiche, par" in second.stderr
    holder = read_holder(place.sheet_path)
    assert holder
    os.kill(holder.process, signal.SIGKILL)  # ends strace, which waits for it, too
    survey.leave()
    assert _answer(place, *without).returncode == 0


@pytest.mark.slow
def test_what_another_machine_left_is_told_with_a_way_out(place: Place) -> None:
    without = with_faults("flock:error=ENOSYS")
    assert _answer(place, *without).returncode == 0
    signature = place.sheet_path.with_name(".2026.holder")
    signed = {"user": "a", "machine": "une autre", "since": NOW.isoformat(), "process": 1, "venue": VENUE}
    signature.write_text(json.dumps(signed), encoding="utf-8")
    refused = _answer(place, *without)
    assert refused.returncode == 1
    assert "par a sur une autre" in refused.stderr
    assert f"effacez le fichier {signature}" in refused.stderr.replace("\u00a0", " ")
    signature.unlink()
    assert _answer(place, *without).returncode == 0


def _said(stored: Stored, text: str) -> Stored:
    return replace(stored, sheet=stored.sheet.with_answer(KEY, text, NOW))


def test_our_own_bytes_are_known_when_a_drive_is_back(tmp_path: Path) -> None:
    """With what was on it when it went, or with what it took although it said that it did not."""
    began = save_sheet(Stored(tmp_path / "d" / "2026.json", new_sheet(real_catalogue()), ""))
    first = save_sheet(_said(began, "un"))
    away = tmp_path / "away"
    (tmp_path / "d").rename(away)
    shutil.copytree(away, tmp_path / "older")
    with pytest.raises(GoneError):
        save_sheet(_said(first, "deux"))
    away.rename(tmp_path / "d")
    second = save_sheet(_said(first, "deux"))
    assert save_sheet(_said(first, "deux")) == second  # the same bytes again, after a fault that was none
    shutil.rmtree(tmp_path / "d")
    (tmp_path / "older").rename(tmp_path / "d")
    third = save_sheet(_said(second, "trois"))
    assert load_sheet(third.path).sheet.answers[KEY] == "trois"
    assert not list((tmp_path / "d").glob("*votre-saisie*"))


def test_bytes_that_we_have_not_seen_are_still_another_s(tmp_path: Path) -> None:
    began = save_sheet(Stored(tmp_path / "2026.json", new_sheet(real_catalogue()), ""))
    mine, theirs = save_sheet(_said(began, "un")), load_sheet(began.path)
    save_sheet(_said(theirs, "deux"))
    with pytest.raises(ChangedError):
        save_sheet(_said(mine, "trois"))


def _become_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _become_endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _become_huge(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(2_000_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("become", [_become_fifo, _become_endless, _become_huge])
def test_a_sheet_that_becomes_something_else_is_a_sentence_at_once(
    place: Place, become: Callable[[Path], None]
) -> None:
    terminal = place.begin(1)
    become(place.sheet_path)
    terminal.type(*CONVERSATION[1].keys)
    terminal.wait_for("PAS ENREGISTRÉE")
    terminal.end()
    shown = place.run("show", VENUE, "--questions", str(place.questions))
    assert shown.returncode == 1
    assert "la fiche ne peut pas être lue" in shown.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2026.history.jsonl", "2026.catalogue.json", "2026.draft.json", ".2026.holder"])
def test_a_pipe_beside_a_sheet_is_waited_for_by_nobody(place: Place, name: str) -> None:
    assert _answer(place).returncode == 0
    (place.sheet_path.with_name(name)).unlink(missing_ok=True)
    os.mkfifo(place.sheet_path.with_name(name))
    questions = ("--questions", str(place.questions))
    for words in (("show", VENUE), ("history", VENUE), ("list",), ("survey", VENUE, "--plain")):
        ran = place.run(*words, *questions)
        assert "la faute est à nous" not in ran.stderr
    assert "la faute est à nous" not in _answer(place).stderr
