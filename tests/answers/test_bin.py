"""What is deleted comes back whole, to its own venue, and takes nobody's place."""

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cli.commands import run
from writing import NOW, new_sheet, real_catalogue

from impact_cli import files
from impact_cli.answers.keeping import bin as waste
from impact_cli.answers.keeping.bin import BIN, bring_back, discard, list_discarded
from impact_cli.answers.keeping.editing import editing
from impact_cli.answers.keeping.history import read_changes
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.keeping.venues import list_venues, place_sheet
from impact_cli.errors import ImpactError

KEY = "sante.exemple"


def _store(home: Path, *answers: str, venue: str = "La Remise") -> Stored:
    """A sheet with a history."""
    sheet = new_sheet(real_catalogue(), {"lieu.commune": "Lille"}, venue=venue)
    stored = Stored(place_sheet(home, venue, "2026"), sheet, "")
    for text in answers:
        stored = save_sheet(replace(stored, sheet=stored.sheet.with_answer(KEY, text, NOW)))
    return stored


def _former(stored: Stored) -> list[object]:
    return [change.was for change in read_changes(stored.path, load_sheet(stored.path).sheet)]


def test_each_of_two_deleted_sheets_of_one_edition_comes_back_when_it_is_chosen(tmp_path: Path) -> None:
    for number, text in enumerate(("un", "deux")):
        discard(tmp_path, _store(tmp_path, text, text + "!").path, NOW + timedelta(days=number))
    outcome = run("delete", "La Remise", "--restore", home=tmp_path)
    assert outcome.code == 2
    for number, text in enumerate(("un!", "deux!")):
        named = list_discarded(tmp_path)[0].folder.name
        assert named in outcome.err
        assert run("delete", "La Remise", "--restore", "--edition", named, home=tmp_path).code == 0
        (venue,) = list_venues(tmp_path)
        assert load_sheet(venue.latest).sheet.answers[KEY] == text
        if number == 0:
            venue.latest.rename(tmp_path / "elsewhere.json")
            for left in venue.folder.glob("2026.*"):
                left.unlink()


def test_a_sheet_comes_back_to_its_own_venue(tmp_path: Path) -> None:
    discard(tmp_path, _store(tmp_path, "plus", venue="+Fort").path, NOW)
    fort = _store(tmp_path, "fort", venue="Fort")
    (found,) = list_discarded(tmp_path)
    back = bring_back(found)
    assert back.parent != fort.path.parent
    assert {venue.name for venue in list_venues(tmp_path)} == {"+Fort", "Fort"}


