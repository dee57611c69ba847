"""A fault of a catalogue, before it is known on which line it stands."""

from typing import NamedTuple

Path = tuple[str | int, ...]


class Finding(NamedTuple):
    """What is wrong, with the keys and indexes that lead to it in the catalogue's tree."""

    path: Path
    what: str
