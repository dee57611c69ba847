"""The catalogue as it was when a sheet was finished, kept beside it: a finished sheet stays as it was told."""

import json
from pathlib import Path

from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.building import build_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.ours import Raw, freeze
from impact_cli.catalogue.sentences import LineError
from impact_cli.errors import Fault, FaultsError
from impact_cli.files import read_file, write_whole

_LARGEST = 20_000_000  # bytes


def catalogue_path(sheet: Path) -> Path:
    """The file that keeps the catalogue of a finished sheet."""
    return sheet.with_name(f"{sheet.stem}.catalogue.json")


def keep_catalogue(path: Path, sheet: Sheet, tree: Raw) -> None:
    """Write beside a finished sheet what it was answered with, unless that is there. Raises OSError."""
    if sheet.status != Status.FINISHED or _keeps(path, sheet.catalogue.fingerprint):
        return
    document = {"fingerprint": sheet.catalogue.fingerprint, "catalogue": tree}
    write_whole(catalogue_path(path), json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


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
        kept = build_catalogue(freeze(json.loads(read_file(path, _LARGEST))["catalogue"]))
        whole = kept.fingerprint == fingerprint
    except (OSError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, LineError):
        return None
    return kept if whole else None


def _read_checked(path: Path, fingerprint: str) -> Catalogue | None:
    """What somebody changed, or what a version kept whose fingerprint was of other bytes: JSON is YAML."""
    from impact_cli.catalogue import folders
    from impact_cli.catalogue.inspecting import check_tree
    from impact_cli.catalogue.yaml_files import Entry, read_yaml

    document = read_yaml(path)
    tree = document.get("catalogue")
    if not isinstance(tree, Entry) or "fingerprint" not in document:
        raise FaultsError([Fault(str(path), 1, "", "les clés « fingerprint » et « catalogue » manquent.")])
    if faults := check_tree(folders.Tree(tree, (), path.parent, None, tree)):
        raise FaultsError(faults)
    return build_catalogue(tree) if document["fingerprint"] == fingerprint else None
