"""Disks that refuse: a save that fails says so and why, asks where else, and never pretends."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from another_user import BECOME, own_folder
from assurance.conversation import CONVERSATION, Place, answer, check_nothing_lost, confirmed, make_place
from assurance.terminals import IMPACT, Terminal, environment, meeting
from keys import CTRL_C, DOWN, ENTER

from impact_cli.answers.keeping.store import load_sheet

pytestmark = pytest.mark.slow

NOT_SAVED = "VOTRE DERNIÈRE RÉPONSE N’EST PAS ENREGISTRÉE"
FAULTS = {
    "ENOSPC": "le disque est plein",
    "EDQUOT": "votre quota de disque est épuisé",
    "EROFS": "le disque est en lecture seule",
    "EIO": "le disque ne répond pas",
    "EACCES": "vous n’en avez pas le droit",
}


def require_namespace(folder: Path) -> None:
    mounted = subprocess.run(
        ("unshare", "-rm", "mount", "-t", "tmpfs", "none", folder), check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no namespace in which to mount a small disk")


@pytest.mark.parametrize(
    ("call", "error", "cause"),
    [("fsync", "ENOSPC", FAULTS["ENOSPC"]), *(("rename", error, cause) for error, cause in FAULTS.items())],
)
def test_a_refused_save_is_loud_and_can_be_tried_again(place: Place, call: str, error: str, cause: str) -> None:
    terminal = place.begin(1)
    with meeting(terminal.process, f"{call}:error={error}"):
        answer(terminal, CONVERSATION[1])
        terminal.wait_for(NOT_SAVED)
        terminal.wait_for(cause)
        assert "✓ Le rythme" not in terminal.text
        assert load_sheet(place.sheet_path).sheet.answers == {"lien.publics": ("voisins",)}
        terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, ENTER)
    answer(terminal, *CONVERSATION[2:])
    assert terminal.leave() == 0
    sheet = check_nothing_lost(place, confirmed(terminal))
    assert sheet
    assert len(sheet.answers) == 8


def test_a_disk_that_stays_full_lets_one_save_elsewhere(place: Place) -> None:
    terminal = place.begin(1)
    with meeting(terminal.process, "rename:error=ENOSPC"):
        answer(terminal, CONVERSATION[1])
        terminal.wait_for(NOT_SAVED)
        terminal.wait_for("Que voulez-vous faire")
        terminal.type(DOWN, ENTER)
        terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, DOWN, ENTER)
    answer(terminal, *CONVERSATION[2:])
    assert terminal.leave() == 0
    moved = place.home.parent / "remise-2026.json"
    assert f"La fiche est maintenant dans {moved}" in terminal.text.replace(" ", "") or moved.exists()
    assert len(load_sheet(moved).sheet.answers) == 8
    assert load_sheet(place.sheet_path).sheet.answers == {"lien.publics": ("voisins",)}


def test_giving_up_shows_what_no_disk_has_and_says_so(place: Place) -> None:
    terminal = place.begin(1)
    with meeting(terminal.process, "rename:error=ENOSPC"):
        answer(terminal, CONVERSATION[1])
        terminal.wait_for("Que voulez-vous faire")
        terminal.type(CTRL_C)
        terminal.wait_for("Que voulez-vous faire")
        terminal.type(CTRL_C)
        assert terminal.leave() == 1
    assert "lien.rythme : mois" in terminal.text
    assert "Vos réponses sont enregistrées" not in terminal.text
    assert "le disque est plein" in terminal.text


def test_a_real_disk_filled_in_the_middle(tmp_path: Path, place: Place) -> None:
    """A tmpfs of 64 KiB in a namespace of its own; the fifos say when to fill it, and that it is."""
    home, now, done = tmp_path / "small", tmp_path / "now", tmp_path / "done"
    home.mkdir()
    os.mkfifo(now)
    os.mkfifo(done)
    require_namespace(home)
    fill = f"(read _ < {now}; cat /dev/zero > $1/filler 2>/dev/null; echo > {done})"
    script = f'mount -t tmpfs -o size=64k none "$1"; {fill} & shift; exec "$@"'
    command = (*IMPACT, "survey", "La Remise", "--edition", "2026", "--questions", str(place.questions))
    environ = environment(home, HOME=str(tmp_path))
    terminal = Terminal(("unshare", "-rm", "sh", "-c", script, "sh", str(home), *command), environ)
    answer(terminal, CONVERSATION[0])
    terminal.wait_for(CONVERSATION[1].prompt)
    now.write_text("\n")
    done.read_text()
    terminal.type(*CONVERSATION[1].keys)
    terminal.wait_for(NOT_SAVED)
    terminal.wait_for("le disque est plein")
    terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, DOWN, ENTER)
    answer(terminal, *CONVERSATION[2:])
    assert terminal.leave() == 0
    assert len(load_sheet(tmp_path / "remise-2026.json").sheet.answers) == 8


def test_a_disk_that_is_read_only_from_the_start_is_a_sentence(tmp_path: Path, place: Place) -> None:
    home = tmp_path / "closed"
    home.mkdir()
    require_namespace(home)
    script = 'mount -t tmpfs -o ro none "$1"; shift; exec "$@"'
    command = (*IMPACT, "survey", "La Remise", "--edition", "2026", "--questions", str(place.questions))
    terminal = Terminal(("unshare", "-rm", "sh", "-c", script, "sh", str(home), *command), environment(home))
    assert terminal.leave() == 1
    assert "le disque est en lecture seule".replace(" ", "") in terminal.text.replace(" ", "")


def test_a_home_folder_removed_in_the_middle_is_made_again(place: Place) -> None:
    terminal = place.begin(2)
    shutil.rmtree(place.home)
    terminal.type(*CONVERSATION[2].keys)
    terminal.wait_for(NOT_SAVED)
    terminal.wait_for("la fiche n’est plus là")
    terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, ENTER)
    answer(terminal, *CONVERSATION[3:])
    assert terminal.leave() == 0
    sheet = check_nothing_lost(place, confirmed(terminal))
    assert sheet
    assert len(sheet.answers) == 8


def test_a_permission_lost_in_the_middle_and_given_back() -> None:
    place = make_place(own_folder())
    terminal = place.begin(1, *BECOME)
    place.sheet_path.parent.chmod(0o500)
    terminal.type(*CONVERSATION[1].keys)
    terminal.wait_for(NOT_SAVED)
    terminal.wait_for("vous n’en avez pas le droit")
    place.sheet_path.parent.chmod(0o700)
    terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, ENTER)
    answer(terminal, *CONVERSATION[2:])
    assert terminal.leave() == 0
    assert check_nothing_lost(place, confirmed(terminal))


def test_a_slow_disk_is_waited_for_before_anything_is_confirmed(place: Place) -> None:
    """So slow that it has not answered when somebody looks: the process stops at the sync until it is told to go on."""
    terminal = place.begin(0)
    *before, enter = CONVERSATION[0].keys
    terminal.type(*before)
    with meeting(terminal.process, "fsync:signal=STOP:when=1"):
        terminal.send(enter)
        os.waitid(os.P_PID, terminal.process, os.WSTOPPED)
    terminal.watch(time.monotonic())
    assert "✓" not in terminal.text
    assert not place.sheet_path.exists()
    os.kill(terminal.process, signal.SIGCONT)
    terminal.wait_for("✓ Les publics")
    assert place.sheet_path.exists()
    terminal.end()


@pytest.mark.parametrize("home", ["x" * 300, "y/" * 2500], ids=["name", "path"])
def test_a_name_too_long_is_a_sentence(place: Place, home: str) -> None:
    ran = place.run("survey", "La Remise", "--home", home, "--questions", str(place.questions), "--plain", given="1\n")
    assert ran.returncode == 1
    assert "le nom est trop long" in ran.stderr
    assert "Traceback" not in ran.stderr
