"""Checking a questionnaire takes an effort that grows with its size, not with its square."""

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path

import pytest
from writing import write_files

from impact_cli.catalogue.inspecting import find_faults

HEAD = 'id: x\nversion: "1"\ntitle: T\n'
TEXT = "{{id: {0}, kind: text, ask: Quoi ?, topic: un q, tell: '{{{0}:quote}}'}}"


def _family(*questions: str) -> str:
    listed = "".join(f"      - {question}\n" for question in questions)
    return f"id: famille\ntitle: F\nsections:\n  - id: une\n    title: U\n    questions:\n{listed}"


def _many(options: int) -> str:
    listed = ", ".join(f"{{id: o{index}, label: mot {index}}}" for index in range(options))
    return f"{{id: q, kind: many, ask: Quoi ?, topic: des q, options: [{listed}], tell: 'Des {{q}}.'}}"


def _write_sections(folder: Path, size: int) -> Path:
    sections = "".join(f"  - {{id: s{index}, title: S, questions: [{TEXT.format('q')}]}}\n" for index in range(size))
    return write_files(folder, catalogue=HEAD, famille=f"id: famille\ntitle: F\nsections:\n{sections}")


def _write_options(folder: Path, size: int) -> Path:
    return write_files(folder, catalogue=HEAD, famille=_family(_many(size)))


def _write_extension(folder: Path, size: int) -> Path:
    write_files(folder / "base", catalogue=HEAD, famille=_family(_many(size)))
    return write_files(folder / "autre", catalogue="id: y\nextends: ../base\n", famille=_family(_many(2 * size)))


def _write_left_out(folder: Path, size: int) -> Path:
    write_files(folder / "base", catalogue=HEAD, famille=_family(TEXT.format("q")))
    names = ", ".join(f"rien.{index}" for index in range(size))
    return write_files(folder / "autre", catalogue=f"id: y\nextends: ../base\nleave_out: [{names}]\n")


def _write_readings(folder: Path, size: int) -> Path:
    options = ", ".join(f"{{id: o{index}, read: [autre {index}]}}" for index in range(size))
    read = f"id: famille\nsections: [{{id: une, questions: [{{id: q, options: [{options}]}}]}}]\n"
    write_files(folder / "readings", famille=read)
    return _write_options(folder, size)


WRITERS: dict[str, Callable[[Path, int], Path]] = {
    "sections": _write_sections,
    "options": _write_options,
    "an extension": _write_extension,
    "names left out": _write_left_out,
    "readings": _write_readings,
}


@pytest.mark.parametrize("shape", WRITERS)
def test_twice_the_size_is_twice_the_effort(shape: str, tmp_path: Path) -> None:
    write = WRITERS[shape]
    find_faults(write(tmp_path / "first", 10))  # what is imported and compiled once
    small, large = (_count_calls(write(tmp_path / f"{size}", size)) for size in (100, 200))
    assert large < 2.6 * small


def _count_calls(folder: Path) -> int:
    """How many functions are called, the same on every machine."""
    profile = cProfile.Profile()
    profile.runcall(find_faults, folder)
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls
