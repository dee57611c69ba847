"""Keys that nobody meant: pressed twice, or while nothing could be seen yet."""

import random
import time
from pathlib import Path

import pytest
from assurance.conversation import CONVERSATION, Place, make_place
from assurance.strays import KEPT_AFTER, check_blind_keys, check_kill
from keys import BACKSPACE, ENTER, ESCAPE, LEFT

from impact_cli.answers.keeping.store import load_sheet

_STRAY = (ENTER, BACKSPACE, LEFT, ESCAPE)  # none of them chooses, ticks or writes
_LATEST = 0.05  # seconds after an answer: about when the next prompt is drawn


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return make_place(tmp_path_factory.mktemp("stray"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_recorded_that_nobody_chose_on_a_drawn_screen(place: Place, seed: int) -> None:
    drawn = random.Random(seed)
    terminal = place.open()
    for said in CONVERSATION:
        terminal.wait_for(said.prompt)
        *before, last = said.keys
        terminal.type(*before)
        terminal.send(last)
        if said.line and "," not in said.line:  # a row leaves a line of its own
            terminal.wait_for(said.line)
            terminal.watch(time.monotonic() + drawn.uniform(0, _LATEST))
            terminal.send(drawn.choice(_STRAY))
    assert terminal.leave() == 0
    sheet = load_sheet(place.sheet_path).sheet
    assert sheet.answers == {said.key: said.value for said in CONVERSATION if said.key}
    assert sheet.silences == {}
    assert [given.publish for given in sheet.consent.values()] == [True, True]


@pytest.mark.slow
def test_no_key_counts_before_its_prompt_is_drawn(tmp_path: Path) -> None:
    """Where the machine is busy most prompts are drawn before anything is sent, but not all of ten conversations."""
    counts = [check_blind_keys(make_place(tmp_path / str(seed)), random.Random(seed)) for seed in range(10)]
    assert any(counts)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_kill_takes_away_no_more_than_the_prompt_did_not_yet_know(place: Place, seed: int) -> None:
    busy = 2.0  # seconds that a busy machine may need for what takes none
    assert check_kill(place, random.Random(seed)) < KEPT_AFTER + busy
