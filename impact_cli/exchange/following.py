"""A known sentence followed through a document, word by word: as far as it goes, and what it says on the way."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from impact_cli.exchange.document import Document
from impact_cli.exchange.wordings import (
    Choices,
    Digits,
    Graded,
    Literal,
    Part,
    Pattern,
    Quotation,
    Typed,
    Vocabulary,
    Wording,
)
from impact_cli.exchange.words import DECISIVE, WORD_SLIP, Alignment, align, is_link, is_near

Said = tuple[str, object]  # a key, and what a question takes: a list's option, a number's prose, a row or a choice

_MOST_LINKS = 3  # small words before an option
_MOST_LEAD = 3  # words before a list that each of its options may have again
_MOST_REMEMBERED = 20_000  # options looked for at a place: several sentences have the same ones
_MOST_PASSED = 5  # words nobody knows before an option: "certaines personnes se"
_LEAST_BEHIND = 3  # words that are recognised behind them
_MOST_PROSE = 60  # words in the place of a number
_MARK = re.compile(r"\s*:?\s*(\d{1,2})\s*(?:sur|/)\s*(\d{1,2})\b")


class State(NamedTuple):
    """Where a sentence has been followed to: a part of the pattern, a word of that part, and what was said so far."""

    part: int = 0
    word: int = 0
    said: tuple[Said, ...] = ()
    started: tuple[tuple[Wording, int], ...] = ()  # options whose first words ended a line
    slips: int = 0
    doubts: frozenset[str] = frozenset()
    heard: int = 0  # words of the sentence itself that were found
    passed: tuple[int, ...] = ()  # words nobody knows, passed over inside it


class Reach(NamedTuple):
    """How far a sentence goes: its state there, and the next word of the document."""

    state: State
    at: int


def follow(  # noqa: PLR0913  a sentence and its state, a document and a place in it, two bounds
    document: Document, pattern: Pattern, state: State, at: int, *, fresh: bool, one_line: bool = False
) -> Reach | None:
    """The farthest point that the sentence surely reaches from word `at`, or None where it goes nowhere.

    Beyond the line it was met on, a sentence surely reaches the end of a line, a full stop, or words of its own.
    """
    stop = document.end_of_piece(at) if one_line and at < len(document) else len(document) + 1
    safe: Reach | None = None
    first_end = document.end_of_piece(at) if fresh and at < len(document) else at
    here = Reach(state, at)
    while here.at < len(document) or here.state.part < len(pattern.parts):
        step = _advance(document, pattern, here, stop)
        if step is None and here.at > at:
            step = _pass_over(document, pattern, here, stop)
        if step is None:
            break
        own_words = step.state.heard > here.state.heard
        here = step
        if here.at <= first_end or own_words or document.is_boundary(here.at) or document.ends_sentence(here.at):
            safe = here
        if _is_closed(document, pattern, here) or here.at >= stop:
            break
    return safe


def is_complete(pattern: Pattern, state: State) -> bool:
    """Whether nothing of the sentence must follow: it is over, or in a list that has an option already."""
    if state.part >= len(pattern.parts):
        return True
    part = pattern.parts[state.part]
    last = state.part == len(pattern.parts) - 1
    return last and isinstance(part, Choices) and part.several and any(key == part.name for key, _ in state.said)


def _is_closed(document: Document, pattern: Pattern, reach: Reach) -> bool:
    """Whether the sentence is over, or was ended by a full stop."""
    if reach.state.part >= len(pattern.parts):
        return True
    at_choices = isinstance(pattern.parts[reach.state.part], Choices)
    return at_choices and not reach.state.started and document.ends_sentence(reach.at)


def _advance(document: Document, pattern: Pattern, here: Reach, stop: int) -> Reach | None:
    """One step: the words of a part, or one option of a list."""
    if here.state.part >= len(pattern.parts):
        return None
    match pattern.parts[here.state.part]:
        case Literal(words=words):
            return _follow_words(document, words, here, stop)
        case Choices() as choices:
            return _follow_choices(document, pattern, choices, here, stop)
        case Digits() as digits:
            return _follow_prose(document, pattern, digits, here)
        case Graded() as graded:
            return _follow_mark(document, graded, here)
        case Quotation():
            return Reach(here.state._replace(part=here.state.part + 1), here.at)
        case Typed():
            return None


def _allowance(count: int) -> int:
    """How many slips so many words may hold."""
    return 0 if count == 0 else 1 + count // 3


def _follow_words(document: Document, words: tuple[str, ...], here: Reach, stop: int | None = None) -> Reach | None:
    state = here.state
    limit = _allowance(len(words))
    here_text = document.texts[here.at] if here.at < len(document) else ""
    if len(words) == 1 and len(words[0]) <= 4 and sorted(words[0]) != sorted(here_text):  # noqa: PLR2004
        limit = 0  # a short word alone must be itself, its letters in any order
    stop = min(stop or len(document), len(document))
    reached = align(words, state.word, document.texts, here.at, limit, stop, loosely=True)
    if reached.known == len(words):
        return Reach(
            state._replace(
                part=state.part + 1,
                word=0,
                slips=state.slips + reached.slips,
                heard=state.heard + len(words) - state.word,
            ),
            reached.at,
        )
    cut = _last_boundary(document, words, here, reached, limit)
    if cut is None or cut.at == here.at:
        return None
    heard = state.heard + cut.known - state.word
    return Reach(state._replace(word=cut.known, slips=state.slips + cut.slips, heard=heard), cut.at)


def _last_boundary(
    document: Document, words: tuple[str, ...], here: Reach, reached: Alignment, limit: int
) -> Alignment | None:
    """Where the words stop for now: at the end of a line, to be taken up on a later one."""
    if document.is_boundary(reached.at):
        return reached
    if reached.at == len(document) - 1 and words[reached.known].startswith(document.texts[reached.at]):
        return reached._replace(at=reached.at + 1)  # the file is cut within a word
    line = document.first[document.piece_of[reached.at]]
    if line <= here.at:
        return None
    stop = align(words, here.state.word, document.texts, here.at, limit, line, loosely=True)
    return stop if stop.at == line else None


def _follow_choices(document: Document, pattern: Pattern, choices: Choices, here: Reach, stop: int) -> Reach | None:
    """The next words of the sentence, else one more option, whole or cut, behind small words or unknown ones."""
    state = here.state
    if state.started:
        if here.at >= len(document) or not document.begins_item(here.at):
            return _finish_option(document, choices, here)
        state = state._replace(started=(), doubts=state.doubts | {choices.key})  # an item cuts it for good
        here = Reach(state, here.at)
    places = _after_links(document, here.at)
    if found := _follow_list(document, pattern, state, places, stop):
        return found
    if _is_given(choices, state) and (again := _after_lead(document, pattern, state, places)):
        return _follow_list(document, pattern, state, _after_links(document, again), stop)
    return next((cut for at in places if (cut := _cut_option(document, choices, state, at))), None)


def _is_given(choices: Choices, state: State) -> bool:
    return any(key == choices.name for key, _ in state.said)


def _follow_list(document: Document, pattern: Pattern, state: State, places: Sequence[int], stop: int) -> Reach | None:
    """What follows the list or, of two lists in a row, begins the second; else one more option."""
    choices = pattern.parts[state.part]
    assert isinstance(choices, Choices)  # noqa: S101
    given = _is_given(choices, state)
    after = pattern.parts[state.part + 1] if state.part + 1 < len(pattern.parts) else None
    for at in places:
        if isinstance(after, Literal) and (moved := _move_on(document, state, after, at, stop, given=given)):
            return moved
        if given and isinstance(after, Choices):
            behind = state._replace(part=state.part + 1)
            if found := _find_option(document, after, behind, at) or _cut_option(document, after, behind, at):
                return found
        if (choices.several or not given) and (found := _find_option(document, choices, state, at)):
            return found
    return None


def _after_links(document: Document, at: int) -> list[int]:
    """A word, and those that only small words part from it."""
    places = [at]
    while len(places) <= _MOST_LINKS and places[-1] < len(document) and is_link(document.texts[places[-1]]):
        places.append(places[-1] + 1)
    return places


def _after_lead(document: Document, pattern: Pattern, state: State, places: Sequence[int]) -> int | None:
    """Behind the sentence's words before its list, where the next option has their last ones again: "portés par"."""
    lead = pattern.parts[state.part - 1] if state.part else None
    words = lead.words if isinstance(lead, Literal) else ()
    for at in places:
        for count in range(1, min(_MOST_LEAD, len(words)) + 1):
            last = words[-count:]
            if not is_link(last[0]) and tuple(document.texts[at : at + count]) == last:
                return at + count
    return None


