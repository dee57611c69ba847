"""Mutated files: no traceback, no hang, nothing already saved changed. `assurance.fuzz` does it for longer."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from assurance.fuzz import CASES
from assurance.mutants import TARGETS, mutate, seeds
from hypothesis import given, settings
from hypothesis import strategies as st

KEPT = sorted(CASES.glob("*")) if CASES.is_dir() else []


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[bytes]]:
    return seeds(tmp_path_factory.mktemp("seeds"))


@pytest.mark.parametrize("kind", TARGETS)
def test_sound_files_pass(sound: Mapping[str, list[bytes]], tmp_path: Path, kind: str) -> None:
    for content in sound[kind]:
        TARGETS[kind](content, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TARGETS)
def test_mutated_files_end_in_a_sentence_or_a_sheet(
    sound: Mapping[str, list[bytes]], tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    @settings(max_examples=12 if kind == "report" else 80)
    @given(st.integers(0, 2**32))
    def try_one(seed: int) -> None:
        drawn = random.Random(seed)
        TARGETS[kind](mutate(drawn.choice(sound[kind]), drawn), tmp_path_factory.mktemp("try"))

    try_one()


@pytest.mark.parametrize("case", KEPT, ids=lambda case: case.name)
def test_faults_found_before_are_mended(tmp_path: Path, case: Path) -> None:
    TARGETS[case.name.rpartition("-")[0]](case.read_bytes(), tmp_path)
