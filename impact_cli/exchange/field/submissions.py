"""Submissions drawn together: each once, its last edit alone, kept on the disk until all are known."""

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Self

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
    """A submission, where it lies meanwhile, and by what it is known again."""

    offset: int
    instances: tuple[str, ...]
    said: str
    rank: tuple[int, bool, str]
    home: tuple[str, str]  # its venue, as names are compared, and its edition
    is_voice: bool


@dataclass
class Gathering:
    """What is read, one submission after the other; `add` them all, then take them with `take`.

    Memory holds a few hundred bytes of each. The rest lies in a file without a name, which is gone with the process.
    """

    fill: Callable[[Pairs], Filled]
    counts: Counts = field(default_factory=Counts)
    _kept: list[Submitted] = field(default_factory=list)
    _known: dict[str, int] = field(default_factory=dict)  # instance → where in `_kept`

    def __enter__(self) -> Self:
        self._file = tempfile.TemporaryFile()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

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
            offset=self._file.tell(),
            instances=tuple(metadata.list_instances(pairs)) or (said,),
            said=said,
            rank=metadata.rank_edit(pairs),
            home=(fold_name(filled.venue), filled.edition),
            is_voice=bool(filled.voice),
        )
        at = next((self._known[each] for each in submitted.instances if each in self._known), len(self._kept))
        if at == len(self._kept):
            self._kept.append(submitted)
            pickle.dump(filled, self._file)
        else:
            self._settle(at, submitted, filled)
        self._known |= dict.fromkeys(submitted.instances, at)

    def _settle(self, at: int, submitted: Submitted, filled: Filled) -> None:
        """Of two that are one submission, keep the later."""
        before = self._kept[at]
        if before.said == submitted.said:
            self.counts.twice += 1
            return
        self.counts.edited += 1
        later = submitted if submitted.rank >= before.rank else before
        self._kept[at] = replace(later, instances=tuple(dict.fromkeys((*before.instances, *submitted.instances))))
        if later is submitted:
            pickle.dump(filled, self._file)

    def take(self) -> Iterator[tuple[Submitted, Filled]]:
        """Each submission that counts, in the order they came."""
        for submitted in self._kept:
            self._file.seek(submitted.offset)
            yield submitted, pickle.load(self._file)  # noqa: S301  what `add` has written

    def count_homes(self) -> Counter[tuple[str, str]]:
        """How many submissions bear no voice, by venue and edition."""
        return Counter(submitted.home for submitted in self._kept if not submitted.is_voice)
