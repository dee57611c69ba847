"""The commands as people run them: words in, an exit code and what was said out."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from impact_cli.cli.app import main

_RUN = "import sys; sys.argv[0] = 'impact'; from impact_cli.cli.app import main; main()"


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
        [sys.executable, "-c", _RUN, *arguments],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "IMPACT_HOME": str(home), "LC_ALL": "C.UTF-8", **environ},
        check=False,
    )
    return Outcome(done.returncode, _plain(done.stdout), _plain(done.stderr))


def photograph(folder: Path) -> dict[Path, bytes]:
    """Every visible file under a folder, with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path: path.read_bytes() for path in files}


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
