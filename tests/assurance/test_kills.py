"""Surveys that are killed, at any moment and at each write: what the screen confirmed is on the disk."""

import contextlib
import itertools
import json
import os
import random
import signal
import termios
import time
from collections.abc import Callable

import pytest
from assurance.conftest import KILLS
from assurance.conversation import (
    CONVERSATION,
    KEYS,
    Place,
    answer,
    check_nothing_lost,
    check_resumes,
    confirmed,
)
from assurance.terminals import Terminal, with_faults
from keys import CTRL_C, CTRL_D, CTRL_Z, ENTER

pytestmark = pytest.mark.slow

# Each call by which a save touches the disk, and the most often that one conversation makes it.
WRITE_POINTS = {"fsync": 28, "rename": 13, "write": 93, "mkdir": 3, "unlink": 2}
PROMPTS = range(len(CONVERSATION) - 1)  # after them all is said, and a menu offers the report


def answer_all(terminal: Terminal) -> None:
    """Say everything, as far as the program lives."""
    with contextlib.suppress(AssertionError, OSError):
        answer(terminal, *CONVERSATION)


@pytest.fixture(scope="session")
def moments(request: pytest.FixtureRequest) -> list[tuple[int, float]]:
    """After which prompt's keys, and how many seconds later, to kill: most writes are over within 20 ms."""
    drawn = random.Random(20261122)
    count = request.config.getoption("--kills", KILLS)
    return [(drawn.randrange(len(CONVERSATION)), drawn.uniform(0, 0.03)) for _ in range(count)]


def test_killed_at_random_moments(moments: list[tuple[int, float]], new_place: Callable[[object], Place]) -> None:
    for number, (last, seconds) in enumerate(moments):
        place = new_place(number)
        terminal = place.begin(last)
        *before, key = CONVERSATION[last].keys
        terminal.type(*before)
        terminal.send(key)
        terminal.watch(time.monotonic() + seconds)
        terminal.end(signal.SIGKILL)
        sheet = check_nothing_lost(place, confirmed(terminal))
        if sheet:
            check_resumes(place, sheet)
            check_no_leftovers_stay(place)


def check_no_leftovers_stay(place: Place) -> None:
    """What a killed save left half done goes with the next survey, which was just opened."""
    assert not list(place.sheet_path.parent.glob("*.tmp"))
    assert not list(place.sheet_path.parent.glob(".*.tmp"))


def _list_points(request: pytest.FixtureRequest) -> list[tuple[str, int]]:
    step = 1 if request.config.getoption("--every-point", default=False) else 30
    return [(call, number) for call, most in WRITE_POINTS.items() for number in range(1, most + 1, step)]


def test_killed_at_write_points(request: pytest.FixtureRequest, new_place: Callable[[object], Place]) -> None:
    killed = 0
    for call, number in _list_points(request):
        place = new_place(f"{call}{number}")
        terminal = place.open(*with_faults(f"{call}:signal=KILL:when={number}"))
        answer_all(terminal)
        killed += terminal.leave() != 0
        sheet = check_nothing_lost(place, confirmed(terminal))
        if sheet:
            check_resumes(place, sheet)
    assert killed > len(_list_points(request)) / 2


@pytest.mark.parametrize("number", [1, 5, 9])
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_ctrl_c_while_saving_leaves_no_half_file(place: Place, call: str, number: int) -> None:
    terminal = place.open(*with_faults(f"{call}:signal=INT:when={number}"))
    answer_all(terminal)
    terminal.leave()
    assert bool(check_nothing_lost(place, confirmed(terminal))) == (number > 1)
    assert not list(place.home.rglob("*.tmp"))
    assert not list(place.home.rglob(".*.tmp"))


@pytest.mark.parametrize("last", [0, 2, 3, 10])
def test_a_closed_window_loses_the_answer_being_typed_at_most(place: Place, last: int) -> None:
    terminal = place.begin(last)
    terminal.send("z")
    assert terminal.hang_up() == -signal.SIGHUP
    sheet = check_nothing_lost(place, confirmed(terminal))
    assert bool(sheet) == bool(last)


@pytest.mark.parametrize("last", [0, 2, 3, 10])
def test_a_polite_kill_gives_the_terminal_its_manners_back(place: Place, last: int) -> None:
    terminal = place.open()
    before = termios.tcgetattr(terminal.side)
    answer(terminal, *CONVERSATION[:last])
    terminal.wait_for(CONVERSATION[last].prompt)
    os.kill(terminal.process, signal.SIGTERM)
    terminal.read_all()
    assert termios.tcgetattr(terminal.side)[:4] == before[:4]
    assert terminal.leave() == 128 + signal.SIGTERM
    check_nothing_lost(place, confirmed(terminal))


@pytest.mark.parametrize(("last", "key"), [*zip(PROMPTS, itertools.cycle([CTRL_C, CTRL_D]))])
def test_ctrl_c_and_ctrl_d_pause_and_a_second_one_leaves(place: Place, last: int, key: str) -> None:
    terminal = place.begin(last)
    terminal.type(key)
    at_end = CONVERSATION[last] is CONVERSATION[-1]
    if CONVERSATION[last].prompt != "Et maintenant" and not at_end:
        terminal.wait_for("Que voulez-vous faire")
        terminal.type(key)
    assert terminal.leave() == (0 if at_end else 130)
    assert ("Pour reprendre" in terminal.text) == (bool(last) and not at_end)
    check_nothing_lost(place, confirmed(terminal))


def test_ctrl_z_then_fg_finds_the_half_typed_answer(place: Place) -> None:
    terminal = Terminal(("bash", "--norc", "--noprofile", "-i"), {**place.environ, "PS1": "shell$ "})
    terminal.wait_for("shell$")
    terminal.send(" ".join(f"'{word}'" for word in place.command) + ENTER)
    answer(terminal, *CONVERSATION[:4])
    terminal.wait_for(CONVERSATION[4].prompt)
    terminal.type("12")
    terminal.wait_for("> 12")
    terminal.type(CTRL_Z)
    terminal.wait_for("Stopped")
    terminal.type("fg", ENTER)
    terminal.wait_for("> 12")
    terminal.type("3", ENTER)
    terminal.wait_for("Quelle ville")
    terminal.end(signal.SIGKILL)
    assert json.loads(place.sheet_path.read_text("utf-8"))["answers"]["nombres.combien"] == 123


def test_a_stale_lock_after_a_crash_stops_nobody(place: Place) -> None:
    terminal = place.begin(2)
    terminal.end(signal.SIGKILL)
    assert list(place.sheet_path.parent.glob(".2026.holder"))
    again = place.open()
    again.wait_for("Reprendre")
    again.end(signal.SIGKILL)


def test_the_whole_conversation_reaches_the_disk(place: Place) -> None:
    terminal = place.open()
    answer_all(terminal)
    assert terminal.leave() == 0
    sheet = check_nothing_lost(place, confirmed(terminal))
    assert sheet
    assert tuple(sheet.answers) == KEYS
