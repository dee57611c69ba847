"""A known sentence followed through a document, word by word: as far as it goes, and what it says on the way."""

import re
from collections.abc import Sequence

from impact_cli.exchange.document import Document
from impact_cli.exchange.options import cut_option, find_option, finish_option, halve_option
from impact_cli.exchange.threads import Reach, State
from impact_cli.exchange.wordings import Choices, Digits, Graded, Literal, Part, Pattern, Quotation, Typed
from impact_cli.exchange.words import Alignment, align, is_link, is_near

_MOST_LINKS = 3  # small words before an option
MOST_PROSE = 60  # words in the place of a number
_MARK = re.compile(r"\s*:?\s*(\d{1,2})\s*(?:sur|/)\s*(\d{1,2})\b")


def follow(  # noqa: PLR0913  a sentence and its state, a document and a place in it, two bounds
    document: Document, pattern: Pattern, state: State, at: int, *, fresh: bool, one_line: bool = False
) -> Reach | None:
    """The farthest point that the sentence surely reaches from word `at`, or None where it goes nowhere.

    Beyond the line it was met on, a sentence surely reaches the end of a line, a full stop, or words of its own.
    """
    stop = document.end_of_piece(at) if one_line and at < len(document) else len(document) + 1
    first_end = document.end_of_piece(at) if fresh and at < len(document) else at
    return _Follower(document, pattern.parts, stop).follow(Reach(state, at), first_end)


