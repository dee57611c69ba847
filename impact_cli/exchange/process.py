"""The one process that reads other people's files: it has so much time and memory for each, and ends with them."""

import base64
import contextlib
import json
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Self

from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.reading import Reading, read_json, write_json

if TYPE_CHECKING:
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.wordbook import Wordbook

_SECONDS = 4.0  # of one processor; a report takes a tenth of one
_SECONDS_PER_MEGABYTE = 3.0  # a page or a PDF may be large for its pictures
_PATIENCE = 5  # times as long by the clock on the wall, where the machine is busy or has no clock of the other kind
_MEMORY = 130_000_000  # bytes; a report takes 40, with PDFium
_MEMORY_PER_BYTE = 20  # its pieces and words weigh several times what the file does
_BEYOND = "Donnez le rapport seul, en texte, en Markdown, en HTML, en Word ou en PDF."


class ReaderProcess:
    """Reads the reports of one command, one after the other; it is started for the first, and again after a bad one."""

    def __init__(self, catalogue: "Catalogue", questions: Path | None) -> None:
        self._catalogue = catalogue
        self._questions = questions
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, content: bytes, name: str) -> Reading:
        """What the report says. Raises ImpactError where it is none, or takes more time or memory than any does."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101  both are pipes
        assert process.stdout is not None  # noqa: S101  same
        seconds = _SECONDS + _SECONDS_PER_MEGABYTE * len(content) / 1_000_000
        asked = {"name": name, "content": base64.b64encode(content).decode("ascii"), "seconds": seconds}
        alarm = Timer(_PATIENCE * seconds, process.kill)
        alarm.start()
        try:
            process.stdin.write(json.dumps(asked).encode("ascii") + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            alarm.cancel()
        if not answer.endswith(b"\n"):
            self._end()
            raise ImpactError(f"{shorten(name)}\u00a0: ce fichier demande trop de temps ou de mémoire à lire.", _BEYOND)
        said = json.loads(answer)
        if "fault" in said:
            raise ImpactError(said["fault"], said["hint"])
        return read_json(self._catalogue, said)

    def _start(self) -> subprocess.Popen[bytes]:
        start = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import main; main()"
        command = [sys.executable, "-I", "-c", start, *([str(self._questions)] if self._questions else [])]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603  our own program

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def main() -> None:
    """The process itself: on each line of stdin a file, on each line of stdout what it says or why it says nothing."""
    for line in sys.stdin.buffer:
        try:
            said = _read(json.loads(line))
        except ImpactError as error:
            said = {"fault": error.message, "hint": error.hint}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    from impact_cli.exchange.published import read_report

    book = _load_book()
    content = base64.b64decode(asked["content"])
    _set_bounds(asked["seconds"], _MEMORY + _MEMORY_PER_BYTE * len(content))
    return write_json(read_report(book, content, asked["name"]))


@cache
def _load_book() -> "Wordbook":
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.exchange.compiling import compile_wordbook

    return compile_wordbook(load_catalogue(Path(sys.argv[1]) if len(sys.argv) > 1 else None, readings=True))


def _set_bounds(seconds: float, memory: int) -> None:
    """The system ends the process after so many seconds of work, or refuses it more memory; Windows does neither."""
    if sys.platform == "win32":
        return
    import resource

    signal.setitimer(signal.ITIMER_PROF, seconds)
    for limit, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a system that has other limits, or lower ones
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
