"""What tells two questionnaires apart: a digest of all that is asked and told, and of nothing else."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_args

from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Catalogue, Question, Section

_READINGS = ("read", "titles_read", "furniture", "nothing_said")


def compute_fingerprint(catalogue: Catalogue) -> str:
    """The SHA-256 of a catalogue, hexadecimal. What is left at its default does not count, nor do readings."""
    return hashlib.sha256(json.dumps(_describe(catalogue), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _describe(part: Any) -> Any:
    if part is None or isinstance(part, str | int):
        return part
    if isinstance(part, tuple):
        return [_describe(member) for member in part]
    if isinstance(part, dict):
        return {key: _describe(member) for key, member in part.items()}
    names = _names_of(type(part))  # type: ignore[arg-type]  # mypy holds a class for unhashable
    said = {name: getattr(part, name) for name, default in names if getattr(part, name) != default}
    if isinstance(part, Section):
        said["tell"] = lines_of(part)
    return {name: _describe(each) for name, each in said.items()}


@cache
def _names_of(kind: type[Any]) -> Sequence[tuple[str, object]]:
    """The fields that count, each with its default; the telling of a question counts in its section."""
    left_out = (*_READINGS, *(("tell",) if kind in get_args(Question) else ()))
    described = [each for each in fields(kind) if each.name not in left_out]
    return [
        (each.name, each.default if each.default_factory is MISSING else each.default_factory()) for each in described
    ]
