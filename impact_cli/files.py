"""How bytes are read and reach the disk: of regular files alone; whole or not at all, synced, and not interrupted."""

import contextlib
import errno
import hashlib
import itertools
import os
import re
import shutil
import signal
import stat
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGTSTP") if hasattr(signal, name))
_LONGEST_NAME = 60  # of a file's name in that of its temporary neighbour, whose name would be too long otherwise
# Not every system has these: without them its files are never text, and its pipes have no names.
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def read_file(path: Path, largest: int) -> bytes:
    """The bytes of a regular file, `largest` of them at most; a link is followed.

    Raises OSError: ENXIO for a pipe, a device or a socket, which may never end; EFBIG for what is larger.
    """
    with open_regular(path, os.O_RDONLY) as handle, os.fdopen(handle, "rb", closefd=False) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def first_free(path: Path) -> Path:
    """The path, or the first of the same name with a number, that no file has."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    return next(each for each in itertools.chain((path,), numbered) if not os.path.lexists(each))


def write_whole(path: Path, content: bytes, *, private: bool = True, fresh: bool = False) -> None:
    """Put these bytes in place of the file's, or leave it as it was: there is no moment with half of them.

    They are on the disk when this returns. What bears the name, a link also, is replaced, and nothing is written
    through it; where the name must be `fresh`, FileExistsError is raised instead. A file that is not `private` gets
    the rights that new files have. Raises OSError, always before anything has changed.
    """
    make_private_folder(path.parent)
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{_short_name(path)}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            if not private:
                os.chmod(name, 0o666 & ~_read_umask())  # noqa: PTH101  of the name at hand
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if fresh:
            _name_first(name, path)
        else:
            os.replace(name, path)  # noqa: PTH105  the call whose promise we need
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108  same file, same module
        raise
    _sync_folder(path.parent)


@contextlib.contextmanager
def new_folder(path: Path, *, private: bool = True, replaces: bool = False) -> Iterator[Path]:
    """A folder to fill, which takes the name of `path` once it is whole, and is gone where anything fails before.

    Raises OSError, FileExistsError where the name is taken, unless the folder that has it is one to replace: it goes
    when the new one is whole.
    """
    import tempfile

    if not replaces:
        _refuse_taken(path)
    filled = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{_short_name(path)}-", suffix=".tmp"))
    try:
        if not private:
            filled.chmod(0o777 & ~_read_umask())
        yield filled
        _take_place(filled, path, replaces=replaces)
    except BaseException:
        shutil.rmtree(filled, ignore_errors=True)
        raise


def _take_place(filled: Path, path: Path, *, replaces: bool) -> None:
    former = filled.with_name(f"{filled.name}.old")
    if replaces and path.is_dir():
        os.rename(path, former)  # noqa: PTH104  as in `move_file`
    try:
        move_file(filled, path)
    except OSError:
        if former.exists():
            os.rename(former, path)  # noqa: PTH104  as above
        raise
    shutil.rmtree(former, ignore_errors=True)


def _name_first(written: str, path: Path) -> None:
    """Give a written file a name that none has. Raises FileExistsError where one has it."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:  # a drive without hard links: an empty file holds the place for a moment
        create_file(path, b"")
        os.replace(written, path)  # noqa: PTH105  as in `write_whole`
    else:
        os.unlink(written)  # noqa: PTH108  as in `write_whole`


def sync_files(folder: Path) -> None:
    """Make the files of a folder that is being filled last, as those of `write_whole` do."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def create_file(path: Path, content: bytes) -> None:
    """Make a small file that is not there yet. Raises OSError, FileExistsError where its name is taken."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def append_line(path: Path, line: bytes) -> None:
    """Add a line at a regular file's end, synced; a half line that a crash left there is closed first.

    Raises OSError, ELOOP where the file is a link.
    """
    make_private_folder(path.parent)
    is_new = not os.path.lexists(path)
    with (
        open_regular(path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as handle,
        os.fdopen(handle, "r+b", buffering=0, closefd=False) as file,
    ):
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


def move_file(source: Path, target: Path) -> None:
    """Give a file another name that none has. Raises FileExistsError where one has it."""
    _refuse_taken(target)
    os.rename(source, target)  # noqa: PTH104  which alone would put it over another
    _sync_folder(target.parent)


def _refuse_taken(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def remove_leftovers(folder: Path, names: Iterable[str]) -> None:
    """Take away what killed writers of the files of these names left half done; only who holds their lock may."""
    ours = "|".join(re.escape(_short_name(Path(name))) for name in names)
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if re.fullmatch(rf"\.(?:{ours})-\w{{8}}\.tmp", entry.name):
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


@contextlib.contextmanager
def open_regular(path: str | Path, flags: int) -> Iterator[int]:
    """A descriptor of a regular file, opened with these flags; no link is followed to write. Raises OSError."""
    flags |= _NO_LINK if flags & os.O_RDWR else 0
    handle = os.open(path, flags | _BINARY | _AT_ONCE, _PRIVATE_FILE)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            number = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
            raise OSError(number, os.strerror(number), str(path))
        yield handle
    finally:
        os.close(handle)


def _short_name(path: Path) -> str:
    name = path.name.lstrip(".")
    return name if len(name) <= _LONGEST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()[:_LONGEST_NAME]


def _read_umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def _sync_folder(folder: Path) -> None:
    """Make the renaming last, where the system can. The file has its name by now: a fault here undoes nothing.

    Some network and shared drives refuse it (EINVAL), and Windows opens no folder.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
