"""Somebody at a real terminal: the real `impact`, run on a pseudo-terminal whose screen can be read."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import pyte

ENTER, TAB, BACK_TAB, SPACE, UP, DOWN = "\r", "\t", "\x1b[Z", " ", "\x1b[A", "\x1b[B"
CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"
_PATIENCE = 30  # seconds for a screen to show what is awaited: only a failure waits so long
_RUN = "import sys; sys.argv[0] = 'impact'; from impact_cli.cli.app import main; main()"


def paste(text: str) -> str:
    """The stroke of a paste in a terminal that says where a paste begins and ends."""
    return f"\x1b[200~{text}\x1b[201~"


class TerminalSession:
    """A command of `impact` on a terminal of so many columns and rows. Keys are typed once their prompt is seen."""

    def __init__(
        self, *arguments: str, home: Path, columns: int = 80, rows: int = 24, prelude: str = "", **environ: str
    ) -> None:
        self._screen = pyte.HistoryScreen(columns, rows, history=5000)
        self._stream = pyte.ByteStream(self._screen)
        self.received = b""
        variables = {**os.environ, "IMPACT_HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8", **environ}
        for name in {"NO_COLOR", "COLUMNS", "LINES"} - environ.keys():  # the last two would hide the terminal's size
            variables.pop(name, None)
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(sys.executable, [sys.executable, "-c", prelude + _RUN, *arguments], variables)  # noqa: S606
        self.code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._terminal)
        if self.code is None:
            os.waitpid(self.process, 0)

    @property
    def text(self) -> str:
        """The lines on the screen, without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self._screen.display).strip("\n") + "\n"

    @property
    def words(self) -> str:
        """The screen with its lines joined: a sentence reads the same wherever it was cut."""
        return " ".join(self.text.replace("\u00a0", " ").replace("\u202f", " ").split())

    def until(self, *shown: str) -> Self:
        """Read until the screen shows these words; spaces are plain ones, and may be ends of lines."""
        deadline = monotonic() + _PATIENCE
        while not all(words in self.words for words in shown):
            if not self._read(deadline):
                raise AssertionError(f"{shown} never shown:\n{self.text}")
        return self

    def type(self, *strokes: str) -> Self:
        """Type, each stroke by itself."""
        for stroke in strokes:
            os.write(self._terminal, stroke.encode())
        return self

    def leave(self) -> int:
        """Read until the command ends, and give its exit code."""
        deadline = monotonic() + _PATIENCE
        while self._read(deadline):
            pass
        _, status = os.waitpid(self.process, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def _read(self, deadline: float) -> bool:
        """Show what comes next; False at the end of it, or when the time is over."""
        if not select.select([self._terminal], [], [], max(0.0, deadline - monotonic()))[0]:
            return False
        try:
            chunk = os.read(self._terminal, 65_536)
        except OSError:  # the other side is closed
            return False
        self.received += chunk
        self._stream.feed(chunk)
        return bool(chunk)
