"""What waits in a keyboard's queue: the rest of a paste, which must never answer the next question."""

import contextlib
import select
from collections.abc import Iterator
from typing import TextIO

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]


def forget_waiting(descriptor: int) -> None:
    """Drop what a terminal has received and nobody has read; anything but a terminal keeps its queue."""
    if termios is not None:
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
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the window is closed
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


def has_waiting(stream: TextIO) -> bool:
    """Whether more lines of a paste are there to read at once; never so for anything but a terminal."""
    return termios is not None and stream.isatty() and bool(select.select([stream], [], [], 0)[0])
