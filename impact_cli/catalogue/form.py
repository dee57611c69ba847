"""The form of a catalogue's files, held against the types of `model`: every fault of it, in French."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_args

from msgspec import Struct, inspect
from msgspec.structs import fields

from impact_cli.catalogue import model
from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.locating import Finding, Steps
from impact_cli.catalogue.sentences import Counted
from impact_cli.catalogue.yaml_files import Entries, Entry
from impact_cli.errors import shorten, suggest

_KINDS = {str(kind.__struct_config__.tag): kind for kind in get_args(model.Question)}
_FEW_HOMES = 3  # that a sentence can name
_OF_NEW = ("title", "kind", "label")  # which a section, a question, an option has where it is first written


def _keys_of(part: type[Struct]) -> set[str]:
    return {each.encode_name for each in fields(part)}


# Where each key belongs, in French.
_HOMES = {
    "catalogue.yaml": _keys_of(model.Catalogue) | {"extends", "leave_out"},
    "une famille": _keys_of(model.Family),
    "une rubrique": _keys_of(model.Section),
    **{f"une question «\u00a0{name}\u00a0»": _keys_of(kind) | {"kind"} for name, kind in _KINDS.items()},
    "une option": _keys_of(model.Option),
    "une phrase qui s’accorde": _keys_of(Counted),
    "un test": _keys_of(Test),
}


def find_form_faults(entry: Entry, part: type[Struct]) -> list[Finding]:
    """What is wrong with the form of a part of a catalogue; nothing where it can be built as it is."""
    return list(_check(_admitted_in(part), entry, (), ()))


@cache
def _admitted_in(part: type[Struct]) -> inspect.Type:
    """What a part may be: five milliseconds to find out for a catalogue, twice for each that is loaded."""
    return inspect.type_info(part)


def _check(admitted: inspect.Type, raw: object, path: Steps, beside: Sequence[object]) -> Iterator[Finding]:
    """Every fault of what stands at a place, `beside` the other members of its list."""
    match admitted:
        case inspect.UnionType():
            yield from _check_either(admitted.types, raw, path, beside)
        case inspect.StructType() if isinstance(raw, Entry):
            yield from _check_keys(admitted, raw, path, beside)
        case inspect.DictType() if isinstance(raw, Entry):
            yield from _measure(admitted, raw, path)
            for name, value in raw.items():
                yield from _check(admitted.value_type, value, (*path, name), ())
        case inspect.VarTupleType() if isinstance(raw, Entries):
            yield from _measure(admitted, raw, path)
            for place, member in enumerate(raw):
                yield from _check(admitted.item_type, member, (*path, place), raw)
        case _:
            if what := _say_fault(admitted, raw, next((step for step in reversed(path) if isinstance(step, str)), "")):
                yield Finding(path, what)


def _check_either(
    types: Sequence[inspect.Type], raw: object, path: Steps, beside: Sequence[object]
) -> Iterator[Finding]:
    """The faults by the one type that was meant: an entry's kind says which, else whether it is an entry at all."""
    parts = [each for each in types if isinstance(each, inspect.StructType)]
    others = [each for each in types if not isinstance(each, inspect.StructType | inspect.NoneType)]
    if len(parts) > 1 and isinstance(raw, Entry):
        kind = str(raw.get("kind", ""))
        parts = [part for part in parts if part.tag == kind]
        if not parts:
            named = f"{suggest(kind, _KINDS)} Genres\u00a0: {', '.join(_KINDS)}."
            wrong = f"le genre «\u00a0{shorten(kind)}\u00a0» n’existe pas.{named}"
            yield Finding((*path, "kind"), wrong if "kind" in raw else _say_missing("kind", raw, beside))
            return
    chosen = parts if parts and (isinstance(raw, Entry) or not others) else others
    yield from _check(chosen[0], raw, path, beside)


def _check_keys(part: inspect.StructType, entry: Entry, path: Steps, beside: Sequence[object]) -> Iterator[Finding]:
    known = {each.encode_name: each for each in part.fields}
    for key in entry.keys() - known.keys() - {part.tag_field}:
        yield Finding((*path, key), f"la clé «\u00a0{shorten(key)}\u00a0» n’existe pas ici.{_tell_home(key)}")
    for key, each in known.items():
        if key in entry:
            yield from _check(each.type, entry[key], (*path, key), ())
        elif each.required:
            yield Finding((*path, key), _say_missing(key, entry, beside))


