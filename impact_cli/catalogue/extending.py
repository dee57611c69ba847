"""One catalogue laid over another: entries merged by id, lines by what they tell, and what is left out taken away."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import MsgspecError, convert

from impact_cli.catalogue.sentences import Alternative, LineError, questions_of
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault, FaultsError, nearest, shorten, suggest
from impact_cli.typography import fold

OPTION_LISTS = ("options", "rows", "choices")
_HEAD_ONLY = ("extends", "leave_out", "families")
_LIKE_A_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ADDED = ("read", "titles_read", "furniture", "nothing_said", "was")  # wordings and former ids add up


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder's files as written: `head` is catalogue.yaml, `families` the family files by their id."""

    path: Path
    head: Entry
    lists: Entry
    families: Mapping[str, Entry]


def members(entry: Entry, key: str) -> Iterator[Entry]:
    """The mappings of a list of the entry; none where the file holds something else there."""
    found = entry.get(key)
    return (member for member in found if isinstance(member, Entry)) if isinstance(found, Entries) else iter(())


def sections_of(tree: Entry) -> Iterator[Entry]:
    """The sections of a tree, in the order of its families."""
    return (section for family in members(tree, "families") for section in members(family, "sections"))


def merge_entries(entries: Sequence[Entry]) -> Entry:
    """Heads or lists laid one over the other, without the keys that speak of the folder itself."""
    merged = Entry(entries[0].place)
    for entry in entries:
        merged = merge_entry(merged, entry, Entry(entry.place))
    for key in _HEAD_ONLY:
        merged.pop(key, None)
    return merged


def merge_entry(known: Entry, changes: Entry, lists: Entry) -> Entry:
    """A copy of an entry with the keys that the other one writes; lists of entries are merged by id."""
    merged = Entry(known.place)
    for entry in (known, changes):
        for key, value in entry.items():
            merged.put(key, _merge_value(key, merged.get(key), value, lists), entry.places[key])
    return merged


def _merge_value(key: str, known: object, value: object, lists: Entry) -> object:
    if key in OPTION_LISTS:
        known, value = expand_lists(known, lists), expand_lists(value, lists)
    if not isinstance(known, Entries) or not isinstance(value, Entries):
        return value
    if key in _ADDED:
        return Entries.of({str(member): (member, place) for member, place in (*known.pairs(), *value.pairs())}.values())
    if key == "tell":
        return _merge_lines(known, value)
    return _merge_members(known, value, lists) if _have_ids(known) and _have_ids(value) else value


def _merge_lines(known: Entries, changes: Entries) -> Entries:
    """The lines of both; one that tells a question takes the place of those that told it."""
    told = {name for line in changes for name in _names_of_line(line)}
    kept = [(line, place) for line, place in known.pairs() if told.isdisjoint(_names_of_line(line))]
    return Entries.of([*kept, *changes.pairs()])


def expand_lists(options: object, lists: Entry) -> object:
    """Options with those of shared lists in the place of the lists' names, and an option for each plain word.

    A name that stands alone and is no list's stays, and a word that is nearly one.
    """
    if isinstance(options, str):
        return lists.get(options, options)
    if not isinstance(options, Entries):
        return options
    expanded: list[tuple[object, Place]] = []
    for member, place in options.pairs():
        shared = lists.get(member) if isinstance(member, str) else None
        expanded += shared.pairs() if isinstance(shared, Entries) else [(_make_option(member, place, lists), place)]
    return Entries.of(expanded)


def _make_option(member: object, place: Place, lists: Entry) -> object:
    """A plain word as an option: it is the label; the id and the telling follow from it."""
    if isinstance(member, bool) or not isinstance(member, str | int):
        return member
    if _LIKE_A_NAME.fullmatch(str(member)) and nearest(str(member), lists):
        return member
    label = str(member)
    told = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return Entry(place, id=make_id(label), label=label, tell=told)


def make_id(label: str) -> str:
    """The id that follows from a label: its letters and digits."""
    bare = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")
    return (bare if bare[:1].isalpha() else f"o_{bare}")[:40].strip("_")


def _have_ids(entries: Entries) -> bool:
    return all(isinstance(member, Entry) and isinstance(member.get("id"), str) for member in entries)


def _merge_members(known: Entries, changes: Entries, lists: Entry) -> Entries:
    pairs: list[tuple[Entry, Place]] = [(member, place) for member, place in known.pairs() if isinstance(member, Entry)]
    at = _index(pairs)
    for change, place in changes.pairs():
        assert isinstance(change, Entry)  # noqa: S101  _have_ids has looked
        identifier = str(change["id"])
        if identifier in at:
            entry, where = pairs[at[identifier]]
            pairs[at[identifier]] = (merge_entry(entry, change, lists), where)
        elif "after" in change:
            pairs.insert(_find_position(change, at), (change.without("after"), place))
            at = _index(pairs)
        else:
            at[identifier] = len(pairs)
            pairs.append((change, place))
    return Entries.of(pairs)


def _index(pairs: Sequence[tuple[Entry, Place]]) -> dict[str, int]:
    """Where the first entry of each id stands."""
    return {str(entry["id"]): index for index, (entry, _) in reversed([*enumerate(pairs)])}


def _find_position(entry: Entry, at: Mapping[str, int]) -> int:
    name = str(entry["after"])
    if name not in at:
        what = f"«\u00a0{shorten(name)}\u00a0» n’existe pas ici.{suggest(name, at)}"
        raise FaultsError([Fault(*entry.places["after"], str(entry["id"]), what)])
    return at[name] + 1


def _names_of_line(line: object) -> set[str]:
    return {name for each in (line if isinstance(line, Entries) else ()) for name in names_of(each)}


def names_of(alternative: object) -> frozenset[str]:
    """The questions that an alternative tells; none where it cannot be read, which the checks say."""
    try:
        return questions_of(convert(alternative, Alternative))
    except (MsgspecError, LineError):
        return frozenset()
