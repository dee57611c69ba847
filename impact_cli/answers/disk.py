"""How bytes reach the disk: whole or not at all, synced, for their owner's eyes only, and not interrupted."""

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGTSTP") if hasattr(signal, name))
_NAME_LENGTH = 40  # of a file's name in that of its temporary neighbour, whose name would be too long otherwise


def write_whole(path: Path, content: bytes) -> None:
    """Put these bytes in place of the file's, or leave it as it was: there is no moment with half of them.

    They are on the disk when this returns. A link keeps pointing to its file, which is the one replaced.
    """
    path = Path(os.path.realpath(path))
    make_private_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_temporary_prefix(path), suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105  the call whose promise we need
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108  same file, same module
        raise
    _sync_folder(path.parent)


def append_line(path: Path, line: bytes) -> None:
    """Add a line at a file's end, synced; a half line that a crash left there is closed first."""
    make_private_folder(path.parent)
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _PRIVATE_FILE)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            line = line if file.read(1) == b"\n" else b"\n" + line
        rest = memoryview(line + b"\n")
        while rest:
            rest = rest[file.write(rest) or 0 :]
        os.fsync(file.fileno())
    if is_new:
        _sync_folder(path.parent)


def remove_leftovers(path: Path) -> None:
    """Take away what killed writers of this file left half done; only who holds its lock may."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent):
            if entry.name.startswith(_temporary_prefix(path)) and entry.name.endswith(".tmp"):
                os.unlink(entry.path)  # noqa: PTH108  scandir gives entries, not paths


def make_private_folder(folder: Path) -> None:
    """The folder, and those above it that are missing, closed to others; one that is there stays as it is."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=_PRIVATE_FOLDER)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C, Ctrl-Z, a closed window and a polite kill until what is inside is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        arrived.append(number)

    former = {number: signal.signal(number, remember) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for number in dict.fromkeys(arrived):
            signal.raise_signal(number)


def _temporary_prefix(path: Path) -> str:
    """The same for a sheet and the files beside it: ".2026-"."""
    return f".{path.name.lstrip('.').partition('.')[0][:_NAME_LENGTH]}-"


def _sync_folder(folder: Path) -> None:
    """Make the renaming last; systems that cannot open a folder (Windows) do it by themselves."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
