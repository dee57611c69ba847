"""Disks that refuse: full, read-only. Mounting them needs root; a machine without it skips, and says so."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.keeping.store import SaveError, Stored, load_sheet, save_sheet

pytestmark = pytest.mark.slow

Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mount a small file system in a folder; skip where that is not allowed."""
    mounted: list[Path] = []

    def mount_one(name: str, *options: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        if shutil.which("mount") is None:
            pytest.skip("mount is not installed")
        done = subprocess.run(["mount", *options, str(folder)], check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield mount_one
    for folder in reversed(mounted):
        subprocess.run(["umount", str(folder)], check=True)


def _save(folder: Path) -> Stored:
    sheet = new_sheet(real_catalogue(), {"lieu.commune": "Lille"})
    return save_sheet(Stored(folder / "remise" / "2026.json", sheet, ""))


def _answer(stored: Stored, text: str) -> Stored:
    return replace(stored, sheet=stored.sheet.with_answer("lien_social.exemple", text, NOW))


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_full_disk_leaves_the_sheet_as_it_was(mount: Mount) -> None:
    folder = mount("plein", "-t", "tmpfs", "-o", "size=64k", "tmpfs")
    stored = _save(folder)
    before = _state(folder)
    with pytest.raises(SaveError) as raised:
        save_sheet(_answer(stored, "long " * 20_000))
    assert "le disque est plein" in raised.value.message
    assert "n’a pas changé" in raised.value.hint
    assert _state(folder) == before
    assert load_sheet(save_sheet(_answer(stored, "court")).path).sheet.answers["lien_social.exemple"] == "court"


def test_a_disk_that_fills_up_answer_by_answer_loses_at_most_the_last(mount: Mount) -> None:
    stored = _save(mount("plein", "-t", "tmpfs", "-o", "size=128k", "tmpfs"))
    for length in range(1000, 200_000, 3000):
        try:
            stored = save_sheet(_answer(stored, "m" * length))
        except SaveError:
            break
    assert length > 1000
    assert load_sheet(stored.path) == stored


def test_a_disk_without_room_for_another_file_leaves_the_sheet_as_it_was(mount: Mount) -> None:
    folder = mount("rempli", "-t", "tmpfs", "-o", "size=64k,nr_inodes=4", "tmpfs")
    stored = _save(folder)
    (folder / "autre").touch()
    before = _state(folder)
    with pytest.raises(SaveError):
        save_sheet(_answer(stored, "court"))
    assert _state(folder) == before


def test_a_home_that_became_read_only_can_be_read_and_refuses_to_save(mount: Mount, tmp_path: Path) -> None:
    stored = _save(tmp_path / "fixe")
    before = _state(tmp_path / "fixe")
    folder = mount("fixe", "--bind", "-o", "ro", str(tmp_path / "fixe"))
    with pytest.raises(SaveError) as raised:
        save_sheet(_answer(stored, "court"))
    assert "le disque est en lecture seule" in raised.value.message
    assert load_sheet(stored.path) == stored
    assert _state(folder) == before
