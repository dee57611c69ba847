"""The options of a list at a word of a document: one that stands whole, or is cut by the end of its line."""

from functools import lru_cache

from impact_cli.exchange.document import Document
from impact_cli.exchange.threads import Reach, State
from impact_cli.exchange.wordings import Choices, Vocabulary, Wording
from impact_cli.exchange.words import WORD_SLIP, Alignment, align

_MOST_REMEMBERED = 20_000  # options looked for at a place: several sentences have the same ones


def find_option(document: Document, choices: Choices, state: State, at: int) -> Reach | None:
    """The one option that stands whole at a word; a longer one, where the next line goes on with it."""
    if (best := pick_option(document, choices.vocabulary, at)) is None:
        return None
    wording, reached = best
    if document.is_boundary(reached.at) and not document.ends_sentence(reached.at):
        started = _start_options(document, choices.vocabulary, at)
        longer = tuple((other, words) for other, words in started if words >= len(wording.words))
        goes_on = finish_option(document, choices, Reach(state._replace(started=longer), reached.at))
        if goes_on and goes_on.state.slips < state.slips + WORD_SLIP:
            return goes_on
    return say_option(document, choices, state, wording, reached)


def cut_option(document: Document, choices: Choices, state: State, at: int) -> Reach | None:
    """Options that the end of the line cuts; small words alone are none."""
    end = document.end_of_piece(at) if at < len(document) else at
    started = _start_options(document, choices.vocabulary, at) if document.after_links(at) < end else ()
    return Reach(state._replace(started=started), end) if started else None


def halve_option(document: Document, choices: Choices, state: State, at: int) -> Reach | None:
    """The option of which half stands at a word."""
    if not (best := pick_half(document, choices.vocabulary, at)):
        return None
    doubting = state._replace(doubts=state.doubts | {choices.key}, slips=state.slips + 1)
    return say_option(document, choices, doubting, *best)


def finish_option(document: Document, choices: Choices, here: Reach) -> Reach | None:
    """The rest of an option that was cut."""
    ends: dict[str, tuple[Wording, Alignment]] = {}
    for wording, first in here.state.started:
        reached = align(wording.words, first, document.texts, here.at, _allowance(wording))
        if reached.known == len(wording.words):
            ends.setdefault(wording.option, (wording, reached))
    if ends:
        wording, reached = max(ends.values(), key=lambda each: (each[1].at, -each[1].slips))
        return say_option(document, choices, here.state, wording, reached)
    return None


def say_option(document: Document, choices: Choices, state: State, wording: Wording, reached: Alignment) -> Reach:
    """Behind an option, and behind the words that it asks for; on the next part, where only one may be said."""
    words, at = document.bracketed(reached.at) if wording.specified else ("", reached.at)
    said = (
        *state.said,
        (choices.name, wording.option),
        *([(f"{choices.key}.{wording.option}", words)] if words else []),
    )
    part = state.part if choices.several else state.part + 1
    return Reach(state._replace(part=part, word=0, said=said, started=(), slips=state.slips + reached.slips), at)


def pick_option(document: Document, vocabulary: Vocabulary, at: int) -> tuple[Wording, Alignment] | None:
    """The longest wording that stands whole at a word; none where two options are equally near."""
    found = _pick_first(vocabulary, tuple(document.texts[at : at + vocabulary.reach])) if at < len(document) else None
    return (found[0], found[1]._replace(at=at + found[1].at)) if found else None


def pick_half(document: Document, vocabulary: Vocabulary, at: int) -> tuple[Wording, Alignment] | None:
    """The longest half of an option that stands at a word, to the letter."""
    best = pick_option(document, vocabulary.halves, at)
    return best if best and not best[1].slips else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _pick_first(vocabulary: Vocabulary, texts: tuple[str, ...]) -> tuple[Wording, Alignment] | None:
    found: list[tuple[Wording, Alignment]] = []
    for wording in vocabulary.beginning(texts[0], texts[1] if len(texts) > 1 else ""):
        if found and len(wording.words) < len(found[0][0].words) - 1 and found[0][1].slips == 0:
            break
        reached = align(wording.words, 0, texts, 0, _allowance(wording))
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


@lru_cache(maxsize=_MOST_REMEMBERED)
def _start_options(document: Document, vocabulary: Vocabulary, at: int) -> tuple[tuple[Wording, int], ...]:
    """The options whose first words are all that the line still has from a word on."""
    end = document.end_of_piece(at)
    found = []
    following = document.texts[at + 1] if at + 1 < end else ""
    for wording in vocabulary.beginning(document.texts[at], following):
        if len(wording.words) <= end - at - 1:
            break  # the longest stands first
        reached = align(wording.words, 0, document.texts, at, _allowance(wording), end)
        if reached.at == end and 0 < reached.known < len(wording.words):
            found.append((wording, reached.known))
    return tuple(found)


def _allowance(wording: Wording) -> int:
    letters = sum(map(len, wording.words))
    return 0 if letters < 5 else 1 + len(wording.words) // 2  # noqa: PLR2004  too short to be told from another
