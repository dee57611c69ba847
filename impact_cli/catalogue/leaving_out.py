"""What an extension leaves out of the catalogue it extends, and what falls with it: lines, conditions, consistency."""

from collections.abc import Sequence

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
            if not _leave_path_out(tree, str(path).split(".")):
                near = suggest(str(path), _paths(tree)) if len(faults) < _SUGGESTED else ""
                what = f"rien ne s’appelle « {shorten(str(path))} ».{near}"
                faults.append(Fault(*place, "leave_out", what))
            else:
                _forget_conditions(tree, str(path).split("."))
    return faults


def _leave_path_out(tree: Entry, path: list[str]) -> bool:
    if len(path) == 1:
        return any(_remove(family, ("sections",), path[0]) for family in members(tree, "families"))
    named = (section for section in sections_of(tree) if section.get("id") == path[0])
    return any(_leave_out_of_section(section, path[1:]) for section in named)


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
                entry.put(key, Entries.of(kept))
                return True
    return False


def _is_called(member: object, identifier: str) -> bool:
    return isinstance(member, Entry) and member.get("id") == identifier


def _forget_question(section: Entry, question: str) -> None:
    """Without a question, no line names it and no number sends its words to it."""
    for key in ("tell", "read"):
        lines = section.get(key)
        if isinstance(lines, Entries):
            kept = [(_without_question(line, question), place) for line, place in lines.pairs()]
            section.put(key, Entries.of((line, place) for line, place in kept if line))
    for other in members(section, "questions"):
        if other.get("prose") == question:
            del other["prose"]


def _forget_conditions(tree: Entry, path: list[str]) -> None:
    _forget_incoherence(tree, "", path)
    for section in sections_of(tree):
        _forget_incoherence(section, str(section.get("id")), path)
        for question in members(section, "questions"):
            when = question.get("when")
            if isinstance(when, Entry):
                question.put("when", _without_tests(when, str(section.get("id")), path))


def _forget_incoherence(entry: Entry, section: str, path: list[str]) -> None:
    """Without one of its answers, nothing is contradicted."""
    entries = entry.get("consistency")
    if isinstance(entries, Entries):
        kept = ((_without_answer(each, section, path), place) for each, place in entries.pairs())
        entry.put("consistency", Entries.of(pair for pair in kept if pair[0]))


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
    return Entries.of((each, place) for each, place in line.pairs() if question not in names_of(each))


def _paths(tree: Entry) -> list[str]:
    paths = []
    for section in sections_of(tree):
        paths.append(str(section.get("id")))
        for question in members(section, "questions"):
            key = f"{section.get('id')}.{question.get('id')}"
            options = (option for name in OPTION_LISTS for option in members(question, name))
            paths += [key, *(f"{key}.{option.get('id')}" for option in options)]
    return paths
