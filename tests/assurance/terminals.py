"""A person at a pseudo-terminal in which the real program runs: keys in, a screen out, and any way to end it."""

import contextlib
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path

import pyte

ENTER, SPACE, TAB, DOWN, UP = "\r", " ", "\t", "\x1b[B", "\x1b[A"
CTRL_C, CTRL_D, CTRL_Z = "\x03", "\x04", "\x1a"
PATIENCE = 20.0  # seconds before something that should have been shown is missing
_STILL = 0.015  # seconds without a change after which a screen stands still
IMPACT = (sys.executable, "-c", "from impact_cli.cli.app import main; main()")


def environment(home: Path, **others: str) -> dict[str, str]:
    """The environment of a person whose sheets lie in `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "COVERAGE_PROCESS_START") if name in os.environ}
    return {**kept, "IMPACT_HOME": str(home), "HOME": str(home.parent), "TERM": "xterm", "LANG": "C.UTF-8", **others}


class Terminal:
    """One program on one terminal of 80 columns and 40 rows; its whole screen history is in `lines`."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], *, folder: Path | None = None) -> None:
        self._screen = pyte.HistoryScreen(80, 40, history=5000, ratio=1)
        self._stream = pyte.ByteStream(self._screen)
        self.received = b""
        self.process, self.side = pty.fork()
        if self.process == 0:
            if folder:
                os.chdir(folder)
            os.execvpe(command[0], list(command), dict(environ))  # noqa: S606
        ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))

    @property
    def lines(self) -> list[str]:
        """Every line shown so far, from the oldest, without the blanks at its end."""
        past = ["".join(row[column].data for column in range(80)) for row in self._screen.history.top]
        return [line.rstrip() for line in (*past, *self._screen.display)]

    @property
    def text(self) -> str:
        """All lines as one text with plain spaces: what was broken at a line's end is joined again."""
        return " ".join(" ".join(self.lines).split()).replace("\u00a0", " ").replace("\u202f", " ")

    @property
    def now(self) -> str:
        """What stands on the screen now, as one text with plain spaces."""
        return " ".join(" ".join(self._screen.display).split()).replace("\u00a0", " ").replace("\u202f", " ")

    def send(self, text: str) -> None:
        """Put all of this in at once, and wait for nothing."""
        os.write(self.side, text.encode("utf-8", "surrogateescape"))

    def type(self, *keys: str) -> None:
        """Type these keys one after the other, each once the screen has moved for the one before and stands still.

        Keys that arrive together would be taken for a paste.
        """
        for key in keys:
            self._settle()
            os.write(self.side, key.encode("utf-8", "surrogateescape"))
            self._read(time.monotonic() + 1)
            if key.isprintable() and key.strip():
                self.wait_for(key)
        self._settle()

    def wait_for(self, words: str, *, until: float | None = None) -> bool:
        """Read until the words stand on the screen; False when that moment (of `time.monotonic`) has come first."""
        end = until or time.monotonic() + PATIENCE
        while words not in self.now:
            if not self._read(end):
                if until is not None and time.monotonic() >= until:
                    return False
                raise AssertionError(f"« {words} » was never shown:\n" + "\n".join(self.lines))
        return True

    def watch_for(self, words: str) -> None:
        """Read until the words stand on the screen, or the program ends."""
        while words not in self.now and self._read(time.monotonic() + PATIENCE):
            pass

    def watch(self, until: float) -> None:
        """Read what comes, up to that moment of `time.monotonic`."""
        while self._read(until):
            pass

    def end(self, how: int = signal.SIGKILL) -> int:
        """Send the signal, and give how the program ended, as `subprocess` does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, how)
        return self.leave()

    def hang_up(self) -> int:
        """Close the window, as its frame's button does."""
        os.close(self.side)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def leave(self) -> int:
        """Read to the end of the program, and give its exit code."""
        while self._read(time.monotonic() + PATIENCE):
            pass
        os.close(self.side)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _settle(self) -> None:
        while self._read(time.monotonic() + _STILL):
            pass

    def _read(self, until: float) -> bool:
        """Read once what the program writes; False at its end or when the moment has come."""
        ready, _, _ = select.select([self.side], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            chunk = os.read(self.side, 65_536)
        except OSError:  # the other side is closed
            return False
        self.received += chunk
        self._stream.feed(chunk)
        return bool(chunk)
