"""The form of a catalogue's files: what may stand under each key, checked by pydantic before anything is built."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, TypeGuard, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import fields
from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
    create_model,
)
from pydantic_core import ErrorDetails

from impact_cli.catalogue import model
from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.findings import Finding
from impact_cli.catalogue.sentences import Counted, Headline
from impact_cli.catalogue.yaml_files import Entry
from impact_cli.errors import shorten, suggest

_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
_Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]

# The longest title and the longest name of a venue stand together in the properties of a Word file, of 255 characters.
_Title = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _listed(kind: Any, most: int, least: int = 0) -> Any:
    """A tuple of a kind, of what a report can hold."""
    return Annotated[tuple[kind, ...], Field(min_length=least, max_length=most)]


# What a file may hold where `model` names these types.
_ADMITTED: dict[str, Any] = {
    "CatalogueId": Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)],
    "Identifier": _Id,
    "Identifiers": _listed(_Id, 200),
    "Named": _listed(_Words, 200),
    "Refused": _listed(_Words, 200),
    "Words": _Words,
    "Language": Annotated[str, StringConstraints(pattern=r"^fr(-[A-Z]{2})?$")],
    "Title": _Title,
    "Wordings": _listed(_Words, 1000),
    "Levels": _listed(_Words, 10, 2),
    "Length": Annotated[int, Field(ge=1, le=20_000)],
    "Count": Annotated[int, Field(ge=1, le=100)],
}


def _form_of(raw: object) -> str:
    """One form alone is held against an alternative, so that a fault is reported once."""
    return "counted" if isinstance(raw, dict) else "sentence"


def _read_form(part: type[Struct]) -> type[BaseModel]:
    """The pydantic model of a class of `model`, in which each name of a type is what files may hold there."""
    admitted = get_type_hints(part, localns=_ADMITTED, include_extras=True)
    described: dict[str, Any] = {
        each.encode_name: (admitted[each.name], ... if each.required else None) for each in fields(part)
    }
    if part in get_args(model.Question):
        described["kind"] = (Literal[_name_kind(part)], ...)
    return create_model(part.__name__, __config__=ConfigDict(extra="forbid", strict=True), **described)


def _name_kind(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)


KINDS = {_name_kind(kind): kind for kind in get_args(model.Question)}


def _read_catalogue_form() -> type[BaseModel]:
    """The forms from the smallest part to the whole; each knows those before it by the names that `model` gives."""
    _ADMITTED["Options"] = _listed(_read_form(model.Option), 200, 1)
    test: Any = _read_form(Test)
    _ADMITTED["When"] = Annotated[dict[str, test], Field(max_length=20)]
    sentence: Any = Annotated[_Words, Tag("sentence")]
    counted: Any = Annotated[_read_form(Counted), Tag("counted")]
    _ADMITTED["Told"] = Annotated[sentence | counted, Discriminator(_form_of)]
    _ADMITTED["Headlined"] = _read_form(Headline)
    _ADMITTED["Consistency"] = _listed(_read_form(model.Incoherence), 100)
    kinds: Any = reduce(or_, (_read_form(kind) for kind in KINDS.values()))
    _ADMITTED["Questions"] = _listed(Annotated[kinds, Discriminator("kind")], 100, 1)
    _ADMITTED["Lines"] = _listed(_listed(_ADMITTED["Told"], 20, 1), 200)
    _ADMITTED["Sections"] = _listed(_read_form(model.Section), 100, 1)
    _ADMITTED["Families"] = _listed(_read_form(model.Family), 50, 1)
    return _read_form(model.Catalogue)


_CATALOGUE = _read_catalogue_form()

# pydantic's error types, as a questionnaire's author understands them.
_FRENCH = {
    "string_type": "un texte est attendu\u202f; mettez-le entre guillemets",
    "string_too_short": "le texte est vide",
    "string_too_long": "le texte est trop long ({max_length} caractères au plus)",
    "bool_type": "true ou false est attendu",
    "int_type": "un nombre entier est attendu",
    "tuple_type": "une liste est attendue, entre crochets",
    "dict_type": "des clés et des valeurs sont attendues",
    "model_type": "des clés et des valeurs sont attendues",
    "too_short": "la liste est trop courte ({min_length} au moins)",
    "too_long": "la liste est trop longue ({max_length} au plus)",
    "greater_than_equal": "un nombre d’au moins {ge} est attendu",
    "less_than_equal": "un nombre d’au plus {le} est attendu",
}
_FEW_HOMES = 3  # that a sentence can name
_OF_NEW = ("title", "kind", "label")  # which a section, a question, an option has where it is first written
_TAGS = ("sentence", "counted")  # steps of pydantic's, which no file has


def _keys_of(part: type[Struct]) -> set[str]:
    return {each.encode_name for each in fields(part)}


# Where each key belongs, in French.
_HOMES = {
    "catalogue.yaml": _keys_of(model.Catalogue) | {"extends", "leave_out"},
    "une famille": _keys_of(model.Family),
    "une rubrique": _keys_of(model.Section),
    **{f"une question «\u00a0{name}\u00a0»": _keys_of(kind) | {"kind"} for name, kind in KINDS.items()},
    "une option": _keys_of(model.Option),
    "une phrase qui s’accorde": _keys_of(Counted),
    "un test": _keys_of(Test),
}


def find_form_faults(root: Entry) -> Sequence[Finding]:
    """What pydantic finds wrong with a catalogue's tree, in French; nothing where it can be built as it is."""
    try:
        _CATALOGUE.model_validate(root)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return [_translate(detail, root) for detail in details if not _is_echo(detail, details)]
    return ()


