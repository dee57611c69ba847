"""What is opened and written, and what never is."""

import errno
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from impact_cli.files import append_line, move_file, read_file, remove_leftovers, write_whole


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    os.chdir(path.parent)
    socket.socket(socket.AF_UNIX).bind(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("make", "number"),
    [(_fifo, errno.ENXIO), (_socket, errno.ENXIO), (_device, errno.ENXIO), (Path.mkdir, errno.EISDIR)],
)
def test_what_is_no_regular_file_is_refused_at_once(
    make: Callable[[Path], None], number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "2026.json"
    make(path)
    with pytest.raises(OSError, match="2026") as raised:
        read_file(path, 1000)
    assert raised.value.errno == number
    with pytest.raises(OSError):  # noqa: PT011  which one depends on what it is
        append_line(path, b"x")


def test_a_file_larger_than_may_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert read_file(path, 5) == b"12345"
    with pytest.raises(OSError, match="too large") as raised:
        read_file(path, 4)
    assert raised.value.errno == errno.EFBIG


@pytest.mark.parametrize("dangling", [True, False])
def test_nothing_is_written_through_a_link(dangling: bool, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    if not dangling:
        outside.write_bytes(b"theirs\n")
    link = tmp_path / "link"
    link.symlink_to(outside)
    with pytest.raises(OSError, match="link") as raised:
        append_line(link, b"ours")
    assert raised.value.errno == errno.ELOOP
    write_whole(link, b"ours")
    assert not link.is_symlink()
    assert link.read_bytes() == b"ours"
    assert not outside.exists() if dangling else outside.read_bytes() == b"theirs\n"


@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_a_private_file_is_its_owner_s_alone_and_another_has_the_usual_rights(
    private: bool, mode: int, tmp_path: Path
) -> None:
    former = os.umask(0o022)
    try:
        write_whole(tmp_path / "x", b"", private=private)
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(former)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == mode


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EIO, errno.ENOTSUP])
def test_a_folder_that_cannot_be_synced_undoes_nothing(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_whole(tmp_path / "x", b"whole")
    append_line(tmp_path / "y", b"line")
    assert (tmp_path / "x").read_bytes() + (tmp_path / "y").read_bytes() == b"wholeline\n"


def test_a_file_never_takes_the_name_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        move_file(tmp_path / "a", tmp_path / "b")
    move_file(tmp_path / "a", tmp_path / "c")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["b", "c"]


def test_what_is_left_of_others_stays(tmp_path: Path) -> None:
    ours = [".2026-abcdefgh.tmp", ".2026.json-a_c1efgh.tmp", ".2026.holder-abcdefgh.tmp"]
    others = [
        *(".2026-bis-abcdefgh.tmp", ".2026-bis.json-abcdefgh.tmp", ".2026.votre-saisie.json-abcdefgh.tmp"),
        *(".20260json-abcdefgh.tmp", "2026.json-abcdefgh.tmp", ".2026.lock"),
    ]
    for name in ours + others:
        (tmp_path / name).touch()
    remove_leftovers(tmp_path, ["2026", "2026.json", ".2026.holder"])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120 + ".json")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"
