"""Submissions drawn together: each once, its last edit alone, kept packed until all are known."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from impact_cli.answers.keeping.names import fold_name
from impact_cli.exchange.field import metadata
from impact_cli.exchange.field.filling import Filled, digest_filled
from impact_cli.exchange.field.instances import Pairs


@dataclass(slots=True)
class Counts:
    """What became of the submissions that were read."""

    read: int = 0
    twice: int = 0
    edited: int = 0
    rejected: int = 0
    locked: int = 0


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission, packed to some thousand bytes, and by what it is known again."""

    packed: bytes
    instances: tuple[str, ...]
    said: str
    rank: tuple[int, bool, str]
    home: tuple[str, str]  # its venue, as names are compared, and its edition
    is_voice: bool


@dataclass
class Gathering:
    """What is read, one submission after the other; `add` them all, then take them with `take`."""

    fill: Callable[[Pairs], Filled]
    counts: Counts = field(default_factory=Counts)
    _kept: list[Submitted] = field(default_factory=list)
    _known: dict[str, int] = field(default_factory=dict)  # instance → where in `_kept`

    def add(self, pairs: Pairs) -> None:
        """Keep a submission, unless the same is kept already or somebody refused it."""
        self.counts.read += 1
        if metadata.is_locked(pairs):
            self.counts.locked += 1
        elif metadata.is_rejected(pairs):
            self.counts.rejected += 1
        else:
            self._sort(pairs)

    def _sort(self, pairs: Pairs) -> None:
        filled = self.fill(pairs)
        said = digest_filled(filled)
        submitted = Submitted(
            packed=pickle.dumps(filled),
            instances=tuple(metadata.list_instances(pairs)) or (said,),
            said=said,
            rank=metadata.rank_edit(pairs),
            home=(fold_name(filled.venue), filled.edition),
            is_voice=bool(filled.voice),
        )
        at = next((self._known[each] for each in submitted.instances if each in self._known), len(self._kept))
        if at == len(self._kept):
            self._kept.append(submitted)
        else:
            self._settle(at, submitted)
        self._known |= dict.fromkeys(submitted.instances, at)

    def _settle(self, at: int, submitted: Submitted) -> None:
        """Of two that are one submission, keep the later."""
        before = self._kept[at]
        if before.said == submitted.said:
            self.counts.twice += 1
            return
        self.counts.edited += 1
        later = submitted if submitted.rank >= before.rank else before
        self._kept[at] = replace(later, instances=tuple(dict.fromkeys((*before.instances, *submitted.instances))))

    def take(self) -> Iterator[tuple[Submitted, Filled]]:
        """Each submission that counts, in the order they came."""
        for submitted in self._kept:
            yield submitted, pickle.loads(submitted.packed)  # noqa: S301  what `add` has packed

    def count_homes(self) -> Counter[tuple[str, str]]:
        """How many submissions bear no voice, by venue and edition."""
        return Counter(submitted.home for submitted in self._kept if not submitted.is_voice)
