"""The lock holds everything that pyproject.toml asks for, by hashes, and says nothing of the machine that made it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

_ROOT = Path(__file__).parent.parent
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_EXTRAS = _PROJECT["project"]["optional-dependencies"]  # of which a venue needs "all", without Parquet
_SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_NEEDED = [
    *_PROJECT["project"]["dependencies"],
    *(part for name, extra in _EXTRAS.items() if name not in {"all", "parquet"} for part in extra),
    *_PROJECT["dependency-groups"]["build"],
]
_DEV = [
    *_NEEDED,
    *_EXTRAS["parquet"],
    *(part for part in _PROJECT["dependency-groups"]["dev"] if isinstance(part, str)),
]


def _read_lock(name: str) -> dict[str, tuple[str, set[str]]]:
    """Every locked package by its name: its version, and the hashes of its files."""
    text = (_ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line[:1].isalnum()]
    locked = {}
    for entry in entries:
        package, _, version = entry.split()[0].partition("==")
        locked[package] = (version, set(_SHA256.findall(entry)))
    return locked


@pytest.mark.parametrize(("name", "asked"), [("requirements.txt", _NEEDED), ("requirements-dev.txt", _DEV)])
def test_the_lock_holds_what_is_asked_for_within_its_range(name: str, asked: list[str]) -> None:
    locked = _read_lock(name)
    for part in map(Requirement, asked):
        version, _ = locked[part.name.lower().replace("_", "-")]
        assert version in part.specifier, f"{name} holds {part.name} {version}, pyproject.toml wants {part}"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_part_has_hashes_and_the_lock_names_no_place(name: str) -> None:
    assert all(hashes for _, hashes in _read_lock(name).values())
    text = (_ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^-(?!-only-binary)|(?<!tests)/", text, re.MULTILINE)


def test_what_impact_needs_is_tested_in_the_same_versions() -> None:
    used, tested = _read_lock("requirements.txt"), _read_lock("requirements-dev.txt")
    assert {name: tested.get(name) for name in used} == used
