"""A person at a form in a browser: ODK Web Forms' engine in Node, which keeps a form open and takes ways through it."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

_ENGINE = Path(__file__).parent / "engine"
Given = Mapping[str, str]  # by name of field, options between spaces


@dataclass(frozen=True)
class Reply:
    """What the form asks (names), what it refuses (name to sentence), and the submission as XML."""

    relevant: frozenset[str]
    refused: Mapping[str, str]
    sent: str


class WebForm:
    """A form in the engine, and how to give answers to it."""

    def __init__(self, into: IO[str], out: IO[str]) -> None:
        self._into, self._out = into, out

    def open(self, xml: str) -> list[str]:
        """Open a form in place of the one before; the names of all its fields."""
        names: list[str] = self._ask({"form": xml})
        return names

    def answer(self, given: Given) -> Reply:
        """Give these answers and no others."""
        reply = self._ask({"answers": given})
        return Reply(frozenset(reply["relevant"]), reply["refused"], reply["sent"])

    def _ask(self, request: object) -> Any:
        self._into.write(json.dumps(request) + "\n")
        self._into.flush()
        reply = json.loads(self._out.readline())
        assert not (isinstance(reply, dict) and "failed" in reply), reply["failed"]
        return reply


@contextmanager
def start_engine() -> Iterator[WebForm]:
    """The engine, as long as it is used. Skips where Node or the engine is not installed: `npm ci` in engine/."""
    node = shutil.which("node")
    if node is None or not (_ENGINE / "node_modules").is_dir():
        pytest.skip(f"Node and ODK Web Forms' engine are not installed: npm ci --prefix {_ENGINE}")
    with subprocess.Popen(
        [node, "engine.mjs"], cwd=_ENGINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield WebForm(process.stdin, process.stdout)
        finally:
            process.stdin.close()
            process.wait(timeout=30)