class _Follower:
    """A sentence, the document it is looked for in, and the word before which it must stop."""

    def __init__(self, document: Document, parts: tuple[Part, ...], stop: int) -> None:
        self.document = document
        self.parts = parts
        self.stop = stop

    def follow(self, here: Reach, first_end: int) -> Reach | None:
        """The farthest point surely reached; up to `first_end` each step is sure."""
        safe: Reach | None = None
        while here.at < len(self.document) or here.state.part < len(self.parts):
            step = self._advance(here)
            if step is None:
                break
            own_words = step.state.heard > here.state.heard
            here = step
            sure = here.at <= first_end or own_words or self.document.is_boundary(here.at)
            if sure or self.document.ends_sentence(here.at):
                safe = here
            if self._is_closed(here) or here.at >= self.stop:
                break
        return safe

    def _advance(self, here: Reach) -> Reach | None:
        """One step: the words of a part, or one option of a list."""
        if here.state.part >= len(self.parts):
            return None
        match self.parts[here.state.part]:
            case Literal(words=words):
                return self._follow_words(words, here)
            case Choices() as choices:
                return self._follow_choices(choices, here)
            case Digits() as digits:
                return self._follow_prose(digits, here)
            case Graded() as graded:
                return self._follow_mark(graded, here)
            case Quotation():
                return Reach(here.state._replace(part=here.state.part + 1), here.at)
            case Typed():
                return None

    def _is_closed(self, reach: Reach) -> bool:
        """Whether the sentence is over, or was ended by a full stop."""
        if reach.state.part >= len(self.parts):
            return True
        at_choices = isinstance(self.parts[reach.state.part], Choices)
        return at_choices and not reach.state.started and self.document.ends_sentence(reach.at)

    def _follow_words(self, words: tuple[str, ...], here: Reach) -> Reach | None:
        state = here.state
        limit = _allowance(len(words))
        stop = min(self.stop, len(self.document))
        reached = align(words, state.word, self.document.texts, here.at, limit, stop)
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
        cut = self._last_boundary(words, here, reached, limit)
        if cut is None or cut.at == here.at:
            return None
        heard = state.heard + cut.known - state.word
        return Reach(state._replace(word=cut.known, slips=state.slips + cut.slips, heard=heard), cut.at)

    def _last_boundary(self, words: tuple[str, ...], here: Reach, reached: Alignment, limit: int) -> Alignment | None:
        """Where the words stop for now: at the end of a line, to be taken up on a later one."""
        if self.document.is_boundary(reached.at):
            return reached
        if reached.at == len(self.document) - 1 and words[reached.known].startswith(self.document.texts[reached.at]):
            return reached._replace(at=reached.at + 1)  # the file is cut within a word
        line = self.document.first[self.document.piece_of[reached.at]]
        if line <= here.at:
            return None
        stop = align(words, here.state.word, self.document.texts, here.at, limit, line)
        return stop if stop.at == line else None

    def _follow_choices(self, choices: Choices, here: Reach) -> Reach | None:
        """The next words of the sentence, else one more option, whole, cut or half, behind small words."""
        state = here.state
        if state.started:
            return finish_option(self.document, choices, here)
        places = self._after_links(here.at)
        if found := self._follow_list(state, places):
            return found
        if _is_given(choices, state) and (again := self._after_lead(state, places)):
            return self._follow_list(state, self._after_links(again))
        for hear in (cut_option, halve_option):
            if found := next((part for at in places if (part := hear(self.document, choices, state, at))), None):
                return found
        return None

    def _follow_list(self, state: State, places: Sequence[int]) -> Reach | None:
        """What follows the list or, of two lists in a row, begins the second; else one more option."""
        choices = self.parts[state.part]
        assert isinstance(choices, Choices)  # noqa: S101  who called has looked
        given = _is_given(choices, state)
        after = self.parts[state.part + 1] if state.part + 1 < len(self.parts) else None
        for at in places:
            if isinstance(after, Literal) and (moved := self._move_on(state, after, at, given=given)):
                return moved
            if given and isinstance(after, Choices):
                behind = state._replace(part=state.part + 1)
                if found := find_option(self.document, after, behind, at):
                    return found
            if (choices.several or not given) and (found := find_option(self.document, choices, state, at)):
                return found
        return None

    def _after_links(self, at: int) -> list[int]:
        """A word, and those that only small words part from it."""
        places = [at]
        while (
            len(places) <= _MOST_LINKS and places[-1] < len(self.document) and is_link(self.document.texts[places[-1]])
        ):
            places.append(places[-1] + 1)
        return places

    def _after_lead(self, state: State, places: Sequence[int]) -> int | None:
        """Behind the sentence's words before its list, whose last ones the next option has again: "portés par"."""
        lead = self.parts[state.part - 1] if state.part else None
        words = lead.words if isinstance(lead, Literal) else ()
        for at in places:
            for count in range(len(words), 0, -1):
                last = words[-count:]
                if not is_link(last[0]) and tuple(self.document.texts[at : at + count]) == last:
                    return at + count
        return None

    def _move_on(self, state: State, after: Literal, at: int, *, given: bool) -> Reach | None:
        """The sentence goes on behind the list: all its next words, or those at the end of a line."""
        moved = self._follow_words(after.words, Reach(state._replace(part=state.part + 1, word=0), at))
        if moved is None:
            return None
        whole = moved.state.part > state.part + 1
        return moved if whole or (given and moved.state.word > 1) else None

    def _follow_prose(self, digits: Digits, here: Reach) -> Reach | None:
        """What stands in the place of a number, up to the sentence's next words."""
        state = here.state
        after = self.parts[state.part + 1] if state.part + 1 < len(self.parts) else None
        if not isinstance(after, Literal):
            return self._follow_last_number(digits, here)
        for at in range(here.at, min(here.at + MOST_PROSE, len(self.document))):
            ends = at > here.at and self.document.ends_sentence(at)
            if ends and self.document.is_capital(at):
                return None
            if is_near(after.words[0], self.document.texts[at]):
                next_state = state._replace(part=state.part + 1, word=0)
                moved = self._follow_words(after.words, Reach(next_state, at))
                if moved and (moved.state.part > state.part + 1 or moved.state.word > 1):
                    typed = self._typed(state, here.at, at)
                    said = (*state.said, (digits.key, typed)) if typed else state.said
                    passed = at - here.at  # words nobody knows explain nothing
                    return Reach(moved.state._replace(said=said, slips=moved.state.slips + passed), moved.at)
            if ends and any(text.isdecimal() for text in self.document.texts[here.at : at]):
                return None  # the stop is not that of "env. 20"
        return None

    def _typed(self, state: State, first: int, last: int) -> str:
        """The prose between two words; where it begins its sentence, without what parts it from the one before."""
        if state.part:
            return self.document.raw(first, last) if last > first else ""
        return self.document.raw(first, last).strip(" .:;,*|•-")

    def _follow_last_number(self, digits: Digits, here: Reach) -> Reach | None:
        """A number that ends its sentence and its line."""
        if here.at >= len(self.document) or self.document.is_boundary(here.at) or self.document.ends_sentence(here.at):
            return None
        end = self.document.end_of_piece(here.at)
        typed = self.document.raw(here.at, end).strip(" .:*\u00a0")
        return Reach(here.state._replace(part=here.state.part + 1, said=(*here.state.said, (digits.key, typed))), end)

    def _follow_mark(self, graded: Graded, here: Reach) -> Reach | None:
        if here.at >= len(self.document):
            return None
        piece = self.document.piece_of[here.at]
        text = self.document.pieces[piece].text
        start = self.document.words[here.at - 1].end if here.at > self.document.first[piece] else 0
        match = _MARK.match(text, start)
        if not match or int(match[2]) != graded.most:
            return None
        said = (*here.state.said, (graded.key, int(match[1])))
        return Reach(here.state._replace(part=here.state.part + 1, said=said), self.document.end_of_piece(here.at))


def _is_given(choices: Choices, state: State) -> bool:
    return any(key == choices.name for key, _ in state.said)


def _allowance(count: int) -> int:
    """How many slips so many words may hold."""
    return 0 if count == 0 else 1 + count // 3
