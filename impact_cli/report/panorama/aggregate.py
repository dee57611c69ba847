"""What many sheets say together, in parts that add up: every answer is counted where it is sure."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, assert_never

from impact_cli.answers.collection.walking import Seen, Walked, Walker
from impact_cli.answers.following import is_of_version
from impact_cli.answers.sheet import Sheet, Silence
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.typography import fold

_MOST_QUOTES = 5  # of a question's texts, for a report that is still read
_MOST_QUOTATIONS = 3  # of the first page
_MOST_WORDS = 30  # for what stands in place of one option


class Quoted(NamedTuple):
    """Words that may be published; in the order of their `digest`, which is that of a draw."""

    digest: str
    venue: str
    key: str
    words: str


@dataclass(slots=True)
class Tally:
    """What was said to one question, in numbers of venues.

    `answered` for sure; `doubted` what was read from a report and is not confirmed, or contradicts another answer.
    `counts` are by option, mark, (row, choice), keyword or fact; `amounts` the numbers given. Of the words that may be
    published, which `published` counts, `quotes` keeps those with the smallest digests: a draw that all draw alike.
    """

    key: str
    question: Question
    answered: int = 0
    doubted: int = 0
    silences: Counter[Silence] = field(default_factory=Counter)
    counts: Counter[Any] = field(default_factory=Counter)
    amounts: Counter[int] = field(default_factory=Counter)
    quotes: list[Quoted] = field(default_factory=list)
    published: int = 0
    spellings: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count what was said to the same question by other venues."""
        self.answered += other.answered
        self.doubted += other.doubted
        self.published += other.published
        self.silences.update(other.silences)
        self.counts.update(other.counts)
        self.amounts.update(other.amounts)
        self.quotes = sorted(self.quotes + other.quotes)[: self.most_quotes]
        for folded, word in other.spellings.items():
            self.spellings[folded] = min(word, self.spellings.get(folded, word))

    @property
    def most_quotes(self) -> int:
        """How many of its texts are kept."""
        return _MOST_WORDS if self.is_specified else _MOST_QUOTES

    @property
    def is_specified(self) -> bool:
        """Whether it holds the words of an option of another question."""
        return "." in self.question.id


class Aggregate:
    """What several venues say, to which that of others can be added: in which order, and by which parts, is all one.

    Of the venues some are `others`, which answered another version of the questionnaire. `names` are those of all where
    they are asked for, `quotations` of the words that venues chose for their own first page.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.names: list[str] = []
        self.venues = 0
        self.others = 0
        self.editions: Counter[str] = Counter()
        self.quotations: list[Quoted] = []
        self.tallies = {key: Tally(key, question) for key, question in catalogue.questions.items()}

    def add(self, other: "Aggregate") -> None:
        """Count other venues."""
        self.names += other.names
        self.venues += other.venues
        self.others += other.others
        self.editions.update(other.editions)
        self.quotations = sorted(self.quotations + other.quotations)[:_MOST_QUOTATIONS]
        for key, tally in self.tallies.items():
            tally.add(other.tallies[key])


def aggregate_sheets(catalogue: Catalogue, sheets: Iterable[Sheet], *, names: bool = False) -> Aggregate:
    """What these sheets say together, one a venue, in one pass."""
    aggregate = Aggregate(catalogue)
    counting = _Counting(aggregate)
    for sheet in sheets:
        counting.count(sheet)
        if names:
            aggregate.names.append(sheet.venue)
    counting.settle()
    return aggregate


class _Counting:
    """Counts one sheet after the other; what their answers come to is known when they are settled."""

    def __init__(self, aggregate: Aggregate) -> None:
        self._aggregate = aggregate
        self._tallies = aggregate.tallies
        self._walker = Walker(aggregate.catalogue, self._settle)
        self.settle = self._walker.settle

    def count(self, sheet: Sheet) -> None:
        """One more venue."""
        self._aggregate.venues += 1
        self._aggregate.others += not is_of_version(self._aggregate.catalogue, sheet)
        self._aggregate.editions[sheet.edition] += 1
        walked = self._walker.walk(sheet)
        if doubted := walked.sheet.uncertain.keys() | walked.contradicted:
            walked = self._count_doubted(walked, doubted)
        for seen in walked.seen:
            seen.times += 1
        for key, silence in walked.silences:
            self._tallies[key].silences[silence] += 1
        for key, said in walked.words:
            if said is not None:
                _count_words(self._tallies[key], walked.sheet, said)
        if walked.sheet.quotation:
            self._keep_quotation(walked)

    def _count_doubted(self, walked: Walked, doubted: AbstractSet[str]) -> Walked:
        """The answers that are sure; the others, and the words of an option that is not, are counted apart."""

        def is_sure(key: str) -> bool:
            return doubted.isdisjoint((key, key.rpartition(".")[0]))

        for key, said in walked.answers.items():
            self._tallies[key].doubted += not (said is None or isinstance(said, Silence) or is_sure(key))
        seen = [each for each in walked.seen if is_sure(each.key)]
        return replace(walked, seen=seen, words=[each for each in walked.words if is_sure(each[0])])

    def _keep_quotation(self, walked: Walked) -> None:
        key = walked.sheet.quotation
        for words_of, said in walked.words:
            if words_of == key and type(said) is str and walked.sheet.may_publish(key):
                quoted = Quoted(walked.sheet.consent[key].words, walked.sheet.venue, key, said)
                _keep(self._aggregate.quotations, _MOST_QUOTATIONS, quoted)

    def _settle(self, seen: Seen) -> None:
        if seen.times and seen.value is not None:
            _count(self._tallies[seen.key], seen.value, seen.times)


def _count(tally: Tally, value: Any, times: int) -> None:
    """That many venues more with this answer."""
    match tally.question:
        case One() | Rating():
            tally.counts[value] += times
        case Number():
            tally.amounts[value] += times
        case Grid(choices=choices):
            silent = {choice.id for choice in choices if choice.means}
            told = [pair for pair in value.items() if pair[1] not in silent]
            tally.counts.update(dict.fromkeys(told, times))
            times = times if told else 0
        case Many():
            for option in value:
                tally.counts[option] += times
        case Text():
            _count_spelt(tally, value, times)
        case Keywords():
            raise TypeError(tally.key)  # they are counted one by one
        case _:
            assert_never(tally.question)
    tally.answered += times


def _count_spelt(tally: Tally, word: str, times: int = 1) -> None:
    """More of a word, whatever its case and accents; it is told in the first of its spellings."""
    folded = _fold(word)
    tally.counts[folded] += times
    if word < tally.spellings.setdefault(folded, word):
        tally.spellings[folded] = word


def _count_words(tally: Tally, sheet: Sheet, said: str | tuple[str, ...]) -> None:
    """One more venue with words of its own, which are kept where they may be published."""
    tally.answered += 1
    given = sheet.consent.get(tally.key)
    if given is None or not given.publish or not sheet.may_publish(tally.key):
        return
    tally.published += 1
    if not isinstance(said, str):
        for word in said:
            _count_spelt(tally, word)
        return
    most = tally.most_quotes
    if len(tally.quotes) < most or given.words <= tally.quotes[-1].digest:
        _keep(tally.quotes, most, Quoted(given.words, sheet.venue, tally.key, said))


def _keep(kept: list[Quoted], most: int, quoted: Quoted) -> None:
    if len(kept) < most or quoted < kept[-1]:
        insort(kept, quoted)
        del kept[most:]


_fold = lru_cache(maxsize=20_000)(fold)
