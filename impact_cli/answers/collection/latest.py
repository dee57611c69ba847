"""The latest finished edition of each venue of a collection, in one pass where the editions of each lie together."""

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from impact_cli.answers.collection.digests import Digests
from impact_cli.answers.collection.sources import LeftOut, Reason
from impact_cli.answers.collection.stream import Found, read_collection
from impact_cli.answers.keeping.names import year_of
from impact_cli.answers.keeping.venues import rank_edition
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Catalogue

_Rank = tuple[int, float, str]


class LatestEditions:
    """One sheet of each venue: its latest that is finished, or that of the `edition` named.

    `drafts` counts the venues that have none, but one in progress. Where `settled` is False after a reading, it gave
    sheets of which a later edition came afterwards: what was made of them is to be made again of another reading, which
    knows them. A venue is remembered by a digest and the date of its latest sheet; memory holds two sheets at most.
    """

    def __init__(self, sources: Sequence[Path], catalogue: Catalogue, edition: str | None = None) -> None:
        self._sources = sources
        self._catalogue = catalogue
        self._edition = edition
        self._known = Digests()
        self._moments = array("d")  # of the latest sheet of each, and their editions
        self._editions: list[str] = []
        self._drafts = set[bytes]()
        self.settled = True

    @property
    def drafts(self) -> int:
        """How many venues are not told, for nothing of theirs is finished."""
        return sum(venue not in self._known for venue in self._drafts)

    def read(self, tell: Callable[[], object] = lambda: None) -> Iterator[Sheet | LeftOut]:
        """The sheets, and what is no sheet; `tell` is called for every file."""
        self.settled = True
        venue, best = b"", list[tuple[_Rank, Sheet]]()  # the latest so far of the venue that is being read
        for found in read_collection(self._sources):
            tell()
            if isinstance(found, LeftOut):
                yield found
            elif is_foreign(self._catalogue, found.sheet):
                yield LeftOut(found.name, Reason.FOREIGN, found.sheet.catalogue.id)
            elif self._is_meant(found):
                given = rank_edition(found.sheet.edition, found.sheet), found.sheet
                if found.venue != venue:
                    yield from self._give(venue, best)
                    venue, best = found.venue, [given]
                elif given[0] > best[0][0]:
                    best = [given]
        yield from self._give(venue, best)

    def _is_meant(self, found: Found) -> bool:
        sheet = found.sheet
        if self._edition is not None and sheet.edition != self._edition:
            return False
        if sheet.status is not Status.FINISHED:
            self._drafts.add(found.venue)
        return sheet.status is Status.FINISHED

    def _give(self, venue: bytes, best: list[tuple[_Rank, Sheet]]) -> Iterator[Sheet]:
        """The sheet, unless a later one of its venue is known."""
        for rank, sheet in best:
            number = self._known.add(venue)
            if number == len(self._editions):
                self._moments.append(rank[1])
                self._editions.append(sys.intern(rank[2]))
            known = year_of(self._editions[number]), self._moments[number], self._editions[number]
            if rank > known:
                self.settled = False
                self._moments[number], self._editions[number] = rank[1], sys.intern(rank[2])
            if rank >= known:
                yield sheet


def is_foreign(catalogue: Catalogue, sheet: Sheet) -> bool:
    """Whether a sheet answers another questionnaire, and not one that extends this or is extended by it."""
    if sheet.catalogue.id == catalogue.id:
        return False
    keys = sheet.said.keys()
    return 2 * len(keys & catalogue.questions.keys()) < len(keys)
