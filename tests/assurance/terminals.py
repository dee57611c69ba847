"""A person at a pseudo-terminal in which the real program runs: keys in, a screen out, and any way to end it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pseudo_terminal import PseudoTerminal, join_lines

_STILL = 0.015  # seconds without a change after which a screen stands still
IMPACT = (sys.executable, "-c", "from impact_cli.cli.app import main; main()")


def environment(home: Path, **others: str) -> dict[str, str]:
    """The environment of a person whose sheets lie in `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "COVERAGE_PROCESS_START") if name in os.environ}
    return {**kept, "IMPACT_HOME": str(home), "HOME": str(home.parent), "TERM": "xterm", "LANG": "C.UTF-8", **others}


def with_faults(*faults: str) -> tuple[str, ...]:
    """The start of a command whose system calls meet these faults, as `strace --inject` writes them."""
    return (*_inject(faults), "-qqq")


def _inject(faults: tuple[str, ...]) -> tuple[str, ...]:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    calls = ",".join(fault.partition(":")[0] for fault in faults)
    injected = (word for fault in faults for word in ("-e", f"inject={fault}"))
    return ("strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", "signal=none", *injected)


@contextlib.contextmanager
def meeting(process: int, *faults: str) -> Iterator[None]:
    """Let a program that runs meet these faults meanwhile: every such call does, whatever else it saves just then."""
    command = (*_inject(faults), "-p", str(process))
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        said = tracer.stderr.readline()
        if "not permitted" in said:
            pytest.skip("strace may not follow a program that runs")
        assert "attached" in said
        try:
            yield
        finally:
            tracer.terminate()


class Terminal(PseudoTerminal):
    """One program on one terminal of 80 columns and 40 rows; its whole screen history is in `lines`."""

    @property
    def lines(self) -> list[str]:
        """Every line shown so far, from the oldest, without the blanks at its end."""
        past = ["".join(row[column].data for column in range(80)) for row in self.screen.history.top]
        return [line.rstrip() for line in (*past, *self.screen.display)]

    @property
    def text(self) -> str:
        """All lines as one text with plain spaces: what was broken at a line's end is joined again."""
        return join_lines(self.lines)

    def type(self, *keys: str) -> None:
        """Type these keys one after the other, each once the screen has moved for the one before and stands still.

        Keys that arrive together would be taken for a paste.
        """
        for key in keys:
            self._settle()
            os.write(self.side, key.encode("utf-8", "surrogateescape"))
            self.read(time.monotonic() + 1)
            if key.isprintable() and key.strip():
                self.wait_for(key)
        self._settle()

    def wait_for(self, words: str, *, until: float | None = None) -> bool:
        """Read until the words stand on the screen; False when that moment (of `time.monotonic`) has come first."""
        end = until or time.monotonic() + self.patience
        while words not in self.now:
            if not self.read(end):
                if until is not None and time.monotonic() >= until:
                    return False
                raise AssertionError(f"« {words} » was never shown:\n" + "\n".join(self.lines))
        return True

    def watch_for(self, words: str) -> None:
        """Read until the words stand on the screen, or the program ends."""
        while words not in self.now and self.read(time.monotonic() + self.patience):
            pass

    def watch(self, until: float) -> None:
        """Read what comes, up to that moment of `time.monotonic`."""
        while self.read(until):
            pass

    def end(self, how: int = signal.SIGKILL) -> int:
        """Send the signal, and give how the program ended, as `subprocess` does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, how)
        return self.leave()

    def hang_up(self) -> int:
        """Close the window, as its frame's button does."""
        os.close(self.side)
        return self.wait()

    def leave(self) -> int:
        """Read to the end of the program, and give its exit code."""
        self.read_all()
        os.close(self.side)
        return self.wait()

    def _settle(self) -> None:
        end = time.monotonic() + self.patience
        while (self.read(time.monotonic() + _STILL) or not self.waits) and time.monotonic() < end:
            pass
