"""The catalogue as it was when a sheet was finished, kept beside it: a finished sheet stays as it was told."""

from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.json import format as format_json

from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.sentences import LineError
from impact_cli.errors import Fault, FaultsError
from impact_cli.files import read_file, write_whole

_LARGEST = 20_000_000  # bytes


class _Kept(Struct):
    """What the file holds; the fingerprint stands first."""

    fingerprint: str
    catalogue: Catalogue


def catalogue_path(sheet: Path) -> Path:
    """The file that keeps the catalogue of a finished sheet."""
    return sheet.with_name(f"{sheet.stem}.catalogue.json")


def keep_catalogue(path: Path, sheet: Sheet, catalogue: Catalogue) -> None:
    """Write beside a finished sheet what it was answered with, unless that is there. Raises OSError."""
    if sheet.status != Status.FINISHED or _keeps(path, sheet.catalogue.fingerprint):
        return
    kept = encode(_Kept(sheet.catalogue.fingerprint, catalogue))
    write_whole(catalogue_path(path), format_json(kept, indent=1) + b"\n")


def find_kept_catalogue(path: Path, sheet: Sheet, today: Catalogue) -> Catalogue | None:
    """The catalogue a finished sheet was told with, where it asks or tells other than today's.

    Raises FaultsError where it was spoilt since.
    """
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
    """The catalogue of a file, where it was kept under that fingerprint; a change by hand is checked like any file."""
    if not path.exists():
        return None
    return _read_untouched(path, fingerprint) or _read_checked(path, fingerprint)


def _read_untouched(path: Path, fingerprint: str) -> Catalogue | None:
    try:
        kept = decode(read_file(path, _LARGEST), type=_Kept).catalogue
        whole = kept.fingerprint == fingerprint
    except (OSError, MsgspecError, RecursionError, LineError):
        return None
    return kept if whole else None


def _read_checked(path: Path, fingerprint: str) -> Catalogue | None:
    """What somebody changed, or what a version kept whose fingerprint was of other bytes: JSON is YAML."""
    from impact_cli.catalogue import folders
    from impact_cli.catalogue.loading import build_checked
    from impact_cli.catalogue.short_forms import write_out
    from impact_cli.catalogue.yaml_files import Entry, read_yaml

    document = read_yaml(path)
    tree = document.get("catalogue")
    if not isinstance(tree, Entry) or "fingerprint" not in document:
        raise FaultsError(
            [Fault(str(path), 1, "", "les clés «\u00a0fingerprint\u00a0» et «\u00a0catalogue\u00a0» manquent.")]
        )
    write_out(tree)
    kept = build_checked(folders.Tree(tree, (), path.parent, None, tree))
    return kept if document["fingerprint"] == fingerprint else None
