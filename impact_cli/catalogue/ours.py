"""Our own catalogue: where it is, and what was last put together of its files, for YAML is slow to read."""

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Mapping
from importlib.util import cache_from_source
from pathlib import Path

from msgspec import MsgspecError
from msgspec.json import decode, encode

from impact_cli.catalogue.model import Catalogue
from impact_cli.files import read_file, write_whole

_LARGEST = 20_000_000  # bytes


def catalogue_folder() -> Path:
    """Where our own catalogue is: in the installed package, else at the top of a checkout."""
    package = Path(__file__).parent.parent
    packaged = package / "questions"
    return packaged if packaged.is_dir() else package.parent / "questions"


def default_folder(environ: Mapping[str, str]) -> Path:
    """The catalogue that is used where none is named: IMPACT_QUESTIONS's, else our own."""
    named = environ.get("IMPACT_QUESTIONS")
    return Path(os.path.expanduser(named)) if named else catalogue_folder()  # noqa: PTH111  as for IMPACT_HOME


def recall_catalogue(put_together: Callable[[], Catalogue], *, readings: bool = False) -> Catalogue:
    """Our catalogue, from where it was kept; put together, and kept, where its files or ours have changed.

    It is kept as Python keeps its bytecode: beside it, where that may be written and unless Python was told not to.
    """
    kept, digest = _kept_path(readings=readings), _digest_sources(readings=readings)
    with contextlib.suppress(OSError, MsgspecError):
        known, _, content = read_file(kept, _LARGEST).partition(b"\n")
        if known == digest:
            return decode(content, type=Catalogue)
    catalogue = put_together()
    if not sys.dont_write_bytecode and kept.parent.is_dir():
        with contextlib.suppress(OSError):
            write_whole(kept, digest + b"\n" + encode(catalogue), private=False)
    return catalogue


def _kept_path(*, readings: bool) -> Path:
    return Path(cache_from_source(__file__)).with_name(f"questions{'-readings' if readings else ''}.json")


def _digest_sources(*, readings: bool) -> bytes:
    """That of the catalogue's files, and of the code that reads them."""
    digest = hashlib.sha256()
    files = catalogue_folder().glob("**/*.yaml" if readings else "*.yaml")
    for path in sorted([*files, *Path(__file__).parent.glob("*.py")]):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest().encode()
