"""Work shared out among processes: its outcomes in order, its faults told, nobody left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from impact_cli.answers.collection import sharing
from impact_cli.answers.collection.sharing import share_out
from impact_cli.errors import ImpactError


@pytest.fixture(autouse=True)
def _three_processors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sharing, "_count_processors", lambda: 3)
    yield
    assert multiprocessing.active_children() == []


def double(share: list[int]) -> tuple[int, list[int]]:
    return os.getpid(), [2 * each for each in share]


def test_outcomes_stand_in_the_order_of_the_shares_whoever_works() -> None:
    outcomes = [*share_out(double, ([number, number * 7 % 5] for number in range(60)))]
    assert [said for _, said in outcomes] == [[2 * number, 2 * (number * 7 % 5)] for number in range(60)]
    workers = {process for process, _ in outcomes}
    assert 1 < len(workers) <= 3
    assert os.getpid() not in workers


def test_one_share_alone_is_done_here() -> None:
    assert [*share_out(double, [[1, 2]])] == [(os.getpid(), [2, 4])]
    assert [*share_out(double, [])] == []


def test_where_there_can_be_no_process_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert [*share_out(double, [[1], [2], [3]])] == [(os.getpid(), [2 * number]) for number in (1, 2, 3)]


def test_large_shares_and_outcomes_do_not_wait_for_each_other() -> None:
    outcomes = share_out(double, ([number] * 200_000 for number in range(8)))
    assert [said[0] for _, said in outcomes] == [2 * number for number in range(8)]


def fail(share: int) -> int:
    if share == 3:
        raise ImpactError("Rien.", "Recommencez.", exit_code=2)
    return share


def test_what_the_work_raises_is_raised_here() -> None:
    outcomes = share_out(fail, range(9))
    with pytest.raises(ImpactError, match="Rien") as raised:
        list(outcomes)
    assert (raised.value.hint, raised.value.exit_code) == ("Recommencez.", 2)
    assert "in fail" in "".join(raised.value.__notes__)


def end(how: int, share: int) -> int:
    if share == 5:
        os.kill(os.getpid(), how)
    return share


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_is_a_sentence(how: int) -> None:
    with pytest.raises(ImpactError, match="a pris fin"):
        list(share_out(partial(end, how), range(9)))


def test_who_stops_listening_ends_the_others() -> None:
    outcomes = share_out(double, ([number] for number in range(1000)))
    assert next(outcomes)[1] == [0]
    outcomes.close()


_PROGRAM = """
import multiprocessing, os, sys, time
from impact_cli.answers.collection import sharing

def work(share):
    print(os.getpid(), flush=True)
    time.sleep(share)  # the work
    return share

if __name__ == "__main__":
    sharing._count_processors = lambda: 2
    multiprocessing.set_start_method(sys.argv[1])
    print(sum(sharing.share_out(work, [float(word) for word in sys.argv[2:]])))
"""


@pytest.mark.slow
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_a_process_will_do(method: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(_PROGRAM)
    told = subprocess.run(
        [sys.executable, tmp_path / "program.py", method, "0", "0.25", "0"], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "0.25"
    assert told.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nobody_outlives_the_first_process(how: int, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(_PROGRAM)
    with subprocess.Popen(
        [sys.executable, tmp_path / "program.py", "fork", "0.4", "0.4"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        workers = {program.stdout.readline() for _ in range(2)}
        program.send_signal(how)
        program.communicate(timeout=60)  # it is over when the last of them has let go of its outputs
    assert len(workers) == 2
