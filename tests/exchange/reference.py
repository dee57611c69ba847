"""The reports in /shared beside the repository, and what is known to stand in them."""

import json
from functools import cache
from pathlib import Path

import pytest
from writing import real_book

from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading

_REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
_KNOWN = Path(__file__).parents[1] / "seeds"


def reference(name: str) -> Path:
    """A reference report; the test is skipped where it is not at hand."""
    path = _REFERENCE / name
    if not path.exists():
        pytest.skip(f"{name} is not in shared/reference beside the repository")
    return path


@cache
def read_reference(name: str) -> Reading:
    return read_report(real_book(), reference(name).read_bytes(), name)


def known_answers(name: str) -> dict[str, object]:
    answers: dict[str, object] = json.loads((_KNOWN / name).read_text(encoding="utf-8"))
    return answers


def known_texts(name: str) -> dict[str, tuple[int, int]]:
    lines: dict[str, tuple[int, int]] = json.loads((_KNOWN / "texts.json").read_text(encoding="utf-8"))[name]
    return lines
