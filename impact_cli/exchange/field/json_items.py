"""The submissions of a JSON export, KoboToolbox's or OData's, one after the other."""

import json
import re
from collections.abc import Iterator

from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.field.instances import Pairs

_ARRAY = re.compile(r'\s*(?:\[|\{.{0,100000}?"(?:results|value)"\s*:\s*\[)', re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")
_HINT = "Exportez de nouveau les envois, sans les modifier."
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def read_items(text: str, name: str) -> Iterator[Pairs]:
    """Each submission: the only object of the file, or those of its list. Raises ImpactError where it is no JSON."""
    begun = _ARRAY.match(text)
    at = _skip(text, begun.end() if begun else 0)
    try:
        while text[at : at + 1] != "]":
            item, at = _DECODER.raw_decode(text, at)
            yield [*_flatten(item)]
            if not begun:
                return
            at = _skip(text, at)
    except json.JSONDecodeError as error:
        raise ImpactError(f"{shorten(name)}\u00a0: ce JSON est coupé, ou n’est pas correct.", _HINT) from error
    except RecursionError as error:
        raise ImpactError(f"{shorten(name)}\u00a0: ce JSON est trop profond.", _HINT) from error


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _flatten(item: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of an object, each by its path; a list of words is one value, as a submission writes it."""
    match item:
        case None:
            pass
        case dict():
            for key, value in item.items():
                yield from _flatten(value, f"{path}/{key}" if path else key)
        case list() if all(isinstance(each, str) for each in item):
            yield path, " ".join(item)
        case list():
            yield path, json.dumps(item, ensure_ascii=False)
        case bool():
            yield path, str(item).lower()
        case _:
            yield path, str(item)
