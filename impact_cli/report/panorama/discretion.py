"""What may be told of counts without telling of one venue: nothing of few, nor what would leave few by subtraction."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from impact_cli.catalogue.conditions import Test, holds, key_of, section_of
from impact_cli.catalogue.model import Grid, Many, One, Question, Rating
from impact_cli.report.panorama.aggregate import Aggregate, Tally

_NOTHING: Mapping[Any, int] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of counts: those `shown`, by option; `hidden` are the other options.

    A count below `least` is not shown, nor what would let one find it by subtraction: `answered` less what is shown is
    what the hidden ones have together, at least.
    """

    shown: Mapping[Any, int]
    hidden: tuple[Any, ...]


def protect(counts: Mapping[Any, int], answered: int, least: int, *, one: bool) -> Told:
    """The counts that may be told of a question that `answered` venues answered.

    `one`: each chose exactly one of them, so that what is hidden is known as a sum: it must be that of several options
    and of `least` venues. Where several can be ticked that sum is a lowest bound, which tells something of one option
    alone. A sum that hidden options reach only if each is as large as it may be would tell them all.
    """
    shown = {option: count for option, count in counts.items() if count >= least}
    while (rest := answered - sum(shown.values())) > 0 and shown:
        hidden = len(counts) - len(shown)
        if hidden > 1 and rest != hidden * (least - 1) and (rest >= least or not one):
            break
        smallest = min(shown.values())
        del shown[next(option for option in reversed(shown) if shown[option] == smallest)]
    return Told(shown, tuple(option for option in counts if option not in shown))


@dataclass(frozen=True, slots=True)
class Amounts:
    """What may be told of numbers that venues gave; None where it is not.

    Half of the venues are at the `median` or below, half between the `quartiles`. `total` is that of all.
    """

    median: float | None
    quartiles: tuple[int, int] | None
    total: int | None


def measure(amounts: Counter[int], least: int) -> Amounts:
    """Values of the middle alone, with `least` venues at least on either side of each; never the smallest or largest.

    The total is told where no venue, nor one that subtracts its own number, can say what another gave: the two largest
    make up no more than three quarters of it. Where one venue is enough to be told, so is it.
    """
    numbers = sorted(amounts.elements())
    sizes = sorted(map(abs, numbers))
    count, total = len(numbers), sum(numbers)
    enough = count >= least and (least == 1 or 4 * sum(sizes[-2:]) <= 3 * sum(sizes))
    median = statistics.median(numbers) if count >= 2 * least else None
    quartiles = None
    if count >= 4 * least:
        low, _, high = statistics.quantiles(numbers, n=4, method="inclusive")
        quartiles = ceil(low), floor(high)  # whole numbers, with the same venues between them
    return Amounts(median, quartiles, total if enough else None)


def choose_told(aggregate: Aggregate, least: int) -> dict[str, Told]:
    """What may be told of each question, by key, in the order asked; a question that is not in it is not told at all.

    At least `least` venues answered it for sure. A question that only some answers of another lead to tells how many
    gave these: of those that would tell different sums of hidden options, the first is told alone. The words of an
    option are told where the option is.
    """
    tellable: dict[str, Told] = {}
    sums: dict[str, frozenset[Any]] = {}
    for key, tally in aggregate.tallies.items():
        if tally.answered < least or not _is_parent_shown(tally, tellable):
            continue
        parted = dict(_list_parted(aggregate, key, tellable))
        if all(sums.setdefault(parent, part) == part for parent, part in parted.items()):
            tellable[key] = _protect(tally, least)
    return tellable


def _is_parent_shown(tally: Tally, tellable: Mapping[str, Told]) -> bool:
    parent, _, option = tally.key.rpartition(".")
    return not tally.is_specified or (parent in tellable and option in tellable[parent].shown)


def _list_parted(aggregate: Aggregate, key: str, tellable: Mapping[str, Told]) -> Iterator[tuple[str, frozenset[Any]]]:
    """The questions whose hidden options this one's condition parts, with those that lead to it."""
    section = section_of(key)
    for name, test in aggregate.tallies[key].question.when.items():
        parent = key_of(name, section)
        hidden = tellable[parent].hidden if parent in tellable else ()
        leading = frozenset(option for option in hidden if _leads(parent, test, option, aggregate))
        if is_partition(aggregate.tallies[parent].question) and 0 < len(leading) < len(hidden):
            yield parent, leading


def _leads(parent: str, test: Test, option: Any, aggregate: Aggregate) -> bool:
    several = isinstance(aggregate.tallies[parent].question, Many)
    return holds({parent: test}, "", {parent: (option,) if several else option})


def is_partition(question: Question) -> bool:
    """Whether each venue that answers is counted in one option only."""
    if isinstance(question, Many):
        return sum(not option.exclusive for option in question.options) <= 1
    return isinstance(question, One | Rating)


def _protect(tally: Tally, least: int) -> Told:
    match tally.question:
        case Many(options=options) | One(options=options):
            asked = {
                option.id: tally.counts[option.id] for option in options if option.asked or tally.counts[option.id]
            }
            return protect(asked, tally.answered, least, one=is_partition(tally.question))
        case Rating(marks=marks):
            return protect({mark: tally.counts[mark] for mark in marks}, tally.answered, least, one=True)
        case Grid() as grid:
            return _protect_rows(grid, tally, least)
        case _:
            return Told({word: count for word, count in tally.counts.items() if count >= least}, ())


def _protect_rows(grid: Grid, tally: Tally, least: int) -> Told:
    """Each row by itself: the venues that say something of it are all its choices count."""
    shown: dict[Any, int] = {}
    choices = [choice.id for choice in grid.choices if not choice.means]
    for row in grid.rows:
        counts = {(row.id, choice): tally.counts[row.id, choice] for choice in choices}
        if (said := sum(counts.values())) >= least:
            shown |= protect(counts, said, least, one=True).shown
    return Told(shown, tuple(row.id for row in grid.rows if not any((row.id, choice) in shown for choice in choices)))
