"""The gate for every word on its way to a person: results on stdout, talk on stderr, and nothing hidden in them."""

import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO, cast

from impact_cli.errors import ImpactError, explain_os_error
from impact_cli.typography import HIDDEN, make_visible, wrap

_NARROWEST = 20  # columns
UNHEARD = (errno.EPIPE, errno.EIO)  # a pipe that is closed, a terminal that has gone


class UnwritableError(ImpactError):
    """A stream refuses our words. Without a message where nobody reads any more: who left wants no complaint."""


class GuardedStream:
    """A stream of text that no hidden character passes, whoever writes: we, a library, Python in a warning."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write the text, visible."""
        return self.write_styled(make_visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of the lines, visible."""
        for line in lines:
            self.write(line)

    def write_styled(self, text: str) -> int:
        """Write a text as it is: for the colours of a renderer, which made the words visible itself."""
        with self._explaining():
            return self._stream.write(text) if text else 0

    def flush(self) -> None:
        """Hand on what was written."""
        with self._explaining():
            self._stream.flush()

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._fall_silent()
            raise explain_unwritable(error) from error

    def _fall_silent(self) -> None:
        """Let what the stream still holds go nowhere, also when Python flushes it at the end."""
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


def explain_unwritable(error: OSError) -> UnwritableError:
    """The error to raise where a stream refuses, silent where nobody reads any more."""
    if error.errno in UNHEARD:
        return UnwritableError("")
    return UnwritableError(
        f"La sortie n’a pas pu être écrite ({explain_os_error(error)}).", "Vérifiez où va ce que la commande affiche."
    )


def guard_streams() -> None:
    """Put the gate before both outputs; a stream that was closed before we began becomes one that says so."""
    for descriptor, name, access in (
        (0, "stdin", os.O_RDONLY),
        (1, "stdout", os.O_RDONLY),  # to be read only, so that writing fails
        (2, "stderr", os.O_WRONLY),  # who closes it wants to hear nothing
    ):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, access), descriptor)
            setattr(sys, name, open(descriptor, "w" if descriptor else "r", encoding="utf-8", closefd=False))  # noqa: SIM115  open to the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            if not stream.isatty():  # a file is UTF-8 on every system: Windows would write it in a code page
                stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for name in ("stdout", "stderr"):
        if not isinstance(getattr(sys, name), GuardedStream):
            setattr(sys, name, GuardedStream(getattr(sys, name)))


def settle_streams() -> None:
    """Hand on what both outputs still hold, or let go of it: nothing is left for Python to complain about."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(UnwritableError):
            stream.flush()


def give(text: str) -> None:
    """What was asked for, on standard output."""
    sys.stdout.write(f"{text}\n")


def give_styled(text: str) -> None:
    """What was asked for, with a renderer's colours."""
    stream = cast("GuardedStream", sys.stdout)
    stream.write_styled(f"{text}\n")


def give_json(content: object) -> None:
    """What was asked for, for a program to read."""
    give(write_json(content))


def write_json(content: object) -> str:
    r"""The JSON of it, indented, its hidden characters as \u…: the same data, and a terminal shows what is there."""
    import json

    return HIDDEN.sub(_escape, json.dumps(content, ensure_ascii=False, indent=2))


def _escape(found: re.Match[str]) -> str:
    import json

    return json.dumps(found[0])[1:-1]


def say(text: str) -> None:
    """A sentence to the person, on standard error."""
    sys.stderr.write(f"{fit(text, sys.stderr)}\n")
    sys.stderr.flush()


def offer(lead: str, line: str) -> None:
    """A sentence, then what it leads to on a line of its own that is never cut: a command or a path, to be copied."""
    say(lead)
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()


@contextlib.contextmanager
def counting(words: str) -> Iterator[Callable[[int], object]]:
    """A line of ours that adds up what it is told, on a terminal and nowhere else; then it goes.

    It is drawn when it is told something: no thread of it stands in the way of other processes.
    """
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    bare = getattr(sys.stderr, "_stream", sys.stderr)  # its codes move the cursor; it holds no word but ours
    columns = (TextColumn(words), BarColumn(), TextColumn("{task.completed:.0f}"))
    console = Console(file=bare)
    shown = Progress(
        *columns,
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with shown:
        task = shown.add_task("", total=None)
        yield lambda count: shown.update(task, advance=count, refresh=True)


def fit(text: str, stream: TextIO) -> str:
    """The text in lines that break between words where the stream is a terminal; as it is elsewhere."""
    if not stream.isatty():
        return text
    columns = max(_NARROWEST, shutil.get_terminal_size().columns)
    fitted = []
    for line in text.split("\n"):
        words = line.lstrip(" ")
        indent = line.removesuffix(words)
        fitted += wrap(words, columns, indent, indent, cuts_words=False)
    return "\n".join(fitted)


def quote(word: str) -> str:
    """The word as one types it in a shell: between double quotes, which every system has, unless it holds a sign."""
    import shlex

    visible = " ".join(make_visible(word).split("\n"))
    return shlex.quote(visible) if re.search(r'["$`\\!]', visible) else f'"{visible}"'
