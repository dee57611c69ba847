"""A fault of a catalogue, before it is known on which line it stands."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, with the keys and indexes that lead to it in the catalogue's tree."""

    path: Path
    what: str
