"""Answers that cannot all be true, found by the catalogue's own tests."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from impact_cli.catalogue.conditions import holds, key_of, section_of
from impact_cli.catalogue.model import Catalogue, Incoherence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that contradict each other: their `keys` in the order asked, and the question to put to the venue.

    `id` is `section.id` for an entry of a section, the entry's own id for one of the catalogue's head.
    """

    id: str
    keys: tuple[str, ...]
    ask: str

    @property
    def section(self) -> str:
        """The section after which the last of the answers is known."""
        return section_of(self.keys[-1])


def find_contradictions(catalogue: Catalogue, values: Mapping[str, object]) -> list[Contradiction]:
    """Every contradiction among the values of a sheet, by key; an answer that is missing contradicts nothing."""
    order = {key: index for index, key in enumerate(catalogue.questions)}
    found = []
    for section, entry in list_entries(catalogue):
        keys = sorted((key_of(name, section) for name in entry.when), key=order.__getitem__)
        if values.keys() >= set(keys) and holds(entry.when, section, values):
            found.append(Contradiction(f"{section}.{entry.id}".removeprefix("."), tuple(keys), entry.ask))
    return found


def group_by_answer(contradictions: Iterable[Contradiction]) -> Iterator[tuple[str, list[Contradiction]]]:
    """The contradictions by an answer that they share, the one that is in most of them first."""
    left = list(contradictions)
    while left:
        shared = Counter(key for each in left for key in each.keys).most_common(1)[0][0]
        yield shared, [each for each in left if shared in each.keys]
        left = [each for each in left if shared not in each.keys]


def list_entries(catalogue: Catalogue) -> Iterator[tuple[str, Incoherence]]:
    """Every entry with the section whose ids it names; of the catalogue's head, which names whole keys, with none."""
    for section in catalogue.sections:
        yield from ((section.id, entry) for entry in section.consistency)
    yield from (("", entry) for entry in catalogue.consistency)
