"""Short forms of a questionnaire's files, written out where they stand: all that follows knows the long ones alone."""

from impact_cli.catalogue.extending import members
from impact_cli.catalogue.yaml_files import Entries, Entry, Place


def write_out(entry: Entry) -> None:
    """Write out the short forms of a head, a family or a whole catalogue; what has no right form stays as it is."""
    for family in members(entry, "families"):
        write_out(family)
    for section in members(entry, "sections"):
        for key in ("tell", "read"):
            if isinstance(lines := section.get(key), Entries):
                section.put(key, Entries.of((_as_list(line, place), place) for line, place in lines.pairs()))
        for question in members(section, "questions"):
            _write_tests(question)
            if isinstance(headline := question.get("headline"), str):
                question.put("headline", Entry(question.places["headline"], many=headline))
        _write_consistency(section)
    _write_consistency(entry)


def _write_consistency(entry: Entry) -> None:
    for incoherence in members(entry, "consistency"):
        _write_tests(incoherence)


def _write_tests(entry: Entry) -> None:
    """`rien` and `[rien, peu]` are short for `{includes: [rien]}` and `{includes: [rien, peu]}`."""
    when = entry.get("when")
    if not isinstance(when, Entry):
        return
    for name, test in when.items():
        place = when.places[name]
        if isinstance(test, str | Entries):
            when.put(name, Entry(place, includes=_as_list(test, place)))
        elif isinstance(test, Entry):
            for key, named in test.items():
                if isinstance(named, str):
                    test.put(key, _as_list(named, test.places[key]))


def _as_list(member: object, place: Place) -> Entries:
    """One alone is short for a list with one member."""
    return member if isinstance(member, Entries) else Entries.of([(member, place)])
