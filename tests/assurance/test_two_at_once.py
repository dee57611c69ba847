"""Two people, or a person and a synchronised folder, on one sheet: nobody overwrites anybody."""

import getpass
import json
import platform
from pathlib import Path

import pytest
from assurance.conversation import CONVERSATION, EDITION, VENUE, Place
from writing import new_sheet, real_catalogue

from impact_cli.answers.keeping.locks import lock_sheet, read_holder
from impact_cli.answers.keeping.store import ChangedError, Stored, load_sheet, save_sheet
from impact_cli.errors import ImpactError


def store_new(folder: Path) -> Stored:
    """A sheet of no answer, on the disk."""
    return save_sheet(Stored(folder / "2026.json", new_sheet(real_catalogue()), digest=""))


@pytest.mark.slow
def test_the_second_survey_is_told_who_and_since_when_and_may_read(place: Place) -> None:
    terminal = place.begin(1)
    second = place.run("survey", VENUE, "--edition", EDITION, "--questions", str(place.questions), "--plain")
    shown = place.run("show", VENUE, "--questions", str(place.questions))
    terminal.end()
    assert second.returncode == 1
    for word in (getpass.getuser(), platform.node(), "depuis le", "impact show"):
        assert word in second.stderr
    assert shown.returncode == 0
    assert "voisins" in shown.stdout


@pytest.mark.slow
def test_a_file_of_answers_beside_a_survey_is_refused(place: Place, tmp_path: Path) -> None:
    given = tmp_path / "reponses.json"
    given.write_text('{"nombres.combien": 3}', encoding="utf-8")
    terminal = place.begin(1)
    taken = place.run(
        "survey", VENUE, "--edition", EDITION, "--questions", str(place.questions), "--answers", str(given)
    )
    deleted = place.run("delete", VENUE, "--yes")
    terminal.end()
    assert (taken.returncode, deleted.returncode) == (1, 1)
    assert "nombres.combien" not in load_sheet(place.sheet_path).sheet.answers


@pytest.mark.slow
def test_an_import_beside_a_survey_is_refused(place: Place, tmp_path: Path) -> None:
    terminal = place.begin(2)
    before = place.sheet_path.read_bytes()
    questions = ("--questions", str(place.questions))
    report = tmp_path / "rapport.txt"
    report.write_text(place.run("show", VENUE, *questions).stdout, encoding="utf-8")
    words = ("import", str(report), "--venue", VENUE, "--edition", EDITION, "--replace", *questions)
    imported = place.run(*words)
    terminal.end()
    assert imported.returncode == 1
    assert "une autre saisie est ouverte" in imported.stderr + imported.stdout
    assert place.sheet_path.read_bytes() == before
    again = place.run(*words)
    assert again.returncode == 0, again.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", ["by hand", "by a folder that replaces files"])
def test_a_sheet_changed_meanwhile_is_noticed_and_both_are_kept(place: Place, how: str) -> None:
    terminal = place.begin(2)
    document = json.loads(place.sheet_path.read_bytes())
    document["answers"]["nombres.combien"] = 99
    other = place.sheet_path.with_name("received")
    other.write_text(json.dumps(document), encoding="utf-8")
    if how == "by hand":
        place.sheet_path.write_bytes(other.read_bytes())
    else:
        other.replace(place.sheet_path)
    terminal.type(*CONVERSATION[2].keys)
    assert terminal.leave() == 1
    assert "✓ Un exemple" not in terminal.text
    assert load_sheet(place.sheet_path).sheet.answers["nombres.combien"] == 99
    (ours,) = place.sheet_path.parent.glob("2026.votre-saisie-*.json")
    assert load_sheet(ours).sheet.answers == {said.key: said.value for said in CONVERSATION[:3]}
    assert ours.name in "".join(terminal.lines).replace(" ", "")


def test_a_change_between_loading_and_saving_is_noticed(tmp_path: Path) -> None:
    stored = store_new(tmp_path)
    stored.path.write_bytes(stored.path.read_bytes() + b"\n")
    with pytest.raises(ChangedError) as caught:
        save_sheet(stored)
    (ours,) = tmp_path.glob("2026.votre-saisie-*.json")
    assert str(ours) in caught.value.message
    assert load_sheet(ours).sheet == stored.sheet


def test_a_lock_ends_with_its_holder_and_its_signature_with_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    with lock_sheet(path):
        holder = read_holder(path)
        assert holder
        assert holder.user == getpass.getuser()
        with pytest.raises(ImpactError, match="une autre saisie"), lock_sheet(path):
            raise AssertionError
    assert read_holder(path) is None
    with lock_sheet(path):
        pass


@pytest.mark.parametrize(
    "signed", [b"", b"{", b"[]", b'{"user": 1}', b"\xff", b'{"user":"a","machine":"b","since":"x"}']
)
def test_a_spoilt_signature_hides_nothing_but_the_name(tmp_path: Path, signed: bytes) -> None:
    path = tmp_path / "2026.json"
    with lock_sheet(path):
        path.with_name(".2026.holder").write_bytes(signed)
        with pytest.raises(ImpactError, match="une autre saisie est ouverte"), lock_sheet(path):
            raise AssertionError


def test_what_a_killed_writer_left_goes_with_the_next_lock(tmp_path: Path) -> None:
    left = tmp_path / ".2026-abcdefgh.tmp"
    others = tmp_path / ".2025-abcdefgh.tmp"
    left.write_bytes(b"{")
    others.write_bytes(b"{")
    with lock_sheet(tmp_path / "2026.json"):
        assert not left.exists()
    assert others.exists()
