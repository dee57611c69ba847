"""JSON as people and other programs leave it: read strictly, each fault with its line, and written again as it was."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impact_cli.errors import Fault, FaultsError, shorten

Where = tuple[str | int, ...]  # keys and places in lists, from the top

_TOKENS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],\n]')
_TOKENS_OR_NO_NUMBERS = re.compile(rf"{_TOKENS.pattern}|(?P<none>NaN|-?Infinity)")
_MOST_DIGITS = 4000  # Python refuses to read longer numbers
_DEEPEST = 100  # levels; a sheet has five, and Python would go no deeper than about 1,000


@dataclass(frozen=True, slots=True)
class Written:
    """A number in the digits of its file, where Python would write it otherwise: 1e999, 0.10, -0."""

    digits: str


def parse_json(content: bytes, name: str, hint: str, cut: str) -> object:
    """What a file called `name` holds. Raises ImpactError, `cut` being what is said of one that ends too early."""
    text = _decode(content, name, hint)
    doubled: list[object] = []

    def gather(pairs: list[tuple[str, object]]) -> dict[str, object]:
        together = dict(pairs)
        doubled.extend(pairs[len(together) :])
        return together

    try:
        value: object = json.loads(
            text, object_pairs_hook=gather, parse_float=Written, parse_int=_read_int, parse_constant=_refuse
        )
    except json.JSONDecodeError as error:
        raise FaultsError([_explain_syntax(error, name, cut)], hint) from error
    except (ValueError, RecursionError) as error:
        raise FaultsError([*_find_unfit(text, name)], hint) from error
    if _is_deep(value):
        raise FaultsError([*_find_unfit(text, name)], hint)
    if doubled:
        raise FaultsError([*_find_doubled(text, name)], hint)
    return value


def _decode(content: bytes, name: str, hint: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FaultsError([Fault(name, line, "", "le fichier n’est pas en UTF-8.")], hint) from error


def find_lines(content: bytes) -> Mapping[Where, int]:
    """The line of each key of a sound file."""
    return dict(_walk(content.decode("utf-8-sig")))


def write_json(value: object, indent: str = "\n") -> str:
    """The value, two spaces a level; a number as it was written. Raises ValueError where it is too deep."""
    inner = f"{indent}  "
    if len(indent) > 2 * _DEEPEST:
        raise ValueError(_DEEPEST)
    match value:
        case Written(digits):
            return digits
        case Mapping() if value:
            pairs = (f"{inner}{write_json(key)}: {write_json(each, inner)}" for key, each in value.items())
            return f"{{{','.join(pairs)}{indent}}}"
        case list() | tuple() if value:
            return f"[{','.join(inner + write_json(each, inner) for each in value)}{indent}]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_deep(value: object, levels: int = _DEEPEST - 1) -> bool:
    """Whether `write_json` would refuse it."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return not levels or any(_is_deep(each, levels - 1) for each in inside)


def _read_int(digits: str) -> int | Written:
    if len(digits) > _MOST_DIGITS or digits == "-0":
        return Written(digits)
    return int(digits)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _explain_syntax(error: json.JSONDecodeError, name: str, cut: str) -> Fault:
    whole = error.doc.rstrip()
    if error.pos >= len(whole) or not whole.endswith("}"):
        return Fault(name, whole.count("\n") + 1, "", cut)
    return Fault(name, error.lineno, "", "ce n’est pas du JSON correct à partir d’ici.")


def _find_unfit(text: str, name: str) -> Iterator[Fault]:
    """What Python writes and JSON does not know, NaN and Infinity; and where it is too deep."""
    line, depth = 1, 0
    for token in _TOKENS_OR_NO_NUMBERS.finditer(text):
        line += token[0] == "\n"
        depth += (token[0] in "{[") - (token[0] in "}]")
        if token["none"]:
            yield Fault(name, line, "", f"{token['none']} n’est pas un nombre en JSON.")
        if depth >= _DEEPEST:
            yield Fault(name, line, "", f"ce JSON est trop profond\u00a0: {_DEEPEST} niveaux au plus.")
            return


def _find_doubled(text: str, name: str) -> Iterator[Fault]:
    seen: set[Where] = set()
    for where, line in _walk(text):
        if where in seen:
            yield Fault(name, line, shorten(str(where[-1])), "la clé est écrite deux fois.")
        seen.add(where)


def _walk(text: str) -> Iterator[tuple[Where, int]]:
    """Each key of a sound text, with the keys it stands under, and its line."""
    line, path, awaits_key = 1, list[str | int](), False
    for token in _TOKENS.finditer(text):
        match token[0][0]:
            case "\n":
                line += 1
            case "{" | "[" as opening:
                awaits_key = opening == "{"
                path.append("" if awaits_key else 0)
            case "}" | "]":
                path.pop()
            case ",":
                here = path[-1]
                awaits_key = isinstance(here, str)
                path[-1] = here if isinstance(here, str) else here + 1
            case _ if awaits_key:
                path[-1] = json.loads(token[0])
                awaits_key = False
                yield tuple(path), line