def _move_on(  # noqa: PLR0913  a place in the document and one in the sentence, a bound
    document: Document, state: State, after: Literal, at: int, stop: int, *, given: bool
) -> Reach | None:
    """The sentence goes on behind the list: all its next words, or those at the end of a line."""
    moved = _follow_words(document, after.words, Reach(state._replace(part=state.part + 1, word=0), at), stop)
    if moved is None:
        return None
    whole = moved.state.part > state.part + 1
    return moved if whole or (given and moved.state.word > 1) else None


def _find_option(document: Document, choices: Choices, state: State, at: int) -> Reach | None:
    """The one option that stands whole at a word; a longer one, where the next line goes on with it."""
    if at >= len(document) or (best := _pick(document, choices.vocabulary, at)) is None:
        return None
    wording, reached = best
    if document.is_boundary(reached.at) and not document.ends_sentence(reached.at):
        started = _start_options(document, choices.vocabulary, at)
        longer = tuple((other, words) for other, words in started if words >= len(wording.words))
        goes_on = _finish_option(document, choices, Reach(state._replace(started=longer), reached.at))
        if goes_on and goes_on.state.slips < state.slips + WORD_SLIP:
            return goes_on
    if reached.slips and _is_two_options(document, choices.vocabulary, at, reached.at):
        state = state._replace(doubts=state.doubts | {choices.key})
    return Reach(_with_option(state, choices, wording, reached.slips), reached.at)


