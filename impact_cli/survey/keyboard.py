"""What waits in a keyboard's queue: the rest of a paste, which must never answer the next question."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Iterator
from typing import Any

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]

_ON_ITS_WAY = 0.005  # seconds that Linux may take to put a key into the queue, which alone can be emptied
_found: dict[int, list[Any]] = {}  # the terminals that show nothing of what is typed, and how they were before


def forget_waiting(descriptor: int) -> None:
    """Drop what a terminal has received and nobody has read; anything but a terminal keeps its queue."""
    if termios is not None and os.isatty(descriptor):
        time.sleep(_ON_ITS_WAY)
        with contextlib.suppress(termios.error):
            termios.tcflush(descriptor, termios.TCIFLUSH)


@contextlib.contextmanager
def unechoed(descriptor: int) -> Iterator[None]:
    """Keep a terminal from showing what is typed while nothing is asked; anything but a terminal stays as it is."""
    before = None
    if termios is not None:
        with contextlib.suppress(termios.error):
            before = termios.tcgetattr(descriptor)
    if before is None:
        yield
        return
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
    _found[descriptor] = before
    try:
        yield
    finally:
        _leave_as_found()


def obey_signal(number: int) -> None:
    """End as a signal ends a process that does not know it, and leave the terminal as it was."""
    _leave_as_found()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


def _leave_as_found() -> None:
    while _found:
        with contextlib.suppress(termios.error):  # the window is closed
            descriptor, attributes = _found.popitem()
            termios.tcsetattr(descriptor, termios.TCSANOW, attributes)


def has_waiting(descriptor: int) -> bool:
    """Whether more of a paste is there to read at once; never so for anything but a terminal, nor on Windows."""
    return termios is not None and os.isatty(descriptor) and bool(select.select([descriptor], [], [], 0)[0])
