"""The commands as people run them: words in, an exit code and what was said out."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
import typer.main

from impact_cli.cli.app import main
from impact_cli.cli.late import LateCommand
from impact_cli.exchange.process import ReaderProcess

RUN = "import sys; sys.argv[0] = 'impact'; from impact_cli.cli.app import main; main()"
MASSY: Mapping[str, object] = {"lieu.commune": "Massy"}


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code, and its two outputs with plain spaces."""

    code: int
    out: str
    err: str

    @property
    def failed_well(self) -> bool:
        """One clear sentence and what to do, not our own fault."""
        return self.code in {1, 2} and bool(self.err.strip()) and not self.betrays_a_fault

    @property
    def betrays_a_fault(self) -> bool:
        said = self.out + self.err
        return "Traceback" in said or "la faute est à nous" in said


def run(*arguments: str, home: Path, stdin: str | bytes = b"", environ: Mapping[str, str] | None = None) -> Outcome:
    """Run a command in this process, with these bytes on its standard input."""
    lines = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with _stage(arguments, {"IMPACT_HOME": str(home), **(environ or {})}, lines, out, err):
        code = _leave()
    return Outcome(code, _read(out), _read(err))


def run_apart(*arguments: str, home: Path, stdin: bytes | None = b"", **environ: str) -> Outcome:
    """Run a command in a process of its own; without a standard input where `stdin` is None."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "IMPACT_HOME": str(home), "LC_ALL": "C.UTF-8", **environ},
        check=False,
    )
    return Outcome(done.returncode, _plain(done.stdout), _plain(done.stderr))


def answer(home: Path, venue: str, edition: str = "2026", answers: Mapping[str, object] | bytes = MASSY) -> Outcome:
    """Give answers for a venue, as who has them in a file does."""
    given = answers if isinstance(answers, bytes) else json.dumps(answers)
    return run("survey", venue, "--edition", edition, "--answers", "-", home=home, stdin=given)


def made_once(fill: Callable[[Path], object]) -> Callable[..., Path]:
    """A fixture: the home that `fill` makes is made once, and each test gets a copy."""

    @cache
    def make() -> TemporaryDirectory[str]:
        made = TemporaryDirectory()
        fill(Path(made.name, "home"))
        return made

    @pytest.fixture
    def home(tmp_path: Path) -> Path:
        return shutil.copytree(Path(make().name, "home"), tmp_path / "home")

    return home


def photograph(folder: Path) -> dict[Path, bytes]:
    """Every visible file under a folder, with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path: path.read_bytes() for path in files}


# What each process of people's does once is done once for all commands that run in this one.
_build_commands = cache(typer.main.get_command)
_load_command = cache(LateCommand._load)
_readers: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}


class _KeptReader(ReaderProcess):
    """The process that reads reports stays for the next command, which has the same questionnaire."""

    def _start(self) -> subprocess.Popen[bytes]:
        place = (str(self._questions), *sys.path)
        kept = _readers.get(place)
        if kept is None or kept.poll() is not None:
            kept = _readers[place] = super()._start()
        return kept

    def __exit__(self, *_: object) -> None:
        self._process = None


@contextlib.contextmanager
def _stage(
    arguments: tuple[str, ...], environ: Mapping[str, str], stdin: bytes, out: io.TextIOWrapper, err: io.TextIOWrapper
) -> Iterator[None]:
    on_kill = signal.getsignal(signal.SIGTERM)
    with (
        patch.object(sys, "argv", ["impact", *arguments]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
        patch.object(sys.modules["__main__"], "__package__", None),  # else click says "python -m"
        patch.dict(os.environ, environ),
        patch("typer.main.get_command", _build_commands),
        patch.object(LateCommand, "_load", _load_command),
        patch("impact_cli.exchange.process.ReaderProcess", _KeptReader),
    ):
        yield
    signal.signal(signal.SIGTERM, on_kill)


def _leave() -> int:
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    return 0


def _read(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return _plain(buffer.getvalue())


def _plain(written: bytes) -> str:
    return written.decode().replace("\u00a0", " ").replace("\u202f", " ")
