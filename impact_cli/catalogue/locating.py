"""A fault of a catalogue, and where in its files it stands, for the person who can mend it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from impact_cli.catalogue.extending import members, sections_of
from impact_cli.catalogue.folders import READINGS, Tree
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault

Steps = tuple[str | int, ...]


class Finding(NamedTuple):
    """What is wrong, with the keys and indexes that lead to it in the catalogue's tree."""

    path: Steps
    what: str


def find_under(path: Steps, found: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What is wrong with the keys of an entry; "" for the entry itself."""
    return (Finding((*path, key) if key else path, what) for key, what in found)


def locate(tree: Entry, finding: Finding) -> Fault:
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


def is_own(file: str, tree: Tree) -> bool:
    """Whether it is a file of the author's folder, and not one of a catalogue that is extended."""
    return Path(file).parent in (tree.folder, tree.folder / READINGS)


def bring_home(fault: Fault, tree: Tree) -> Fault:
    """A fault of an extended catalogue that stands at the key of the extension which causes it, as near as is known."""
    if is_own(fault.file, tree):
        return fault
    section, _, rest = fault.where.partition(".")
    places = [*_find_changes(tree, section, rest.partition(".")[0]), *_find_left_out(tree, section)]
    file, line = places[0] if places else tree.head.places["extends"]
    return fault._replace(file=file, line=line, what=f"{fault.what} (Voir {fault.file}:{fault.line}.)")


def _find_changes(tree: Tree, section: str, question: str) -> Iterator[Place]:
    """The keys that the extension writes in this question, then in this section."""
    for entry in sections_of(tree.root):
        if entry.get("id") == section:
            asked = [each for each in members(entry, "questions") if each.get("id") == question]
            yield from (place for each in (*asked, entry) for place in _list_places(each) if is_own(place[0], tree))


def _list_places(entry: Entry) -> Iterator[Place]:
    for key, value in entry.items():
        yield entry.places[key]
        if isinstance(value, Entries):
            yield from value.places


def _find_left_out(tree: Tree, section: str) -> Iterator[Place]:
    """What the head leaves out, of this section first."""
    named = tree.head.get("leave_out")
    if isinstance(named, Entries):
        yield from (place for name, place in named.pairs() if str(name).partition(".")[0] == section)
        yield from named.places