@pytest.mark.parametrize("count", [1, 2])
def test_what_cannot_be_moved_as_a_whole_stays_as_a_whole(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = _store(tmp_path, "a", "b")
    calls = []

    def refuse(source: Path, target: Path) -> None:
        calls.append(source)
        if len(calls) == count:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        files.move_file(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(waste, "move_file", refuse)
        with pytest.raises(ImpactError) as raised:
            discard(tmp_path, stored.path, NOW)
    assert raised.value.hint == "Elle est encore là."
    assert load_sheet(stored.path) == stored
    assert _former(stored) == ["a"]

    discard(tmp_path, stored.path, NOW)
    (found,) = list_discarded(tmp_path)
    calls.clear()
    with monkeypatch.context() as patched:
        patched.setattr(waste, "move_file", refuse)
        with pytest.raises(ImpactError, match="n’a pas pu revenir"):
            bring_back(found)
    assert list_discarded(tmp_path) == [found]
    assert bring_back(found) == stored.path
    assert _former(stored) == ["a"]


_KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from impact_cli import files
from impact_cli.answers.keeping import bin as waste
home, count, act = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
calls = []
def move(source, target):
    files.move_file(source, target)
    calls.append(source)
    if len(calls) == count:
        os.kill(os.getpid(), signal.SIGKILL)
waste.move_file = move
if act == "discard":
    waste.discard(home, home / "remise" / "2026.json", datetime(2026, 3, 1, tzinfo=UTC))
else:
    waste.bring_back(waste.list_discarded(home)[0])
"""


def _kill(home: Path, count: int, act: str) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(home), str(count), act], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("again", ["delete", "use"])
def test_a_deletion_that_was_killed_is_ended_or_taken_back(again: str, tmp_path: Path) -> None:
    stored = _store(tmp_path, "a", "b")
    _kill(tmp_path, 1, "discard")
    assert load_sheet(stored.path) == stored
    assert list_discarded(tmp_path) == []
    if again == "use":
        with editing(stored) as fresh:
            save_sheet(replace(fresh, sheet=fresh.sheet.with_answer(KEY, "c", NOW)))
        assert _former(stored) == ["a", "b"]
        return
    save_sheet(replace(stored, sheet=stored.sheet.with_answer(KEY, "c", NOW)))
    discard(tmp_path, stored.path, NOW)
    (found,) = list_discarded(tmp_path)
    bring_back(found)
    assert _former(stored) == ["a", "b"]
    assert not [*(tmp_path / BIN).glob("*/*")]


@pytest.mark.slow
def test_a_return_that_was_killed_is_ended(tmp_path: Path) -> None:
    stored = _store(tmp_path, "a", "b")
    discard(tmp_path, stored.path, NOW)
    _kill(tmp_path, 1, "bring_back")
    assert not stored.path.exists()
    (found,) = list_discarded(tmp_path)
    assert bring_back(found) == stored.path
    assert _former(stored) == ["a"]


@pytest.mark.slow
def test_an_edition_begun_anew_takes_no_history_that_is_on_its_way_back(tmp_path: Path) -> None:
    stored = _store(tmp_path, "a", "b")
    discard(tmp_path, stored.path, NOW)
    _kill(tmp_path, 1, "bring_back")
    words = ("survey", "La Remise", "--edition", "2026", "--answers", "-")
    told = run(*words, home=tmp_path, stdin='{"lieu.commune": "Massy"}')
    assert told.failed_well
    assert "impact delete --restore" in told.err
    assert not stored.path.exists()
    assert run("delete", "--restore", home=tmp_path).code == 0
    assert _former(stored) == ["a"]
    assert run(*words, home=tmp_path, stdin='{"lieu.commune": "Massy"}').code == 0


def test_a_sheet_deleted_under_a_former_name_comes_back_under_todays(tmp_path: Path) -> None:
    for edition in ("2025", "2026"):
        answers = '{"lieu.commune": "Massy"}'
        run("survey", "La Remize", "--edition", edition, "--answers", "-", home=tmp_path, stdin=answers)
    assert run("delete", "La Remize", "--edition", "2025", "--yes", home=tmp_path).code == 0
    assert run("rename", "La Remize", "La Remise", home=tmp_path).code == 0
    assert run("delete", "La Remise", "--restore", home=tmp_path).code == 0
    (venue,) = list_venues(tmp_path)
    assert [*venue.editions] == ["2025", "2026"]
    assert {load_sheet(path).sheet.venue for path in venue.editions.values()} == {"La Remise"}


def test_a_deleted_sheet_that_cannot_be_renamed_is_named(tmp_path: Path) -> None:
    answers = '{"lieu.commune": "Massy"}'
    for edition in ("2025", "2026"):
        run("survey", "La Remize", "--edition", edition, "--answers", "-", home=tmp_path, stdin=answers)
    run("delete", "La Remize", "--edition", "2025", "--yes", home=tmp_path)
    (sheet,) = (tmp_path / BIN).glob("*/*/2025.json")
    document = json.loads(sheet.read_bytes()) | {"format": 99}
    sheet.write_text(json.dumps(document), encoding="utf-8")
    told = run("rename", "La Remize", "La Remise", home=tmp_path)
    assert told.code == 0
    assert str(sheet) in told.err
    assert json.loads(sheet.read_bytes()) == document


def test_a_bin_that_is_a_link_takes_nothing_out_of_the_home_folder(tmp_path: Path) -> None:
    stored = _store(tmp_path / "home", "a")
    (tmp_path / "outside").mkdir()
    (tmp_path / "home" / BIN).symlink_to(tmp_path / "outside")
    with pytest.raises(ImpactError, match="n’a pas pu être déplacée"):
        discard(tmp_path / "home", stored.path, NOW)
    assert load_sheet(stored.path) == stored
    assert not [*(tmp_path / "outside").iterdir()]


def test_a_history_is_written_over_by_no_return(tmp_path: Path) -> None:
    stored = _store(tmp_path, "a", "b")
    discard(tmp_path, stored.path, NOW)
    stored.path.parent.mkdir(exist_ok=True)
    history = stored.path.with_name("2026.history.jsonl")
    history.write_bytes(b"another's\n")
    (found,) = list_discarded(tmp_path)
    with pytest.raises(ImpactError, match="il existe déjà"):
        bring_back(found)
    assert history.read_bytes() == b"another's\n"
    assert list_discarded(tmp_path) == [found]
