"""What an extension leaves out of the catalogue it extends, and what falls with it: lines, conditions, consistency."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from impact_cli.catalogue.conditions import key_of
from impact_cli.catalogue.extending import OPTION_LISTS, members, names_of, sections_of
from impact_cli.catalogue.yaml_files import Entries, Entry
from impact_cli.errors import Fault, shorten, suggest

_SUGGESTED = 20  # faults of one kind that are worth the search for a name that is near


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
            steps = str(path).split(".")
            if _take_away(tree, steps):
                _forget(tree, steps)
            else:
                near = suggest(str(path), _paths(tree)) if len(faults) < _SUGGESTED else ""
                what = f"rien ne s’appelle «\u00a0{shorten(str(path))}\u00a0».{near}"
                faults.append(Fault(*place, "leave_out", what))
    return faults


def _take_away(tree: Entry, path: list[str]) -> bool:
    """Remove what is called so; whether there was such a thing."""
    holders: Iterable[Entry]
    keys: Sequence[str]
    *above, name = path
    match above:
        case []:
            holders, keys = members(tree, "families"), ("sections",)
        case [section]:
            holders, keys = _called(sections_of(tree), section), ("questions", "consistency")
        case [section, question]:
            asked = (each for found in _called(sections_of(tree), section) for each in members(found, "questions"))
            holders, keys = _called(asked, question), OPTION_LISTS
        case _:
            return False
    return any(_remove(each, key, name) for each in holders for key in keys)


def _called(entries: Iterable[Entry], identifier: str) -> list[Entry]:
    return [entry for entry in entries if entry.get("id") == identifier]


def _remove(entry: Entry, key: str, identifier: str) -> bool:
    called = _called(members(entry, key), identifier)
    _sift(entry, key, lambda member: None if member in called else member)
    return bool(called)


def _sift(entry: Entry, key: str, change: Callable[[object], object]) -> None:
    """Put what becomes of each member of a list in its place; one that becomes None goes."""
    found = entry.get(key)
    if isinstance(found, Entries):
        changed = ((change(member), place) for member, place in found.pairs())
        entry.put(key, Entries.of(pair for pair in changed if pair[0] is not None))


def _forget(tree: Entry, path: list[str]) -> None:
    """Without a question, no line names it, no number sends its words to it, nothing waits for it or contradicts it."""
    _sift(tree, "consistency", partial(_without_answer, section="", path=path))
    for section in sections_of(tree):
        name = str(section.get("id"))
        _sift(section, "consistency", partial(_without_answer, section=name, path=path))
        for key in ("tell", "read") if [name] == path[:-1] else ():
            _sift(section, key, partial(_without_question, question=path[-1]))
        for question in members(section, "questions"):
            if [name, question.get("prose")] == path:
                del question["prose"]
            if isinstance(when := question.get("when"), Entry):
                question.put("when", _without_tests(when, name, path))


def _without_answer(incoherence: object, section: str, path: list[str]) -> object:
    """Without one of its answers, nothing is contradicted."""
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
        return False
    together = test.get("all")
    return test.get("includes") == (option,) or (isinstance(together, Entries) and option in together)


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
    for key in ("not", "includes"):
        if isinstance(test, Entry) and isinstance(named := test.get(key), Entries):
            left = Entries.of((each, place) for each, place in named.pairs() if each != option)
            test = test.changed(key, left) if left else test.without(key) if key == "not" else test
    return test or None


def _without_question(line: object, question: str) -> object:
    if not isinstance(line, Entries):
        return line
    return Entries.of((each, place) for each, place in line.pairs() if question not in names_of(each)) or None


def _paths(tree: Entry) -> list[str]:
    paths = []
    for section in sections_of(tree):
        paths.append(str(section.get("id")))
        for question in members(section, "questions"):
            key = f"{section.get('id')}.{question.get('id')}"
            options = (option for name in OPTION_LISTS for option in members(question, name))
            paths += [key, *(f"{key}.{option.get('id')}" for option in options)]
    return paths
