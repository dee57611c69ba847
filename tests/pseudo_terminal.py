"""A pseudo-terminal in which a real program runs, and what its screen shows."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

import pyte


class PseudoTerminal:
    """One program on one terminal of so many columns and rows; `received` are all its bytes."""

    patience = 20.0  # seconds before something that should have been shown is missing: only a failure waits so long

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        folder: Path | None = None,
        columns: int = 80,
        rows: int = 40,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=5000, ratio=1)
        # How it replies, among the keys, to a program that asks where the cursor is.
        self.screen.write_process_input = self.send  # type: ignore[method-assign,assignment]
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.process, self.side = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if folder:
                os.chdir(folder)
            os.execvpe(command[0], list(command), dict(environ))  # noqa: S606

    @property
    def now(self) -> str:
        """What stands on the screen now, as one text with plain spaces, wherever its lines are cut."""
        return join_lines(self.screen.display)

    @property
    def waits(self) -> bool:
        """Whether the program sleeps or has ended, where the system says so: one that only waits its turn does not."""
        stat = Path(f"/proc/{self.process}/stat")
        return not stat.exists() or stat.read_text().rpartition(") ")[2][0] in "SZ"

    def send(self, text: str) -> None:
        """Put all of this in at once, and wait for nothing."""
        os.write(self.side, text.encode("utf-8", "surrogateescape"))

    def read(self, until: float) -> bool:
        """Show what comes next; False at the end of it, or when that moment of `time.monotonic` has come."""
        if not select.select([self.side], [], [], max(0.0, until - monotonic()))[0]:
            return False
        try:
            chunk = os.read(self.side, 65_536)
        except OSError:  # the other side is closed
            return False
        self.received += chunk
        self._stream.feed(chunk)
        return bool(chunk)

    def read_all(self) -> None:
        """Read until the program ends; one that goes on and shows nothing as long as anybody waits is a failure."""
        while self.read(monotonic() + self.patience):
            pass
        if not select.select([self.side], [], [], 0)[0]:
            os.kill(self.process, signal.SIGKILL)
            raise AssertionError(f"it did not end:\n{self.now}")

    def wait(self) -> int:
        """How the program ended, as `subprocess` says it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def join_lines(lines: Sequence[str]) -> str:
    """Lines of a screen as one text with plain spaces."""
    return " ".join(" ".join(lines).replace("\u00a0", " ").replace("\u202f", " ").split())
