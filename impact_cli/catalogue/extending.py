"""One catalogue laid over another: entries merged by id, lines by what they tell, and what is left out taken away."""

import re
from collections.abc import Iterator, Mapping, Sequence

from impact_cli.catalogue.conditions import key_of
from impact_cli.catalogue.sentences import Counted, LineError, questions_of
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault, FaultsError, nearest, shorten, suggest
from impact_cli.typography import fold

OPTION_LISTS = ("options", "rows", "choices")
_HEAD_ONLY = ("extends", "leave_out", "families")
_SUGGESTED = 20  # faults of one kind that are worth the search for a name that is near
_LIKE_A_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ADDED = ("read", "titles_read", "furniture", "nothing_said", "was")  # wordings and former ids add up


def members(entry: Entry, key: str) -> Iterator[Entry]:
    """The mappings of a list of the entry; none where the file holds something else there."""
    found = entry.get(key)
    return (member for member in found if isinstance(member, Entry)) if isinstance(found, Entries) else iter(())


def merge_entries(entries: Sequence[Entry]) -> Entry:
    """Heads or lists laid one over the other, without the keys that speak of the folder itself."""
    merged = Entry(entries[-1].place)
    for entry in entries:
        for key, value in entry.items():
            if key not in _HEAD_ONLY:
                merged.put(key, _merge_value(key, merged.get(key), value, Entry(entry.place)), entry.places[key])
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
    option = Entry(place)
    option.put("id", make_id(label), place)
    option.put("label", label, place)
    option.put("tell", label if label[1:2].isupper() else label[:1].lower() + label[1:], place)
    return option


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
            pairs.insert(_find_position(change, at), (_without(change, "after"), place))
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
        what = f"« {shorten(name)} » n’existe pas ici.{suggest(name, at)}"
        raise FaultsError([Fault(*entry.places["after"], str(entry["id"]), what)])
    return at[name] + 1


def _without(entry: Entry, left: str) -> Entry:
    copy = Entry(entry.place)
    for key, value in entry.items():
        if key != left:
            copy.put(key, value, entry.places[key])
    return copy


def leave_out(tree: Entry, heads: Sequence[Entry]) -> list[Fault]:
    """Take away what the heads leave out: `section`, `section.question` or `section.question.option`.

    The lines and the conditions that speak of it go with it. Gives a fault for each name that is not there.
    """
    faults: list[Fault] = []
    for head in heads:
        named = head.get("leave_out", Entries.of([]))
        if not isinstance(named, Entries):
            named = Entries.of([(named, head.places["leave_out"])])
        for path, place in named.pairs():
            if not _leave_path_out(tree, str(path).split(".")):
                near = suggest(str(path), _paths(tree)) if len(faults) < _SUGGESTED else ""
                what = f"rien ne s’appelle « {shorten(str(path))} ».{near}"
                faults.append(Fault(*place, "leave_out", what))
            else:
                _forget_conditions(tree, str(path).split("."))
    return faults


def _leave_path_out(tree: Entry, path: list[str]) -> bool:
    for family in members(tree, "families"):
        if len(path) == 1 and _remove(family, ("sections",), path[0]):
            return True
        for section in members(family, "sections"):
            if section.get("id") == path[0] and _leave_out_of_section(section, path[1:]):
                return True
    return False


def _leave_out_of_section(section: Entry, path: list[str]) -> bool:
    match path:
        case [question]:
            removed = _remove(section, ("questions", "consistency"), question)
            if removed:
                _forget_question(section, question)
            return removed
        case [question, option]:
            asked = next((entry for entry in members(section, "questions") if entry.get("id") == question), None)
            return asked is not None and _remove(asked, OPTION_LISTS, option)
        case _:
            return False


def _remove(entry: Entry, keys: Sequence[str], identifier: str) -> bool:
    for key in keys:
        found = entry.get(key)
        if isinstance(found, Entries):
            kept = [(member, place) for member, place in found.pairs() if not _is_called(member, identifier)]
            if len(kept) < len(found):
                entry.put(key, Entries.of(kept), entry.places[key])
                return True
    return False


def _is_called(member: object, identifier: str) -> bool:
    return isinstance(member, Entry) and member.get("id") == identifier


