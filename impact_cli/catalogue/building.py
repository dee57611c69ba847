"""The catalogue built from its files' tree, whose form is right: texts typeset, short forms written out."""

from typing import Any, get_args, get_type_hints

from impact_cli.catalogue import model
from impact_cli.catalogue.conditions import Test, When
from impact_cli.catalogue.model import Catalogue, Family, Incoherence, Option, Question, Section
from impact_cli.catalogue.ours import Raw
from impact_cli.catalogue.sentences import Alternative, Counted, Headline, Line
from impact_cli.catalogue.specify import add_questions
from impact_cli.typography import typeset

KINDS: dict[str, type[Question]] = {get_args(get_type_hints(kind)["kind"])[0]: kind for kind in get_args(Question)}


def build_catalogue(root: Raw) -> Catalogue:
    """The catalogue of a tree without faults of form."""
    families = tuple(_build_family(family) for family in root["families"])
    return Catalogue(**{**_typeset_all(root), "families": families, "consistency": _build_consistency(root)})


def _build_family(family: Raw) -> Family:
    sections = tuple(_build_section(section) for section in family["sections"])
    return Family(**{**_typeset_all(family), "sections": sections})


def _build_section(section: Raw) -> Section:
    lines = {key: tuple(_build_line(line) for line in section.get(key, ())) for key in ("tell", "read")}
    written = map(_build_question, section["questions"])
    questions = tuple(each for question in written for each in add_questions(section["id"], question))
    parts = {**lines, "questions": questions, "consistency": _build_consistency(section)}
    return Section(**{**_typeset_all(section), **parts})


def _build_consistency(entry: Raw) -> model.Consistency:
    return tuple(
        Incoherence(**{**_typeset_all(each), "when": _build_when(each["when"])})
        for each in entry.get("consistency", ())
    )


def _build_question(question: Raw) -> Question:
    parts: dict[str, Any] = {
        key: tuple(Option(**_typeset_all(option)) for option in question[key])
        for key in ("options", "rows", "choices")
        if key in question
    }
    if "when" in question:
        parts["when"] = _build_when(question["when"])
    if "headline" in question:
        parts["headline"] = Headline(**_typeset_all(expand_headline(question["headline"])))
    if "tell" in question:
        parts["tell"] = _build_alternative(question["tell"])
    return KINDS[question["kind"]](**{**_typeset_all(question), **parts})


def _build_when(when: Raw) -> When:
    return {name: _build_test(test) for name, test in when.items()}


def _build_test(raw: object) -> Test:
    test = expand_test(raw)
    assert isinstance(test, dict)  # noqa: S101  its form was checked
    return Test(**{"excludes" if key == "not" else key: value for key, value in test.items()})


def expand_test(raw: object) -> object:
    """`rien` and `[rien, peu]` are short for `{includes: [rien]}` and `{includes: [rien, peu]}`."""
    match raw:
        case str():
            return {"includes": (raw,)}
        case list() | tuple():
            return {"includes": raw}
        case dict():
            return {key: (named,) if isinstance(named, str) else named for key, named in raw.items()}
        case _:
            return raw


def expand_headline(raw: object) -> Any:
    """One form is short for the one of several; what counts one is then not said."""
    return {"many": raw} if isinstance(raw, str) else raw


def _build_line(raw: object) -> Line:
    return tuple(map(_build_alternative, expand_line(raw)))


def _build_alternative(raw: Any) -> Alternative:
    return typeset(raw) if isinstance(raw, str) else Counted(**_typeset_all(raw))


def expand_line(raw: object) -> Any:
    """One sentence is short for a list of alternatives with one member."""
    return raw if isinstance(raw, list | tuple) else (raw,)


def _typeset_all(entry: Raw) -> dict[str, Any]:
    """The entry with its texts, also those in lists of texts, as French prints them."""
    return {key: _typeset_value(value) for key, value in entry.items()}


def _typeset_value(value: object) -> object:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, tuple) and all(isinstance(member, str) for member in value):
        return tuple(typeset(member) for member in value)
    return value
