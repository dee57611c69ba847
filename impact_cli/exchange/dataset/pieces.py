"""What shares of the sheets add to the files of a dataset, made in as many processes as there are processors."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from impact_cli.answers.collection.digests import Digests, digest
from impact_cli.answers.collection.sharing import share_out
from impact_cli.answers.collection.sources import LeftOut, Place, Reader, Reason, list_places
from impact_cli.answers.collection.stream import read_share
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.dataset.lines import Lines, spell_sheets
from impact_cli.exchange.dataset.telling import Teller
from impact_cli.exchange.dataset.wanted import Wanted, choose_spelling

_SHARE = 250  # files: a tenth of a second of work, and 3 MB of lines

Share = Sequence[Place | LeftOut]


@dataclass(slots=True)
class Account:
    """The sheets that are taken, those in progress that are not, and what is no sheet.

    Of the taken ones some are `strangers`, of another questionnaire; `versions` are those they were answered with.
    """

    taken: int = 0
    unfinished: int = 0
    strangers: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)

    def add(self, other: "Account") -> None:
        """Count what other files hold."""
        self.taken += other.taken
        self.unfinished += other.unfinished
        self.strangers += other.strangers
        self.left_out += other.left_out
        self.versions |= other.versions


@dataclass(slots=True)
class Piece:
    """What becomes of a share: the lines for each format, the account, the digest of each sheet by its rank."""

    share: Share
    lines: Sequence[Lines] = ()
    account: Account = field(default_factory=Account)
    met: dict[int, bytes] = field(default_factory=dict)


def make_pieces(
    sources: Iterable[Path], catalogue: Catalogue, wanted: Wanted, tell: Callable[[int], object]
) -> Iterator[Piece]:
    """The pieces of all sheets in the order of their files; `tell` is told how many were read.

    Of two sheets of one venue and edition the second is left out.
    """
    making, seen, places = Making(catalogue, wanted), Digests(), list_places(sources)
    for piece in share_out(making, iter(lambda: [*islice(places, _SHARE)], [])):
        tell(len(piece.share))
        doubles = _list_doubles(seen, piece)
        yield making(piece.share, doubles) if doubles else piece


def _list_doubles(seen: Digests, piece: Piece) -> set[int]:
    """The ranks of the sheets that were seen."""
    doubles = set[int]()
    for rank, met in piece.met.items():
        known = len(seen)
        if seen.add(met) < known:
            doubles.add(rank)
    return doubles


class Making:
    """Makes pieces, one after the other."""

    def __init__(self, catalogue: Catalogue, wanted: Wanted) -> None:
        self._catalogue = catalogue
        self._wanted = wanted
        self._teller = Teller(catalogue, internal=wanted.internal)
        self._reader = Reader()

    def __call__(self, share: Share, doubles: Collection[int] = ()) -> Piece:
        """The piece of a share, without these of its sheets."""
        piece = Piece(share)
        self.fill(piece, self._choose(piece, doubles))
        return piece

    def fill(self, piece: Piece, sheets: Iterable[Sheet]) -> None:
        """Take these sheets."""
        told = []
        for sheet in sheets:
            told.append(self._teller.tell(sheet))
            piece.account.strangers += sheet.catalogue.id != self._catalogue.id
            piece.account.versions.add(f"{sheet.catalogue.id} {sheet.catalogue.version}")
        piece.account.taken = len(told)
        piece.lines = [spell_sheets(told, choose_spelling(each)) for each in self._wanted.formats]

    def _choose(self, piece: Piece, doubles: Collection[int]) -> Iterator[Sheet]:
        account, wanted = piece.account, self._wanted
        for rank, found in enumerate(read_share(self._reader, piece.share)):
            if isinstance(found, LeftOut):
                account.left_out.append(found)
                continue
            sheet = found.sheet
            piece.met[rank] = digest(found.venue, sheet.edition)
            if rank in doubles:
                account.left_out.append(LeftOut(found.name, Reason.TWICE, f"{sheet.venue}, {sheet.edition}"))
            elif wanted.edition not in {None, sheet.edition}:
                continue
            elif sheet.status is Status.FINISHED or wanted.drafts:
                yield sheet
            else:
                account.unfinished += 1
