"""Every fault of a catalogue at once: of form, then of meaning in all that has the right form."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import convert

from impact_cli.catalogue.checks import find_findings
from impact_cli.catalogue.extending import members
from impact_cli.catalogue.folders import Tree, read_tree
from impact_cli.catalogue.form import find_form_faults
from impact_cli.catalogue.locating import Finding, bring_home, is_own, locate
from impact_cli.catalogue.model import Catalogue, Family, Section
from impact_cli.catalogue.yaml_files import Entries, Entry
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
    if unsound := find_form_faults(root, Catalogue):
        said = {(fault.file, fault.line) for fault in faults}
        located = [locate(root, finding) for finding in unsound]
        faults += [fault for fault in located if (fault.file, fault.line) not in said]
        root, absent = _without_unsound(root)
    if find_form_faults(root, Catalogue):
        return faults
    findings = find_findings(convert(root, Catalogue))
    return faults + [locate(root, finding) for finding in findings if not _is_about(finding, absent)]


def _without_unsound(root: Entry) -> tuple[Entry, set[str]]:
    """A copy without the sections and families that have faults of form, and the ids of the sections left out."""
    families, absent = [], set()
    for family in members(root, "families"):
        sections = [*members(family, "sections")]
        sound = [section for section in sections if not find_form_faults(section, Section)]
        rest = family.changed("sections", Entries.of((section, section.place) for section in sound))
        if find_form_faults(rest, Family):
            sound = []
        else:
            families.append((rest, rest.place))
        absent |= {str(section.get("id")) for section in sections if section not in sound}
    return root.changed("families", Entries.of(families)), absent


def _is_about(finding: Finding, absent: set[str]) -> bool:
    """Whether it comes from a condition on a section that was not looked at."""
    return "when" in finding.path and str(finding.path[-1]).partition(".")[0] in absent
