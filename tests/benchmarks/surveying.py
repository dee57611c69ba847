"""How much one types for a whole survey: `python tests/benchmarks/surveying.py [COLUMNS ROWS [FILE]]`.

The demo's answers are typed into the real survey on a terminal, by the shortest keys. Screens are prompts, keys are the
strokes that are no character of words. With a FILE, every screen is written to it, to be read.

In November 2026: 69 screens, 219 keys, 1,015 characters, at 80 × 24 as at 48 × 24 and 120 × 40. The answers of the
first demo took 65 screens, 181 keys, 951 characters in version 2026.1, and take 65, 182, 802 now, though nothing is
chosen beforehand any more: one stroke ticks all the texts of a family.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from cli.terminal_session import TerminalSession
from keys import CTRL_J, DOWN, ENTER, SPACE, TAB, UP
from writing import new_sheet, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Silence
from impact_cli.catalogue.model import Grid, Keywords, Many, One, Option, Question, Rating, list_offered
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.typography import fold

_STILL = 0.03  # seconds without a change after which a screen stands still
_SAID_IN_MENU = {Silence.NOT_KNOWN: "3", Silence.NOT_APPLICABLE: "4"}
_CONSENT = "Cochez ce qui peut être publié"


class Typist:
    """Somebody at the survey, who counts."""

    def __init__(self, session: TerminalSession) -> None:
        self.session = session
        self.screens: list[str] = []
        self.keys = self.characters = 0

    def see(self, *asked: str) -> None:
        """Wait for a prompt, or for the first of several."""
        self.session.wait_for(lambda: any(_plain(words) in self.session.words for words in asked))
        self._settle()
        self.screens.append(self.session.text)

    def type(self, *strokes: str) -> None:
        """Type each stroke once the screen stands still after the one before."""
        for stroke in strokes:
            is_key = stroke in {CTRL_J, DOWN, ENTER, SPACE, TAB, UP} or len(stroke) == 1
            self.keys += is_key
            self.characters += 0 if is_key else len(stroke)
            self.session.send(stroke)
            self.session.read(time.monotonic() + 1)
            self._settle()

    def _settle(self) -> None:
        while self.session.read(time.monotonic() + _STILL):
            pass


def main() -> None:
    """Type it all, and print the figures."""
    columns, rows = map(int, sys.argv[1:3] or (80, 24))
    typist = _survey(columns, rows)
    print(f"{columns} × {rows}: {len(typist.screens)} screens, {typist.keys} keys, {typist.characters} characters")
    for file in sys.argv[3:]:
        pages = (f"{f' {number} ':=^{columns}}\n{screen}" for number, screen in enumerate(typist.screens, 1))
        Path(file).write_text("".join(pages), encoding="utf-8")


def _survey(columns: int, rows: int) -> Typist:
    catalogue = real_catalogue()
    given = read_answers(catalogue, (catalogue_folder() / "exemples" / "demo.json").read_bytes(), "demo.json")
    sheet = new_sheet(catalogue, {key: said for key, said in given.items() if not isinstance(said, Silence)})
    words = ("survey", "Le Café", "--edition", "2026")
    with (
        tempfile.TemporaryDirectory() as home,
        TerminalSession(*words, home=Path(home), columns=columns, rows=rows) as session,
    ):
        typist = Typist(session)
        for key in trace_path(catalogue, sheet).answers:
            if catalogue.questions[key].asked:
                _reach(typist, catalogue.questions[key])
                _answer(typist, catalogue.questions[key], given.get(key, Silence.SKIPPED))
        _consent(typist)
        typist.see("Et maintenant")
        typist.type(DOWN, ENTER)
        typist.see("Que voulez-vous en faire")
        typist.type(UP, ENTER)
        session.leave()
    return typist


def _reach(typist: Typist, question: Question) -> None:
    typist.see(question.ask, _CONSENT)
    if _CONSENT in typist.session.words:
        typist.screens.pop()
        _consent(typist)
        typist.see(question.ask)


def _answer(typist: Typist, question: Question, said: Answer) -> None:
    match question, said:
        case _, Silence():
            _pass_over(typist, said)
        case Grid(rows=rows, choices=choices), dict():
            for row in rows:
                typist.see(f"→ {row.label}")
                typist.type(*_point(choices, said[row.id]), ENTER)
            typist.screens.pop()  # seen twice: the first row
        case One(options=options), str():
            typist.type(*_point(list_offered(options, set()), said), ENTER)
        case Rating(), int():
            typist.type(str(said), ENTER)
        case Many(options=options), tuple():
            typist.type(*_tick(list_offered(options, set()), said), ENTER)
        case Keywords(), tuple():
            typist.type(", ".join(said), ENTER)
        case _:
            typist.type(*str(said).replace("\n", f"\0{CTRL_J}\0").split("\0"), ENTER)


def _pass_over(typist: Typist, silence: Silence) -> None:
    if silence is Silence.SKIPPED:
        typist.type(ENTER, ENTER)
        return
    typist.type(TAB)
    typist.see("Que faire de cette question")
    typist.type(_SAID_IN_MENU[silence], ENTER)


def _point(options: Sequence[Option], chosen: str) -> list[str]:
    """The fewest strokes to an option of a list in which none is pointed at yet."""
    there = [option.id for option in options].index(chosen)
    return min(_move(options, -1, there), [*str(there + 1)], key=len)


def _tick(options: Sequence[Option], ticked: Sequence[str]) -> list[str]:
    """The strokes from the first option to each that is ticked, and its tick."""
    strokes, here = [], 0
    for index, option in enumerate(options):
        if option.id in ticked:
            strokes += [*_move(options, here, index), SPACE]
            here = index
    return strokes


def _move(options: Sequence[Option], here: int, there: int) -> list[str]:
    """Arrows, or the letter that an option begins with, as often as it takes."""
    down = [DOWN] * (there - here)
    up = [UP] * (len(options) - there + max(here, 0))
    letter = fold(options[there].label[0])
    between = [option for option in options[here + 1 : there + 1] if fold(option.label).startswith(letter)]
    letters = [letter] * len(between) if letter.isalpha() else down
    return min(down, up, letters, key=len)


def _consent(typist: Typist) -> None:
    typist.see(_CONSENT)
    lines = typist.session.words.split("[ ] ")[1:]
    ticked = [index for index, line in enumerate(lines) if index == 0 or not _goes_with(lines[0], line)]
    steps = [there - here for here, there in itertools.pairwise([0, *ticked])]
    typist.type(*(stroke for step in steps for stroke in (*[DOWN] * step, SPACE)), ENTER)


def _goes_with(first: str, line: str) -> bool:
    """Whether the first line ticks this one too."""
    return first.startswith("Tous ces textes") and "(peut-être" not in line


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


if __name__ == "__main__":
    main()
