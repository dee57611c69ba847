"""The latest finished edition of each venue of a collection that is read in shares."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import inf
from operator import attrgetter
from sys import intern

from impact_cli.answers.collection.digests import Digests
from impact_cli.answers.collection.sources import LeftOut, Place, Reader, Reason
from impact_cli.answers.collection.stream import Found, read_share
from impact_cli.answers.keeping.venues import Rank, rank_edition
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Catalogue

_NOTHING: Rank = (-1, False, -inf, "")  # the rank of what is not asked for
_DRAFT: Rank = (-1, False, 0, "")

# A sheet that was read: the digest of its venue, its edition, the name of its file, its rank.
Met = tuple[bytes, str, str, Rank]

_MASK = 64  # editions that a number of 8 bytes can hold, one bit each


class Register:
    """What is known of all venues: the rank of the latest sheet of each, and which files give a sheet a second time.

    A venue takes 36 to 44 bytes.
    """

    def __init__(self) -> None:
        self.doubles = set[str]()
        self._scattered = False  # whether there are venues whose sheets do not stand together
        self._venues = Digests()
        self._moments = array("d")  # of the latest sheet of each venue
        self._latest = array("I")  # of the same: the number of what else its rank is made of
        self._kinds: list[tuple[int, bool, str]] = []
        self._numbers: dict[tuple[int, bool, str], int] = {}
        self._editions: dict[str, int] = {}
        self._met = array("Q")  # the editions of each venue; those that have no bit are `further`
        self._further = set[tuple[int, int]]()

    @property
    def drafts(self) -> int:
        """How many venues are not told, for nothing of theirs is finished."""
        return sum(not edition and not moment for edition, moment in zip(self._latest, self._moments, strict=True))

    def add(self, share: Iterable[Met]) -> None:
        """Take notice of the sheets of the next share."""
        last = b""
        for venue, edition, name, rank in share:
            known = len(self._venues)
            number = self._venues.add(venue)
            if number == known:
                self._moments.append(_NOTHING[2])
                self._latest.append(self._number(_NOTHING))
                self._met.append(0)
            elif venue != last:
                self._scattered = True
            last = venue
            if self._meets(number, edition):
                self.doubles.add(name)
            elif rank > self._rank(number):
                self._moments[number], self._latest[number] = rank[2], self._number(rank)

    def latest(self, venue: bytes) -> Rank:
        """The rank of the latest sheet of a venue."""
        number = self._venues.find(venue)
        return _NOTHING if number is None else self._rank(number)

    def settles(self, known: "Register") -> bool:
        """Whether what was chosen by what was `known` is right by what was found."""
        return not self._scattered or self.decided == known.decided

    @property
    def decided(self) -> tuple[object, ...]:
        """All by which sheets are chosen."""
        return self._moments, self._latest, self._kinds, self.doubles

    def _meets(self, venue: int, edition: str) -> bool:
        """Whether that edition of the venue was met before; now it is."""
        number = self._editions.setdefault(edition, len(self._editions))
        if number < _MASK:
            known = self._met[venue] >> number & 1
            self._met[venue] |= 1 << number
            return bool(known)
        known = len(self._further)
        self._further.add((venue, number))
        return len(self._further) == known

    def _number(self, rank: Rank) -> int:
        kind = rank[0], rank[1], rank[3]
        if kind not in self._numbers:
            self._numbers[kind] = len(self._kinds)
            self._kinds.append(kind)
        return self._numbers[kind]

    def _rank(self, number: int) -> Rank:
        year, gathers, edition = self._kinds[self._latest[number]]
        return year, gathers, self._moments[number], edition


class Chooser:
    """Chooses of each venue its latest sheet that is finished, or that of the `edition` named, share after share.

    It sees the sheets of a venue that stand together, and what is `known` of all others. `met` and `left_out` are those
    of the last share; memory holds two sheets at most.
    """

    def __init__(self, catalogue: Catalogue, edition: str | None, known: Register) -> None:
        self._catalogue = catalogue
        self._edition = edition
        self._known = known
        self._reader = Reader()
        self.met: list[Met] = []
        self.left_out: list[LeftOut] = []

    def choose(self, share: Iterable[Place | LeftOut]) -> Iterator[Sheet]:
        """The sheets of a share that count."""
        self.met, self.left_out = [], []
        for venue, together in groupby(self._read(share), attrgetter("venue")):
            if sheet := self._find_latest(self._known.latest(venue), together):
                yield sheet

    def _read(self, share: Iterable[Place | LeftOut]) -> Iterator[Found]:
        for found in read_share(self._reader, share):
            if isinstance(found, LeftOut):
                self.left_out.append(found)
            else:
                yield found

    def _find_latest(self, highest: Rank, together: Iterable[Found]) -> Sheet | None:
        """The latest of the sheets of one venue, unless another one is known that is later."""
        latest, editions = None, set[str]()
        for found in together:
            sheet, rank = found.sheet, _NOTHING
            edition = intern(sheet.edition)
            if edition in editions or found.name in self._known.doubles:
                self.left_out.append(LeftOut(found.name, Reason.TWICE, f"{sheet.venue}, {sheet.edition}"))
            elif is_foreign(self._catalogue, sheet):
                self.left_out.append(LeftOut(found.name, Reason.FOREIGN, sheet.catalogue.id))
            elif self._edition in {None, edition}:
                rank = rank_edition(edition, sheet) if sheet.status is Status.FINISHED else _DRAFT
            editions.add(edition)
            self.met.append((found.venue, edition, found.name, rank))
            if rank > _DRAFT and rank >= highest:
                latest, highest = sheet, rank
        return latest


def is_foreign(catalogue: Catalogue, sheet: Sheet) -> bool:
    """Whether a sheet answers another questionnaire, and not one that extends this or is extended by it."""
    if sheet.catalogue.id == catalogue.id:
        return False
    keys = sheet.said.keys()
    return 2 * len(keys & catalogue.questions.keys()) < len(keys)
