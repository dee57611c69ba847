"""Every fault of a catalogue at once: of form, then of meaning in all that has the right form."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import convert

from impact_cli.catalogue.checks import find_findings
from impact_cli.catalogue.folders import Tree, read_tree
from impact_cli.catalogue.form import find_form_faults
from impact_cli.catalogue.locating import Finding, bring_home, is_own, locate
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault, FaultsError


def find_faults(folder: Path) -> Sequence[Fault]:
    """Every fault of a folder's catalogue, sorted by file and line."""
    try:
        faults = check_tree(read_tree(folder, readings=True))
    except FaultsError as error:
        return error.faults
    return FaultsError(faults).faults if faults else ()


def check_tree(tree: Tree) -> list[Fault]:
    """The faults of form, and those of meaning in all that has the right form.

    One that an extension causes in the catalogue it extends is said where the extension causes it.
    """
    faults = _find_all(tree)
    if tree.base and not all(is_own(fault.file, tree) for fault in faults):
        known = {(fault.file, fault.line, fault.what) for fault in find_faults(tree.base)}
        return [fault if (fault.file, fault.line, fault.what) in known else bring_home(fault, tree) for fault in faults]
    return faults


def _find_all(tree: Tree) -> list[Fault]:
    root, faults = tree.root, list(tree.faults)
    absent: set[str] = set()
    if unsound := find_form_faults(root):
        said = {(fault.file, fault.line) for fault in faults}
        located = [locate(root, finding) for finding in unsound]
        faults += [fault for fault in located if (fault.file, fault.line) not in said]
        root, absent = _without_unsound(root, unsound)
    if find_form_faults(root):
        return faults
    findings = find_findings(convert(root, Catalogue))
    return faults + [locate(root, finding) for finding in findings if not _is_about(finding, absent)]


def _without_unsound(root: Entry, findings: Sequence[Finding]) -> tuple[Entry, set[str]]:
    """A copy without the sections and families that have faults of form, and the ids of the sections left out."""
    families, absent = [], set()
    for index, family, place in _numbered(root, "families"):
        sections = list(_numbered(family, "sections"))
        unsound = {finding.path[2:4] for finding in findings if finding.path[:2] == ("families", index)}
        whole = all(path[:1] == ("sections",) and len(path) > 1 for path in unsound)
        sound = [(each, where) for number, each, where in sections if whole and ("sections", number) not in unsound]
        absent |= {str(each.get("id")) for number, each, _ in sections if not whole or ("sections", number) in unsound}
        if sound:
            families.append((family.changed("sections", Entries.of(sound)), place))
    return root.changed("families", Entries.of(families)), absent


def _numbered(entry: Entry, key: str) -> Iterator[tuple[int, Entry, Place]]:
    """The mappings of a list, each with its index and its place."""
    listed = entry.get(key)
    pairs = listed.pairs() if isinstance(listed, Entries) else ()
    return ((index, each, place) for index, (each, place) in enumerate(pairs) if isinstance(each, Entry))


def _is_about(finding: Finding, absent: set[str]) -> bool:
    """Whether it comes from a condition on a section that was not looked at."""
    return "when" in finding.path and str(finding.path[-1]).partition(".")[0] in absent
