"""A whole collection counted, in as many processes as there are processors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact_cli.answers.collection.latest import Chooser, Met, Register
from impact_cli.answers.collection.sharing import share_out
from impact_cli.answers.collection.sources import LeftOut, Place, list_shares
from impact_cli.catalogue.model import Catalogue
from impact_cli.report.panorama.aggregate import Aggregate, aggregate_sheets


@dataclass(frozen=True, slots=True)
class Gathered:
    """What venues say, one sheet each; the files left out, and how many venues have but a draft."""

    aggregate: Aggregate
    left_out: Sequence[LeftOut]
    drafts: int


def gather(
    sources: Sequence[Path], catalogue: Catalogue, edition: str | None, tell: Callable[[int], object], *, names: bool
) -> Gathered:
    """The latest finished edition of each venue, or the one named; `tell` is called with how many sheets were read.

    Where the editions of a venue lay far apart all is read once more, by what is known then.
    """
    known = Register()
    while True:
        found, aggregate, left_out = Register(), Aggregate(catalogue), list[LeftOut]()
        for counted in share_out(_Counting(Chooser(catalogue, edition, known), catalogue, names), list_shares(sources)):
            tell(len(counted.met))
            aggregate.add(counted.aggregate)
            left_out += counted.left_out
            found.add(counted.met)
        if found.settles(known):
            return Gathered(aggregate, left_out, found.drafts)
        known = found


@dataclass(frozen=True, slots=True)
class _Counted:
    aggregate: Aggregate
    left_out: Sequence[LeftOut]
    met: Sequence[Met]


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts the sheets of a share that are chosen."""

    chooser: Chooser
    catalogue: Catalogue
    names: bool

    def __call__(self, share: Iterable[Place | LeftOut]) -> _Counted:
        aggregate = aggregate_sheets(self.catalogue, self.chooser.choose(share), names=self.names)
        return _Counted(aggregate, self.chooser.left_out, self.chooser.met)
