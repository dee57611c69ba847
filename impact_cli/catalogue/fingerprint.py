"""What tells two questionnaires apart: a digest of all that is asked and told, and of nothing else."""

import hashlib
from typing import Any

from msgspec import to_builtins
from msgspec.json import encode
from msgspec.structs import replace

from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Catalogue, Section

_READINGS = ("read", "titles_read", "furniture", "nothing_said")


def compute_fingerprint(catalogue: Catalogue) -> str:
    """The SHA-256 of a catalogue, hexadecimal. What is left at its default does not count, nor do readings."""
    families = [(replace(family, sections=()), [*map(_describe, family.sections)]) for family in catalogue.families]
    parts = to_builtins((replace(catalogue, families=()), families))
    return hashlib.sha256(encode(_without_readings(parts), order="sorted")).hexdigest()


def _describe(section: Section) -> object:
    """It with all that it asks, and what it tells in the order told, wherever that was written."""
    questions = [replace(question, tell=None) for question in section.questions]
    return replace(section, written=(), tell=()), questions, lines_of(section)


def _without_readings(part: Any) -> Any:
    match part:
        case dict():
            return {key: _without_readings(each) for key, each in part.items() if key not in _READINGS}
        case list() | tuple():
            return [*map(_without_readings, part)]
        case _:
            return part
