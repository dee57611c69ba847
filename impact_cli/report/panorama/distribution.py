"""How one question is told of many venues: bars, numbers, a table, quotations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.catalogue.specify import name_option
from impact_cli.report.blocks import Bar, Bars, Block, Bullets, Paragraph, Quote, Table
from impact_cli.report.french import list_labels, lower_first, tell_name, tell_number
from impact_cli.report.panorama import wording as counting
from impact_cli.report.panorama.aggregate import Quoted, Tally
from impact_cli.report.panorama.discretion import Told, measure
from impact_cli.report.wording import say_own_words
from impact_cli.typography import fold

_MOST_WORDS = 20  # of keywords and facts


@dataclass(frozen=True, slots=True)
class Scope:
    """Of how many venues a panorama tells, and of how many at `least` it tells something.

    `drafts` are the venues without a finished sheet; `names` those of all venues, where they may be named.
    """

    venues: int
    least: int = 5
    drafts: int = 0
    names: tuple[str, ...] = ()


def tell_question(tally: Tally, told: Told, scope: Scope) -> Iterator[Block]:
    """The blocks of one question that may be told."""
    match tally.question:
        case Many(options=options) | One(options=options):
            yield from _tell_options(tally, told, scope, {option.id: option.label for option in options})
        case Rating(marks=marks):
            yield from _tell_options(tally, told, scope, {mark: f"{mark} ({name})" for mark, name in marks.items()})
        case Number() as question:
            yield from _tell_numbers(tally, question, scope)
        case Grid() as question:
            yield from _tell_grid(tally, told, question, scope)
        case Keywords():
            yield from _tell_words(tally, told, tally.published, scope)
        case Text(public=True):
            yield from _tell_words(tally, told, tally.answered, scope)
        case Text():
            yield from _tell_quotes(tally, scope)
        case _:
            assert_never(tally.question)


def name_question(question: Question) -> str:
    """What its figures are of: the name it has as a fact ("Surface en mètres carrés"), else its topic.

    The words of an option are named by what it is called.
    """
    if option := name_option(question):
        return counting.say_own_words(option)
    slot = f"\u00a0: {{{question.id}}}."
    if isinstance(question.tell, str) and question.tell.endswith(slot):
        return question.tell.removesuffix(slot)
    return question.topic[:1].upper() + question.topic[1:]


def _caption(tally: Tally, scope: Scope, *more: str) -> str:
    return counting.say_subject(name_question(tally.question), [counting.say_states(tally, scope.venues), *more])


def _tell_options(tally: Tally, told: Told, scope: Scope, labels: Mapping[Any, str]) -> Iterator[Block]:
    caption, keys = _caption(tally, scope), (tally.key,)
    if not told.shown:
        yield Paragraph(f"{caption}. {counting.TOO_SHARED}", keys)
        return
    yield Bars(caption, tally.answered, _draw(tally, told, labels), keys)
    if told.hidden:
        yield Paragraph(counting.say_hidden([lower_first(labels[option]) for option in told.hidden], scope.least), keys)


def _draw(tally: Tally, told: Told, labels: Mapping[Any, str]) -> tuple[Bar, ...]:
    """The longest bar first; marks from the lowest."""
    order = [option for option in labels if option in told.shown]
    if not isinstance(tally.question, Rating):
        order.sort(key=lambda option: -told.shown[option])
    return tuple(share_bar(labels[option], told.shown[option], tally.answered) for option in order)


def share_bar(label: str, count: int, whole: int) -> Bar:
    """The venues that say something, of those that answered."""
    return Bar(label, count, counting.say_share(count, whole))


def _tell_numbers(tally: Tally, question: Number, scope: Scope) -> Iterator[Block]:
    """What the numbers come to, in a row: that of the venues which gave one."""
    amounts = measure(tally.amounts, scope.least)
    say = _say_year if question.year else counting.say_amount
    told: dict[str, str] = {}
    if amounts.total is not None and not question.year:
        told[counting.TOTAL] = say(amounts.total)
    if amounts.median is not None:
        told[counting.MEDIAN] = say(amounts.median)
    if amounts.quartiles:
        told[counting.MIDDLE] = counting.say_middle(*map(say, amounts.quartiles))
    caption, keys = _caption(tally, scope), (tally.key,)
    if told:
        yield Table(caption, ("", *told), ((counting.say_venues(tally.answered), *told.values()),), keys)
    else:
        yield Paragraph(f"{caption}.", keys)


def _say_year(amount: float) -> str:
    return str(int(amount))


def _tell_grid(tally: Tally, told: Told, question: Grid, scope: Scope) -> Iterator[Block]:
    keys = (tally.key,)
    choices = [choice for choice in question.choices if not choice.means]
    rows = []
    for row in question.rows:
        if row.id not in told.hidden:
            cells = [told.shown.get((row.id, choice.id)) for choice in choices]
            said = sum(tally.counts[row.id, choice.id] for choice in choices)
            rows.append((row.label, *("" if cell is None else tell_number(cell) for cell in cells), tell_number(said)))
    if not rows:
        yield Paragraph(f"{_caption(tally, scope)}. {counting.TOO_SHARED}", keys)
        return
    columns = ("", *(choice.label for choice in choices), counting.ANSWERS)
    yield Table(_caption(tally, scope), columns, tuple(rows), keys)
    if labels := [lower_first(row.label) for row in question.rows if row.id in told.hidden]:
        yield Paragraph(counting.say_hidden(labels, scope.least), keys)


def _tell_words(tally: Tally, told: Told, given: int, scope: Scope) -> Iterator[Block]:
    """Keywords and facts: how many different ones, and those that enough venues share."""
    keys = (tally.key,)
    private = counting.say_given(given) if isinstance(tally.question, Keywords) and given < tally.answered else ""
    different = counting.say_different(len(tally.counts), given) if tally.counts else ""
    caption = _caption(tally, scope, private, different)
    shared = sorted(told.shown, key=lambda word: (-told.shown[word], word))[:_MOST_WORDS]
    if not shared:
        yield Paragraph(f"{caption}.", keys)
        return
    yield Bars(
        caption, given, tuple(share_bar(tally.spellings[word], told.shown[word], given) for word in shared), keys
    )


def _tell_quotes(tally: Tally, scope: Scope) -> Iterator[Block]:
    keys, quotes = (tally.key,), tally.quotes
    said = {_say_words(each, scope) for each in quotes} if tally.is_specified else ()
    words = tuple(sorted(said, key=lambda each: (fold(each), each)))
    alike = words and len(words) < len(quotes) == tally.published
    different = counting.say_different(len(words), len(quotes)) if alike else ""
    some = different or counting.say_some(len(words or quotes), tally.published)
    lead = _caption(tally, scope, counting.say_published(tally.published), some)
    yield Paragraph(f"{lead}\u00a0:" if quotes else f"{lead}.", keys)
    if words:
        yield Bullets(words, keys)
    else:
        yield from tell_quotations(quotes, scope)


def _say_words(quoted: Quoted, scope: Scope) -> str:
    return say_own_words(tell_name(quoted.venue), quoted.words) if scope.names else quoted.words


def tell_quotations(quotes: Sequence[Quoted], scope: Scope) -> Iterator[Block]:
    """The words of venues, after their names where these are told."""
    for each in quotes:
        if scope.names:
            yield Paragraph(f"{tell_name(each.venue)}\u00a0:", (each.key,))
        yield Quote(each.words, (each.key,))


def name_bars(bars: Sequence[Bar], *, as_typed: bool) -> str:
    """The longest in a few words: association (20), coopérative (9)."""
    return list_labels(
        [f"{bar.label if as_typed else lower_first(bar.label)} ({tell_number(bar.value)})" for bar in bars]
    )
