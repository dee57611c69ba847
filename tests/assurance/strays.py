"""Random keys and kills at random moments: `python -m assurance.strays 600` (seconds), from the tests' folder."""

import itertools
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from assurance.conversation import CONVERSATION, KEYS, Place, make_place
from keys import BACK_TAB, BACKSPACE, DOWN, END, ENTER, ESCAPE, LEFT, PAGE_DOWN, SPACE, TAB, UP

from impact_cli.answers.keeping.drafts import load_drafts
from impact_cli.answers.keeping.store import load_sheet

_KEYS = (ENTER, SPACE, DOWN, UP, TAB, BACK_TAB, ESCAPE, LEFT, BACKSPACE, END, PAGE_DOWN, *"0123456789abzé,")
_LATEST = 0.06  # seconds after an answer: about when the next prompt is drawn
_SLOWEST_TYPING = 0.25  # seconds between two keys
KEPT_AFTER = 0.3  # seconds after which a prompt keeps what was typed, on a machine with nothing else to do


def check_blind_keys(place: Place, drawn: random.Random) -> Counter[str]:
    """Answer, with any keys before the next prompt can be seen: none of them chooses, ticks, types or consents.

    The terminal says that it has drawn a prompt as soon as it has: what is sent before that was sent blind.
    """
    counts: Counter[str] = Counter()
    terminal = place.open()
    for said, following in itertools.pairwise((*CONVERSATION, None)):
        assert said
        terminal.wait_for(said.prompt)
        terminal.type(*said.keys[:-1])
        terminal.send(said.keys[-1])
        if following is None:
            break
        if not said.line or "," in said.line:  # without a line of its own: perhaps its prompt stands there still
            continue
        terminal.wait_for(said.line)  # sooner, Enter and the keys after it would be a paste
        terminal.watch(time.monotonic() + drawn.uniform(0, _LATEST))
        if following.prompt not in terminal.now:
            terminal.send("".join(drawn.choices(_KEYS, k=drawn.randint(1, 6))))
            counts["bursts"] += 1
    assert terminal.leave() == 0
    _check_answers(place)
    return counts


def _check_answers(place: Place) -> None:
    sheet = load_sheet(place.sheet_path).sheet
    assert sheet.answers == {said.key: said.value for said in CONVERSATION if said.key}
    assert tuple(sheet.answers) == KEYS
    assert sheet.silences == {}, sheet.silences
    assert [given.publish for given in sheet.consent.values()] == [True, True]


def check_kill(place: Place, drawn: random.Random) -> float:
    """Type on and on, and be killed: how many seconds before the kill the last key that was kept had been typed."""
    terminal = place.begin(2)
    typed = "".join(drawn.choices("abcdefghij klmnop", k=200)).strip()
    end = time.monotonic() + drawn.uniform(0.1, 4)
    moments: list[float] = []
    for key in typed:
        if time.monotonic() >= end:
            break
        terminal.send(key)
        moments.append(time.monotonic())
        terminal.watch(min(end, time.monotonic() + drawn.uniform(0.005, _SLOWEST_TYPING)))
    terminal.end(signal.SIGKILL)
    killed = time.monotonic()
    kept = load_drafts(place.sheet_path).get("lien.exemple", "")
    assert isinstance(kept, str)
    assert typed.startswith(kept)
    return killed - moments[len(kept)] if len(kept) < len(moments) else 0.0


def main() -> None:
    """Try until the time is over, and print the figures."""
    end = time.monotonic() + float(sys.argv[1])
    counts: Counter[str] = Counter()
    lost: list[float] = []
    for seed in itertools.count(int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        if time.monotonic() >= end:
            break
        with tempfile.TemporaryDirectory() as folder:
            drawn = random.Random(seed)
            counts["conversations"] += 1
            try:
                counts += check_blind_keys(make_place(Path(folder) / "keys"), drawn)
            except AssertionError as error:
                counts["faults"] += 1
                print(f"seed {seed}: {error}")
            lost.append(check_kill(make_place(Path(folder) / "kill"), drawn))
    lost.sort()
    print(dict(counts), f"; {len(lost)} kills lost at most {lost[-1]:.2f} s, half of them {lost[len(lost) // 2]:.2f} s")


if __name__ == "__main__":
    main()