def _forget_question(section: Entry, question: str) -> None:
    """Without a question, no line names it and no number sends its words to it."""
    for key in ("tell", "read"):
        lines = section.get(key)
        if isinstance(lines, Entries):
            kept = [(_without_question(line, question, place), place) for line, place in lines.pairs()]
            section.put(key, Entries.of((line, place) for line, place in kept if line), section.places[key])
    for other in members(section, "questions"):
        if other.get("prose") == question:
            del other["prose"]


def _forget_conditions(tree: Entry, path: list[str]) -> None:
    _forget_incoherence(tree, "", path)
    for family in members(tree, "families"):
        for section in members(family, "sections"):
            _forget_incoherence(section, str(section.get("id")), path)
            for question in members(section, "questions"):
                when = question.get("when")
                if isinstance(when, Entry):
                    kept = _without_tests(when, str(section.get("id")), path)
                    question.put("when", kept, question.places["when"])


def _forget_incoherence(entry: Entry, section: str, path: list[str]) -> None:
    """Without one of its answers, nothing is contradicted."""
    entries = entry.get("consistency")
    if isinstance(entries, Entries):
        kept = ((_without_answer(each, section, path), place) for each, place in entries.pairs())
        entry.put("consistency", Entries.of(pair for pair in kept if pair[0]), entry.places["consistency"])


def _without_answer(incoherence: object, section: str, path: list[str]) -> object:
    when = incoherence.get("when") if isinstance(incoherence, Entry) else None
    if not isinstance(incoherence, Entry) or not isinstance(when, Entry):
        return incoherence
    kept = _without_tests(when, section, path)
    about = [test for name, test in kept.items() if key_of(name, section).split(".") == path[:-1]]
    lost = len(kept) < len(when) or any(_wants(test, path[-1]) for test in about)
    return None if lost else incoherence.changed("when", kept)


def _wants(test: object, option: str) -> bool:
    """Whether the test cannot do without the option."""
    if not isinstance(test, Entry):
        return test in (option, (option,))
    wanted = test.get("all")
    together = wanted if isinstance(wanted, Entries) else (wanted,)
    return option in together or test.get("includes") in (option, (option,))


def _without_tests(when: Entry, section: str, path: list[str]) -> Entry:
    kept = Entry(when.place)
    for name, test in when.items():
        key = key_of(name, section).split(".")
        rest = _without_option(test, path[2]) if key == path[:2] and len(path) > len(key) else test
        if key[: len(path)] != path and rest is not None:
            kept.put(name, rest, when.places[name])
    return kept


def _without_option(test: object, option: str) -> object:
    """The test without what it refuses of an option; None where nothing else is tested.

    A test that wants the option alone stays: nobody would reach its question, and the check says so.
    """
    match test:
        case Entry():
            for key in ("not", "includes"):
                named = test.get(key)
                if named == option or isinstance(named, Entries):
                    left = _without_name(named, option) if isinstance(named, Entries) else None
                    test = test.changed(key, left) if left else _without(test, key) if key == "not" else test
            return test or None
        case Entries():
            return _without_name(test, option) or test
        case _:
            return test


def _without_name(names: Entries, name: str) -> Entries:
    return Entries.of((each, place) for each, place in names.pairs() if each != name)


def _without_question(line: object, question: str, place: Place) -> object:
    alternatives = line if isinstance(line, Entries) else Entries.of([(line, place)])
    return Entries.of((each, place) for each, place in alternatives.pairs() if question not in _names_of(each))


def _names_of_line(line: object) -> set[str]:
    return {name for each in (line if isinstance(line, Entries) else (line,)) for name in _names_of(each)}


def _names_of(alternative: object) -> frozenset[str]:
    """The questions that an alternative tells; none where it cannot be read, which the checks say."""
    try:
        match alternative:
            case str():
                return questions_of(alternative)
            case Entry():
                forms = {key: str(alternative.get(key, "")) for key in ("zero", "one", "few", "many")}
                return questions_of(Counted(by=str(alternative.get("by")), **forms))
            case _:
                return frozenset()
    except LineError:
        return frozenset()


def _paths(tree: Entry) -> list[str]:
    paths = []
    for family in members(tree, "families"):
        for section in members(family, "sections"):
            paths.append(str(section.get("id")))
            for question in members(section, "questions"):
                key = f"{section.get('id')}.{question.get('id')}"
                options = (option for name in OPTION_LISTS for option in members(question, name))
                paths += [key, *(f"{key}.{option.get('id')}" for option in options)]
    return paths
