"""Somebody at a real terminal: the real `impact`, run on a pseudo-terminal whose screen can be read."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from cli.commands import RUN
from pseudo_terminal import PseudoTerminal

_GLANCE = 0.02  # seconds between two looks at what no screen shows


class TerminalSession(PseudoTerminal):
    """A command of `impact` on a terminal of so many columns and rows. Keys are typed once their prompt is seen."""

    def __init__(
        self, *arguments: str, home: Path, columns: int = 80, rows: int = 24, prelude: str = "", **environ: str
    ) -> None:
        variables = {**os.environ, "IMPACT_HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8", **environ}
        for name in {"NO_COLOR", "COLUMNS", "LINES"} - environ.keys():  # the last two would hide the terminal's size
            variables.pop(name, None)
        super().__init__([sys.executable, "-c", prelude + RUN, *arguments], variables, columns=columns, rows=rows)
        self.code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.side)
        if self.code is None:
            self.wait()

    @property
    def text(self) -> str:
        """The lines on the screen, without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self.screen.display).strip("\n") + "\n"

    @property
    def words(self) -> str:
        """The screen with its lines joined: a sentence reads the same wherever it was cut."""
        return self.now

    def until(self, *shown: str) -> Self:
        """Read until the screen shows these words, and whole; spaces are plain ones, and may be ends of lines."""
        deadline = monotonic() + self.patience
        while not all(words in self.words for words in shown):
            if not self.read(deadline):
                raise AssertionError(f"{shown} never shown:\n{self.text}")
        self._settle(deadline)
        return self

    def wait_for(self, comes: Callable[[], bool]) -> None:
        """Read on until this is so."""
        deadline = monotonic() + self.patience
        while not comes():
            assert monotonic() < deadline, f"it never came:\n{self.text}"
            self.read(monotonic() + _GLANCE)

    def type(self, *strokes: str) -> Self:
        """Type, each stroke by itself."""
        for stroke in strokes:
            self.send(stroke)
        return self

    def leave(self) -> int:
        """Read until the command ends, and give its exit code."""
        self.read_all()
        self.code = self.wait()
        return self.code

    def _settle(self, deadline: float) -> None:
        """Read until nothing more comes of a command that waits: the words may have come with half a screen."""
        while monotonic() < deadline:
            waits = self.waits
            if not self.read(monotonic() + (0 if waits else _GLANCE)) and waits:
                return
