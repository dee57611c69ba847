import sys
from pathlib import Path

import pytest

from impact_cli.catalogue import ours
from impact_cli.catalogue.loading import put_together
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.ours import catalogue_folder, recall_catalogue


class Counting:
    """Puts our catalogue together, and counts how often."""

    def __init__(self, *, readings: bool = False) -> None:
        self.readings = readings
        self.times = 0

    def __call__(self) -> Catalogue:
        self.times += 1
        return put_together(readings=self.readings)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = ours._kept_path(readings=False)
    path.parent.mkdir(parents=True)
    return path


def test_it_is_put_together_once_and_is_the_same_from_then_on(kept: Path) -> None:
    reading = Counting()
    first, second = recall_catalogue(reading), recall_catalogue(reading)
    assert reading.times == 1
    assert kept.exists()
    assert first == second


@pytest.mark.usefixtures("kept")
def test_it_is_kept_apart_from_the_one_with_readings() -> None:
    with_readings = Counting(readings=True)
    recall_catalogue(Counting())
    first, second = (recall_catalogue(with_readings, readings=True) for _ in range(2))
    assert with_readings.times == 1
    assert first == second
    assert any(section.read for section in first.sections)


def test_a_changed_file_is_read_again(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Counting()
    recall_catalogue(reading)
    assert kept.exists()
    changed = tmp_path / "questions"
    changed.mkdir()
    for path in catalogue_folder().glob("*.yaml"):
        (changed / path.name).write_bytes(path.read_bytes() + b"# a comment\n")
    monkeypatch.setattr(ours, "catalogue_folder", lambda: changed)
    recall_catalogue(reading)
    assert reading.times == 2


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b"\n{}", b"[" * 100_000])
def test_what_is_spoilt_is_put_together_again(kept: Path, content: bytes) -> None:
    reading = Counting()
    recall_catalogue(reading)
    kept.write_bytes(content)
    assert recall_catalogue(reading) == put_together(readings=False)
    assert reading.times == 2


def test_where_nothing_may_be_written_it_is_put_together_each_time(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Counting()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    recall_catalogue(reading)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept.parent.rmdir()  # nobody's folder is made for it
    assert recall_catalogue(reading) == recall_catalogue(reading)
    assert reading.times == 3