def _measure(admitted: inspect.DictType | inspect.VarTupleType, raw: Entry | Entries, path: Steps) -> Iterator[Finding]:
    what = f"«\u00a0{path[-1]}\u00a0»\u00a0: la liste est trop"
    if admitted.min_length and len(raw) < admitted.min_length:
        yield Finding(path, f"{what} courte ({admitted.min_length} au moins).")
    if admitted.max_length and len(raw) > admitted.max_length:
        yield Finding(path, f"{what} longue ({admitted.max_length} au plus).")


def _say_fault(admitted: inspect.Type, raw: object, key: str) -> str:
    """What is wrong with a value, or with what stands in place of keys or of a list; "" for nothing."""
    given = f"«\u00a0{shorten(str(raw))}\u00a0»"
    match admitted:
        case inspect.LiteralType(values=values):
            words = ", ".join(map(str, values))
            return "" if raw in values else f"{given} n’est pas une de ces valeurs\u00a0: {words}."
        case inspect.StrType(pattern=str(pattern)) if isinstance(raw, str) and not re.match(pattern, raw):
            return _say_misspelt(key, given)
        case inspect.DictType() if key == "when":
            forms = ("{question: option}", "{question: {not: option}}")
            return f"une condition s’écrit «\u00a0when: {forms[0]}\u00a0», ou «\u00a0when: {forms[1]}\u00a0»."
        case _:
            expected = _say_expected(admitted, raw)
            return f"«\u00a0{key}\u00a0»\u00a0: {expected}." if expected else ""


def _say_expected(admitted: inspect.Type, raw: object) -> str:
    match admitted:
        case inspect.StrType() if not isinstance(raw, str):
            return "un texte est attendu\u202f; mettez-le entre guillemets"
        case inspect.StrType(min_length=int()) if not raw:
            return "le texte est vide"
        case inspect.StrType(max_length=int(most)) if len(str(raw)) > most:
            return f"le texte est trop long ({most} caractères au plus)"
        case inspect.BoolType() if not isinstance(raw, bool):
            return "true ou false est attendu"
        case inspect.IntType() if not isinstance(raw, int) or isinstance(raw, bool):
            return "un nombre entier est attendu"
        case inspect.IntType(ge=int(least)) if int(str(raw)) < least:
            return f"un nombre d’au moins {least} est attendu"
        case inspect.IntType(le=int(most)) if int(str(raw)) > most:
            return f"un nombre d’au plus {most} est attendu"
        case inspect.VarTupleType():
            return "une liste est attendue, entre crochets"
        case inspect.StructType() | inspect.DictType():
            return "des clés et des valeurs sont attendues"
        case _:
            return ""


def _say_misspelt(key: str, given: str) -> str:
    if key == "language":
        return f"les rapports sont en français, et non en {given}. Écrivez «\u00a0language: fr\u00a0»."
    return f"{given} n’est pas un identifiant\u00a0: une minuscule, puis minuscules sans accent, chiffres et _."


def _say_missing(key: str, entry: Entry, beside: Sequence[object]) -> str:
    """What an entry lacks; if it lacks what a new one has, the entry beside it that it nearly names may be meant."""
    others = [str(each["id"]) for each in beside if each is not entry and isinstance(each, Entry) and "id" in each]
    near = suggest(str(entry["id"]), others) if key in _OF_NEW and "id" in entry else ""
    new = f", si «\u00a0{shorten(str(entry['id']))}\u00a0» est nouveau" if near else ""
    return f"la clé «\u00a0{key}\u00a0» manque{new}.{near}"


def _tell_home(key: str) -> str:
    """Where a key that exists belongs, if that is in few places; the nearest that exists, of another."""
    homes = [home for home, keys in _HOMES.items() if key in keys]
    if not homes:
        return suggest(key, sorted(set().union(*_HOMES.values())))
    return f" Elle se met dans {' ou '.join(homes)}." if len(homes) <= _FEW_HOMES else ""
