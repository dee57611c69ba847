"""Signals that come at any moment: calls that they interrupt, windows resized in a storm, a process that is stopped."""

import os
import signal

import pytest
from assurance.conversation import CONVERSATION, KEYS, Place, answer, check_nothing_lost, confirmed
from assurance.terminals import Terminal, meeting
from keys import ENTER

pytestmark = pytest.mark.slow

_STORM = 100  # signals at once


def check_all_said(place: Place, terminal: Terminal) -> None:
    assert terminal.leave() == 0
    sheet = check_nothing_lost(place, confirmed(terminal))
    assert sheet
    assert tuple(sheet.answers) == KEYS


@pytest.mark.parametrize("calls", ["read", "write", "fsync,flock", "?epoll_wait,epoll_pwait,?poll,ppoll"])
def test_calls_that_a_signal_interrupts_are_made_again(place: Place, calls: str) -> None:
    """Every second one: a call that is made again succeeds. Not openat, with which Python looks for its modules."""
    terminal = place.begin(0)
    with meeting(terminal.process, f"{calls}:error=EINTR:when=1+2"):
        answer(terminal, *CONVERSATION)
        check_all_said(place, terminal)


def test_a_window_resized_in_a_storm_loses_no_answer(place: Place) -> None:
    terminal = place.open()
    for said in CONVERSATION:
        terminal.wait_for(said.prompt)
        *before, last = said.keys
        terminal.type(*before)
        terminal.send(last)
        for _ in range(_STORM):
            os.kill(terminal.process, signal.SIGWINCH)
    check_all_said(place, terminal)


def test_a_process_that_was_stopped_goes_on_with_the_keys_of_meanwhile(place: Place) -> None:
    terminal = place.begin(4)
    terminal.type("1")
    os.kill(terminal.process, signal.SIGSTOP)
    os.waitid(os.P_PID, terminal.process, os.WSTOPPED)
    terminal.send("2")
    os.kill(terminal.process, signal.SIGCONT)
    terminal.wait_for("> 12")
    terminal.type(ENTER)
    answer(terminal, *CONVERSATION[5:])
    check_all_said(place, terminal)