def _is_echo(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """A list is also said to be too short when all of its members have faults of their own."""
    place = detail["loc"]
    inner = (other["loc"] for other in details if len(other["loc"]) > len(place))
    return detail["type"] == "too_short" and any(other[: len(place)] == place for other in inner)


def _translate(detail: ErrorDetails, root: Entry) -> Finding:
    at_kind = ("kind",) if detail["type"] == "union_tag_invalid" else ()
    return Finding((*detail["loc"], *at_kind), _say_fault(detail, root))


def _say_fault(detail: ErrorDetails, root: Entry) -> str:
    keys = [step for step in detail["loc"] if isinstance(step, str) and step not in _TAGS]
    key = keys[-1] if keys else ""
    given = shorten(str(detail["input"]))
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return f"la clé «\u00a0{shorten(key)}\u00a0» n’existe pas ici.{_tell_home(key)}"
        case "missing":
            return _say_missing(key, detail["loc"], root)
        case "union_tag_not_found":
            return _say_missing("kind", detail["loc"], root)
        case "string_pattern_mismatch":
            return _say_misspelt(key, given)
        case "dict_type" if key == "when":
            forms = ("{question: option}", "{question: {not: option}}")
            return f"une condition s’écrit «\u00a0when: {forms[0]}\u00a0», ou «\u00a0when: {forms[1]}\u00a0»."
        case "union_tag_invalid":
            kind = str(context["tag"])
            kinds = f"{suggest(kind, KINDS)} Genres\u00a0: {', '.join(KINDS)}."
            return f"le genre «\u00a0{shorten(kind)}\u00a0» n’existe pas.{kinds}"
        case "literal_error":
            expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return f"«\u00a0{given}\u00a0» n’est pas une de ces valeurs\u00a0: {expected}."
        case other:
            return f"«\u00a0{key}\u00a0»\u00a0: {_FRENCH.get(other, 'valeur inattendue').format(**context)}."


def _say_misspelt(key: str, given: str) -> str:
    if key == "language":
        return f"les rapports sont en français, et non en «\u00a0{given}\u00a0». Écrivez «\u00a0language: fr\u00a0»."
    rule = "une minuscule, puis minuscules sans accent, chiffres et _"
    return f"«\u00a0{given}\u00a0» n’est pas un identifiant\u00a0: {rule}."


def _say_missing(key: str, place: Sequence[int | str], root: Entry) -> str:
    """What an entry lacks; if it lacks what a new one has, the entry beside it that it nearly names may be meant."""
    node: object = root
    beside: tuple[object, ...] = ()
    for step in place:
        if isinstance(node, tuple) and isinstance(step, int):
            beside, node = node, node[step]
        elif isinstance(node, Entry) and step in node:
            node = node[str(step)]
    missing = f"la clé «\u00a0{key}\u00a0» manque"
    if key not in _OF_NEW or not isinstance(node, Entry) or "id" not in node:
        return f"{missing}."
    near = suggest(str(node["id"]), [str(each["id"]) for each in beside if each is not node and _has_id(each)])
    return f"{missing}, si «\u00a0{shorten(str(node['id']))}\u00a0» est nouveau.{near}" if near else f"{missing}."


def _has_id(entry: object) -> TypeGuard[Entry]:
    return isinstance(entry, Entry) and "id" in entry


def _tell_home(key: str) -> str:
    """Where a key that exists belongs, if that is in few places; the nearest that exists, of another."""
    homes = [home for home, keys in _HOMES.items() if key in keys]
    if not homes:
        return suggest(key, sorted(set().union(*_HOMES.values())))
    return f" Elle se met dans {' ou '.join(homes)}." if len(homes) <= _FEW_HOMES else ""