def _is_two_options(document: Document, vocabulary: Vocabulary, first: int, last: int) -> bool:
    """Whether words are, to the letter, two options and a link: "A et B", heard as the option "A ou B"."""
    options = {wording.words for wording in vocabulary.wordings}
    words = tuple(document.texts[first:last])
    return any(
        is_link(words[at]) and words[:at] in options and words[at + 1 :] in options for at in range(1, len(words) - 1)
    )


def _cut_option(document: Document, choices: Choices, state: State, at: int) -> Reach | None:
    """Options that the end of the line cuts; small words alone are none."""
    if at >= len(document):
        return None
    end = document.end_of_piece(at)
    if document.after_links(at) >= end:
        return None
    started = _start_options(document, choices.vocabulary, at)
    return Reach(state._replace(started=started), end) if started else None


def _with_option(state: State, choices: Choices, wording: Wording, slips: int) -> State:
    said = (*state.said, (choices.name, wording.option))
    part = state.part if choices.several else state.part + 1
    return state._replace(part=part, word=0, said=said, started=(), slips=state.slips + slips)


def _pick(document: Document, vocabulary: Vocabulary, at: int) -> tuple[Wording, Alignment] | None:
    """The longest wording that stands whole at a word; none where two options are equally near."""
    found = _pick_first(vocabulary, tuple(document.texts[at : at + vocabulary.reach]))
    return (found[0], found[1]._replace(at=at + found[1].at)) if found else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _pick_first(vocabulary: Vocabulary, texts: tuple[str, ...]) -> tuple[Wording, Alignment] | None:
    found: list[tuple[Wording, Alignment]] = []
    for wording in vocabulary.beginning(texts[0], texts[1] if len(texts) > 1 else ""):
        if found and len(wording.words) < len(found[0][0].words) - 1 and found[0][1].slips == 0:
            break
        reached = align(wording.words, 0, texts, 0, _option_allowance(wording))
        if reached.known == len(wording.words):
            found.append((wording, reached))
    if not found:
        return None
    exact = max((reached.at for _, reached in found if reached.slips == 0), default=0)
    if exact:  # beside it, a longer one may have damaged words, but none too many or missing
        found = [each for each in found if not each[1].gaps]
    best = min(found, key=lambda each: (-2 * each[1].at + each[1].slips, each[1].slips))
    rivals = [
        other
        for other, reached in found
        if other.option != best[0].option and reached.slips <= best[1].slips and reached.at >= best[1].at
    ]
    return None if rivals else best


def _beginning(document: Document, vocabulary: Vocabulary, at: int, stop: int) -> tuple[Wording, ...]:
    """The wordings that may begin at a word, when nothing is read from `stop` on."""
    following = document.texts[at + 1] if at + 1 < stop else ""
    return vocabulary.beginning(document.texts[at], following)


def _option_allowance(wording: Wording) -> int:
    letters = sum(map(len, wording.words))
    return 0 if letters < 5 else 1 + len(wording.words) // 2  # noqa: PLR2004  too short to be told from another


@lru_cache(maxsize=_MOST_REMEMBERED)
def _start_options(document: Document, vocabulary: Vocabulary, at: int) -> tuple[tuple[Wording, int], ...]:
    """The options whose first words are all that the line still has from a word on."""
    end = document.end_of_piece(at)
    found = []
    if not vocabulary.wordings or len(vocabulary.wordings[0].words) <= end - at - 1:
        return ()  # the longest stands first
    for wording in _beginning(document, vocabulary, at, end):
        if len(wording.words) <= end - at - 1:
            break
        reached = align(wording.words, 0, document.texts, at, _option_allowance(wording), end)
        if reached.at == end and 0 < reached.known < len(wording.words):
            found.append((wording, reached.known))
    return tuple(found)


