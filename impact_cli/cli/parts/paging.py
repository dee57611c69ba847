"""A long text in a terminal: a window of it at a time, by the pager that one is used to."""

import math
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from impact_cli.errors import shorten
from impact_cli.printing import give_styled, say

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LEFT = {0, 130, -signal.SIGINT}  # codes of a pager that was read and left


def page(text: str) -> None:
    """Show a visible text: through PAGER (`less -FRX` where nothing is said), or as it is where no pager is of use."""
    command = _find_pager(os.environ)
    if not command or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb" or _fits(text):
        give_styled(text)
        return
    sys.stdout.flush()
    if not _run(command, text):
        say(f"Le programme de lecture «\u00a0{shorten(command[0])}\u00a0» (variable PAGER) n’a pas fonctionné.")
        give_styled(text)


def _find_pager(environ: Mapping[str, str]) -> list[str]:
    """The words of the command, never read by a shell; none where pages are not wanted or not to be had."""
    named = environ.get("PAGER")
    if named is None:
        return ["less", "-FRX"] if shutil.which("less") else []
    try:
        words = shlex.split(named)
    except ValueError:  # a quote without its end
        words = [named]
    return [] if words == ["cat"] else words


def _fits(text: str) -> bool:
    columns, rows = shutil.get_terminal_size()
    lines = _COLOUR.sub("", text).split("\n")
    return sum(max(1, math.ceil(len(line) / columns)) for line in lines) < rows


def _run(command: list[str], text: str) -> bool:
    options = os.environ.get("LESS", "FRX")
    environ = {"LESSCHARSET": "utf-8", **os.environ, "LESS": options if "R" in options else f"{options} -R"}
    try:
        with _interrupts_left_to_the_pager():
            done = subprocess.run(command, input=f"{text}\n".encode(errors="replace"), env=environ, check=False)  # noqa: S603  the user's own
    except OSError:
        return False
    return done.returncode in _LEFT


@contextmanager
def _interrupts_left_to_the_pager() -> Iterator[None]:
    """Ctrl-C is the pager's: it stops a search there, and must not stop us under it."""
    former = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
