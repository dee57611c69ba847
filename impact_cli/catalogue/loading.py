"""The catalogue of a folder, or every fault of it at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from impact_cli.catalogue.building import build_catalogue
from impact_cli.catalogue.findings import Finding
from impact_cli.catalogue.folders import Tree, catalogue_folder, read_tree
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault, FaultsError

_HINT = "Corrigez ces lignes, puis vérifiez avec « impact questions check DOSSIER »."


def load_catalogue(folder: Path | None = None, *, readings: bool = False) -> Catalogue:
    """The catalogue of a folder, ours by default, without a fault. Raises FaultsError with all there are.

    `readings` are the wordings of other reports, which only reading back needs. Ours is built without being checked:
    our tests check it, and checking takes longer than all of `impact show`.
    """
    return build_catalogue(load_tree(folder, readings=readings))


def load_tree(folder: Path | None = None, *, readings: bool = False) -> Entry:
    """What `build_catalogue` makes the same catalogue of: it can be kept in a file. Raises FaultsError as above."""
    tree = read_tree(folder or catalogue_folder(), readings=readings)
    if folder is not None and (faults := _find_faults(tree)):
        raise FaultsError(faults, _HINT)
    return tree.root


def find_faults(folder: Path) -> Sequence[Fault]:
    """Every fault of a folder's catalogue, sorted by file and line."""
    try:
        load_catalogue(folder, readings=True)
    except FaultsError as error:
        return error.faults
    return ()


def _find_faults(tree: Tree) -> list[Fault]:
    """The faults of form, and those of meaning in all that has the right form."""
    from impact_cli.catalogue.checks import find_findings
    from impact_cli.catalogue.form import find_form_faults

    root, faults = tree.root, list(tree.faults)
    absent: set[str] = set()
    if unsound := find_form_faults(root):
        said = {(fault.file, fault.line) for fault in faults}
        located = [_locate(root, finding) for finding in unsound]
        faults += [fault for fault in located if (fault.file, fault.line) not in said]
        root, absent = _without_unsound(root, unsound)
    if find_form_faults(root):
        return faults
    findings = find_findings(build_catalogue(root))
    return faults + [_locate(root, finding) for finding in findings if not _is_about(finding, absent)]


def _without_unsound(root: Entry, findings: Sequence[Finding]) -> tuple[Entry, set[str]]:
    """A copy without the sections and families that have faults of form, and the ids of the sections left out."""
    families, absent = [], set()
    for index, family, place in _numbered(root, "families"):
        sections = list(_numbered(family, "sections"))
        unsound = {finding.path[2:4] for finding in findings if finding.path[:2] == ("families", index)}
        whole = all(path[:1] == ("sections",) and len(path) > 1 for path in unsound)
        sound = [(each, where) for number, each, where in sections if whole and ("sections", number) not in unsound]
        absent |= {str(each.get("id")) for _, each, where in sections if (each, where) not in sound}
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


def _locate(tree: Entry, finding: Finding) -> Fault:
    """The finding with its file and line, and `section.question.option` for a name of the place."""
    node: object = tree
    place: Place = tree.place
    ids: list[str] = []
    for step in finding.path:
        if isinstance(node, Entry) and isinstance(step, str) and step in node:
            place, node = node.places.get(step, place), node[step]
        elif isinstance(node, Entries) and isinstance(step, int) and step < len(node):
            place, node = node.places[step], node[step]
            if isinstance(node, Entry) and isinstance(node.get("id"), str):
                ids.append(str(node["id"]))
    where = ".".join(ids[1:] if len(ids) > 1 else ids)
    return Fault(*place, where, finding.what)
