"""A fault of a catalogue, before it is known on which line it stands."""

from typing import NamedTuple

Steps = tuple[str | int, ...]


class Finding(NamedTuple):
    """What is wrong, with the keys and indexes that lead to it in the catalogue's tree."""

    path: Steps
    what: str