def _finish_option(document: Document, choices: Choices, here: Reach) -> Reach | None:
    """The rest of an option that was cut."""
    ends: dict[str, tuple[Wording, Alignment]] = {}
    longer: list[tuple[Wording, int]] = []
    for wording, first in here.state.started:
        reached = align(wording.words, first, document.texts, here.at, _option_allowance(wording))
        if reached.known == len(wording.words):
            ends.setdefault(wording.option, (wording, reached))
        elif document.is_boundary(reached.at) and reached.at > here.at:
            longer.append((wording, reached.known))
    if ends:
        wording, reached = max(ends.values(), key=lambda each: (each[1].at, -each[1].slips))
        return Reach(_with_option(here.state, choices, wording, reached.slips), reached.at)
    if longer:
        return Reach(here.state._replace(started=tuple(longer)), document.end_of_piece(here.at))
    return None


def _pass_over(document: Document, pattern: Pattern, here: Reach, stop: int) -> Reach | None:
    """An option, or the sentence's next words, behind a few unknown words of the same line: none turns it round."""
    part, state = here.state.part, here.state
    choices = pattern.parts[part] if part < len(pattern.parts) else None
    if here.at >= len(document) or not isinstance(choices, Choices) or state.started:
        return None
    after = pattern.parts[part + 1] if part + 1 < len(pattern.parts) else None
    end = document.end_of_piece(here.at)
    for at in range(here.at, min(here.at + _MOST_PASSED + 1, end)):
        if at > here.at and (found := _hear_behind(document, choices, after, state, at, stop)):
            doubts, passed = found.state.doubts | {choices.key}, (*found.state.passed, *range(here.at, at))
            slips = found.state.slips + at - here.at
            return found._replace(state=found.state._replace(doubts=doubts, passed=passed, slips=slips))
        if document.texts[at] in DECISIVE or document.ends_sentence(at + 1):
            return None
    return None


def _hear_behind(  # noqa: PLR0913, PLR0917  a place in the document and one in the sentence, a bound
    document: Document, choices: Choices, after: Part | None, state: State, at: int, stop: int
) -> Reach | None:
    found = _pick(document, choices.vocabulary, at)
    if found and len(found[0].words) >= _LEAST_BEHIND:
        return Reach(_with_option(state, choices, found[0], found[1].slips), found[1].at)
    if isinstance(after, Literal) and len(after.words) >= _LEAST_BEHIND and document.texts[at] == after.words[0]:
        moved = _follow_words(document, after.words, Reach(state._replace(part=state.part + 1, word=0), at), stop)
        return moved if moved and moved.state.part > state.part + 1 else None
    return None


def _follow_prose(document: Document, pattern: Pattern, digits: Digits, here: Reach) -> Reach | None:
    """What stands in the place of a number, up to the sentence's next words."""
    state = here.state
    after = pattern.parts[state.part + 1] if state.part + 1 < len(pattern.parts) else None
    if not isinstance(after, Literal):
        return _follow_last_number(document, digits, here)
    for at in range(here.at, min(here.at + _MOST_PROSE, len(document))):
        if at > here.at and document.ends_sentence(at) and document.is_capital(at):
            return None
        if is_near(after.words[0], document.texts[at]):
            next_state = state._replace(part=state.part + 1, word=0)
            moved = _follow_words(document, after.words, Reach(next_state, at))
            if moved and (moved.state.part > state.part + 1 or moved.state.word > 1):
                said = (*state.said, (digits.key, document.raw(here.at, at))) if at > here.at else state.said
                passed = at - here.at  # words nobody knows explain nothing
                return Reach(moved.state._replace(said=said, slips=moved.state.slips + passed), moved.at)
    return None


def _follow_last_number(document: Document, digits: Digits, here: Reach) -> Reach | None:
    """A number that ends its sentence and its line."""
    if here.at >= len(document) or document.is_boundary(here.at) or document.ends_sentence(here.at):
        return None
    end = document.end_of_piece(here.at)
    typed = document.raw(here.at, end).strip(" .:*\u00a0")
    return Reach(here.state._replace(part=here.state.part + 1, said=(*here.state.said, (digits.key, typed))), end)


def _follow_mark(document: Document, graded: Graded, here: Reach) -> Reach | None:
    if here.at >= len(document):
        return None
    piece = document.piece_of[here.at]
    text = document.pieces[piece].text
    start = document.words[here.at - 1].end if here.at > document.first[piece] else 0
    match = _MARK.match(text, start)
    if not match or int(match[2]) != graded.most:
        return None
    said = (*here.state.said, (graded.key, int(match[1])))
    return Reach(here.state._replace(part=here.state.part + 1, said=said), document.end_of_piece(here.at))
