"""The catalogue as it was when a sheet was finished, kept beside it: a finished sheet stays as it was told."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.building import build_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.files import read_file, write_whole

_LARGEST = 20_000_000  # bytes

Tree = Mapping[str, Any]  # what a catalogue is built of


def catalogue_path(sheet: Path) -> Path:
    """The file that keeps the catalogue of a finished sheet."""
    return sheet.with_name(f"{sheet.stem}.catalogue.json")


def keep_catalogue(path: Path, sheet: Sheet, tree: Tree) -> None:
    """Write beside a finished sheet what it was answered with, unless that is there. Raises OSError."""
    if sheet.status != Status.FINISHED or _keeps(path, sheet.catalogue.fingerprint):
        return
    document = {"fingerprint": sheet.catalogue.fingerprint, "catalogue": tree}
    write_whole(catalogue_path(path), json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def find_kept_catalogue(path: Path, sheet: Sheet, today: Catalogue) -> Catalogue | None:
    """The catalogue a finished sheet was told with, where it asks or tells other than today's and was kept whole."""
    if sheet.status != Status.FINISHED or sheet.catalogue.fingerprint == today.fingerprint:
        return None
    kept = _read_kept(catalogue_path(path), sheet.catalogue.fingerprint)
    return kept if kept and kept.fingerprint != today.fingerprint else None


def _keeps(path: Path, fingerprint: str) -> bool:
    try:
        return f'"{fingerprint}"'.encode() in read_file(catalogue_path(path), _LARGEST)[:200]
    except OSError:
        return False


def _read_kept(path: Path, fingerprint: str) -> Catalogue | None:
    """The catalogue of a file, where it was kept under that fingerprint."""
    try:
        kept = json.loads(read_file(path, _LARGEST))
        return build_catalogue(_freeze(kept["catalogue"])) if kept["fingerprint"] == fingerprint else None
    except (OSError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError):
        return None  # spoilt by a hand: today's catalogue tells the sheet


def _freeze(node: Any) -> Any:
    """Lists as tuples, which is what the catalogue's model holds."""
    match node:
        case dict():
            return {key: _freeze(value) for key, value in node.items()}
        case list():
            return tuple(_freeze(value) for value in node)
        case _:
            return node
