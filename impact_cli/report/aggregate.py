"""What many sheets say together: one pass, in which every answer is counted where it is sure."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, assert_never

from impact_cli.answers.reading import AnswerError, read_value
from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.answers.walking import Walker
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.typography import fold

_MOST_QUOTES = 5  # of a question's texts, for a report that is still read
_MOST_QUOTATIONS = 3  # of the first page
_MOST_WORDS = 30  # for what stands in place of one option


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
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
    published `quotes` keeps those with the smallest digests, which is a draw that anybody draws again; `more` is
    whether there are others.
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

    @property
    def is_specified(self) -> bool:
        """Whether it holds the words of an option of another question."""
        return "." in self.question.id


Count = Callable[[Tally, Sheet, Any], None]


class Aggregate:
    """All sheets that were added; in which order makes no difference. The venues' `names` are kept where asked for."""

    def __init__(self, catalogue: Catalogue, *, names: bool = False) -> None:
        self.catalogue = catalogue
        self.names: list[str] | None = [] if names else None
        self.venues = 0
        self.others = 0  # of them answered with another version of the questionnaire
        self.editions: Counter[str] = Counter()
        self.quotations: list[Quoted] = []  # of those that venues chose for their own first page
        self.tallies = {key: Tally(key, question) for key, question in catalogue.questions.items()}
        self._counting = {key: _choose_count(question) for key, question in catalogue.questions.items()}
        self._walker = Walker(catalogue)

    def add(self, sheet: Sheet) -> None:
        """Count one more venue."""
        self.venues += 1
        self.others += sheet.catalogue.fingerprint != self.catalogue.fingerprint
        self.editions[sheet.edition] += 1
        if self.names is not None:
            self.names.append(sheet.venue)
        walked = self._walker.walk(sheet)
        self._keep_quotation(walked.sheet, walked.answers)
        doubted = walked.sheet.uncertain.keys() | walked.contradicted
        for key, said in walked.answers.items():
            if said is not None:
                self._count(walked.sheet, key, said, doubted=bool(doubted) and _is_doubted(key, doubted))

    def _keep_quotation(self, sheet: Sheet, answers: Mapping[str, Answer | None]) -> None:
        key = sheet.quotation
        words = answers.get(key) if key else None
        if key and type(words) is str and key not in sheet.uncertain and sheet.may_publish(key):
            said = _clean(self.tallies[key].question, words)
            _keep(self.quotations, _MOST_QUOTATIONS, Quoted(sheet.consent[key].words, sheet.venue, key, said))

    def _count(self, sheet: Sheet, key: str, said: Answer, *, doubted: bool) -> None:
        tally = self.tallies[key]
        if type(said) is Silence:
            tally.silences[said] += 1
        elif doubted:
            tally.doubted += 1
        else:
            self._counting[key](tally, sheet, said)


def _is_doubted(key: str, doubted: frozenset[str] | set[str]) -> bool:
    return key in doubted or key.rpartition(".")[0] in doubted


def _choose_count(question: Question) -> Count:
    match question:
        case Many():
            return _count_many
        case One() | Rating():
            return _count_one
        case Number():
            return _count_number
        case Grid():
            return _count_grid
        case Keywords():
            return _count_keywords
        case Text(public=public):
            return _count_fact if public else _count_words
        case _:
            assert_never(question)


def _count_many(tally: Tally, _sheet: Sheet, ticked: tuple[str, ...]) -> None:
    tally.answered += 1
    counts = tally.counts
    for option in ticked:
        counts[option] += 1


def _count_one(tally: Tally, _sheet: Sheet, chosen: str | int) -> None:
    tally.answered += 1
    tally.counts[chosen] += 1


def _count_number(tally: Tally, _sheet: Sheet, number: int) -> None:
    tally.answered += 1
    tally.amounts[number] += 1


def _count_grid(tally: Tally, _sheet: Sheet, given: Mapping[str, str]) -> None:
    question = tally.question
    silent = {choice.id for choice in question.choices if choice.means} if isinstance(question, Grid) else set()
    told = [(row, choice) for row, choice in given.items() if choice not in silent]
    tally.answered += bool(told)
    tally.counts.update(told)


def _count_keywords(tally: Tally, sheet: Sheet, words: tuple[str, ...]) -> None:
    tally.answered += 1
    if sheet.may_publish(tally.key):
        tally.published += 1
        for word in words:
            _count_spelt(tally, word)


def _count_fact(tally: Tally, _sheet: Sheet, said: str) -> None:
    tally.answered += 1
    _count_spelt(tally, _clean(tally.question, said))


def _count_spelt(tally: Tally, word: str) -> None:
    """One more of a word, whatever its case and accents; it is told in the first of its spellings."""
    folded = _fold(word)
    tally.counts[folded] += 1
    if word < tally.spellings.setdefault(folded, word):
        tally.spellings[folded] = word


def _count_words(tally: Tally, sheet: Sheet, said: str) -> None:
    tally.answered += 1
    given = sheet.consent.get(tally.key)
    if given is None or not given.publish or not sheet.may_publish(tally.key):
        return
    tally.published += 1
    most = _MOST_WORDS if tally.is_specified else _MOST_QUOTES
    _keep(tally.quotes, most, Quoted(given.words, sheet.venue, tally.key, _clean(tally.question, said)))


def _keep(kept: list[Quoted], most: int, quoted: Quoted) -> None:
    if len(kept) < most or quoted < kept[-1]:
        insort(kept, quoted)
        del kept[most:]


_fold = lru_cache(maxsize=20_000)(fold)


def _clean(question: Question, said: str) -> str:
    try:
        return str(read_value(question, said))
    except AnswerError:
        return said
