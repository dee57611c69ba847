"""Somebody who types: a keyboard that gives strokes one after the other, and a screen that can be read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import cast

import pyte
from prompt_toolkit.application import application, get_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.input.posix_utils import PosixStdinReader
from prompt_toolkit.key_binding.defaults import load_key_bindings
from prompt_toolkit.output.vt100 import Vt100_Output

from impact_cli.cli.parts.prompting import set_for_terminal
from impact_cli.survey.prompter import Draft, Reply, Step
from impact_cli.survey.terminal.face import TerminalPrompter

# Keys mean the same in every prompt: to bind all of them anew took a third of these tests' time.
application.load_key_bindings = cache(load_key_bindings)  # type: ignore[attr-defined]


class Paper:
    """A screen as a person sees it, written to like a file; it is drawn when somebody looks."""

    encoding = "utf-8"

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self._screen)
        self._drawn = 0  # of what was received
        self.received = ""

    def write(self, text: str) -> None:
        self.received += text

    def flush(self) -> None: ...

    @property
    def text(self) -> str:
        """The lines on the screen, without the blanks at their ends."""
        self._stream.feed(self.received[self._drawn :])
        self._drawn = len(self.received)
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip() + "\n"


class Typist:
    """A prompter in front of somebody who types. `shown` is the screen when the strokes had run out, else empty."""

    def __init__(self, keyboard: PipeInput, strokes: Sequence[str], columns: int, rows: int) -> None:
        self.paper = Paper(columns, rows)
        self.shown = ""
        self.closed = False
        self.kept: list[Draft] = []
        self._strokes = list(strokes)
        keyboard.stdin_reader = cast("PosixStdinReader", self)  # type: ignore[attr-defined]
        keyboard.send_text("never read: it keeps the pipe ready")
        size = Size(rows=rows, columns=columns)
        self.keyboard = keyboard
        self.output = Vt100_Output(self.paper, lambda: size, term="xterm", enable_cpr=False)  # type: ignore[arg-type]
        self.prompter = TerminalPrompter(set_for_terminal, keyboard, self.output)

    def ask(self, step: Step) -> Reply:
        """The reply to a question."""
        return self.prompter.ask(step, self.kept.append)

    def read(self, count: int = 1024) -> str:
        """The next stroke, as one reading of the keyboard gives it; the last closes the keyboard."""
        del count
        if self._strokes:
            return self._strokes.pop(0)
        get_app()._redraw()
        self.shown = self.paper.text
        self.closed = True
        return ""


@contextmanager
def typing(*strokes: str, columns: int = 80, rows: int = 24) -> Iterator[Typist]:
    """A typist for these strokes, each of which arrives by itself."""
    with create_pipe_input() as keyboard:
        yield Typist(keyboard, strokes, columns, rows)
