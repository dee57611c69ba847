"""The submissions of a JSON export, KoboToolbox's or OData's, one after the other."""

import json
import re
from collections.abc import Iterator
from typing import TextIO

from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.field.instances import Pairs

_CHUNK = 1 << 20
_LARGEST = 20_000_000  # characters of one submission
_ARRAY = re.compile(r'\s*(?:\[|\{.{0,100000}?"(?:results|value)"\s*:\s*\[)', re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")
_HINT = "Exportez de nouveau les envois, sans les modifier."
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def read_items(file: TextIO, name: str) -> Iterator[Pairs]:
    """Each submission: the only object of the file, or those of its list. Raises ImpactError where it is no JSON."""
    buffer = file.read(_CHUNK)
    begun = _ARRAY.match(buffer)
    at, several = (begun.end(), True) if begun else (0, False)
    while True:
        at = _skip(buffer, at)
        if at == len(buffer) and (more := file.read(_CHUNK)):
            buffer, at = more, 0
            continue
        if several and buffer[at : at + 1] == "]":
            return
        item, buffer, at = _decode(file, buffer, at, name)
        yield flatten(item)
        if not several:
            return


def _skip(buffer: str, at: int) -> int:
    found = _BETWEEN.match(buffer, at)
    return found.end() if found else at


def _decode(file: TextIO, buffer: str, at: int, name: str) -> tuple[object, str, int]:
    """The value that begins there, and the buffer and the place after it; more is read until it is whole."""
    while True:
        try:
            item, end = _DECODER.raw_decode(buffer, at)
        except json.JSONDecodeError as error:
            more = file.read(max(_CHUNK, len(buffer) - at))  # as much again: a long one is not read a hundred times
            if not more or len(buffer) - at > _LARGEST:
                raise ImpactError(f"{shorten(name)}\u00a0: ce JSON est coupé, ou n’est pas correct.", _HINT) from error
            buffer, at = buffer[at:] + more, 0
        except RecursionError as error:
            raise ImpactError(f"{shorten(name)}\u00a0: ce JSON est trop profond.", _HINT) from error
        else:
            return item, buffer, end


def flatten(item: object) -> Pairs:
    """The leaves of an object, each by its path; a list of words is one value, as a submission writes it."""
    pairs: list[tuple[str, str]] = []
    _gather(item, "", pairs)
    return pairs


def _gather(item: object, path: str, pairs: list[tuple[str, str]]) -> None:
    match item:
        case None:
            pass
        case dict():
            for key, value in item.items():
                _gather(value, f"{path}/{key}" if path else key, pairs)
        case list() if all(isinstance(each, str) for each in item):
            pairs.append((path, " ".join(item)))
        case list():
            pairs.append((path, json.dumps(item, ensure_ascii=False)))
        case bool():
            pairs.append((path, str(item).lower()))
        case _:
            pairs.append((path, str(item)))
