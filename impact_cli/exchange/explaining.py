"""What each word of a report is part of: a sentence of the catalogue, a title, a question, or nothing known."""

from collections.abc import Iterator
from typing import NamedTuple

from impact_cli.exchange.document import Document
from impact_cli.exchange.files.pieces import Mark
from impact_cli.exchange.following import MOST_PROSE, follow
from impact_cli.exchange.keywords import take_keywords
from impact_cli.exchange.threads import Explanation, Reach, State, Thread, is_complete
from impact_cli.exchange.titles import Titles
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.wordings import Choices, Digits, Pattern, Title

_MOST_OPEN = 8  # sentences that wait for their end at one time: each is followed at each line
_LEAST_LETTERS = 8  # of a sentence's first words, to know it by them
_LEAST_WORDS_INSIDE = 4  # to know a sentence that begins in the middle of a line
_LEAST_OPTION = 2  # words of an option that begins a sentence, under its own title
_LEAST_OPTION_ELSEWHERE = 5  # same, elsewhere: fewer may begin a text
_LOOKED_UP = 5  # words, by which sentences that may begin are found


class _Taken(NamedTuple):
    """One way to explain what stands at a word: a sentence that goes on or, without a thread, one that begins."""

    rank: tuple[int, ...]
    end: int
    thread: Thread | None
    forms: list[tuple[Pattern, State]]


def explain(document: Document, book: Wordbook) -> Explanation:
    """Read the document once from its first word to its last."""
    reader = _Reader(document, book)
    take_keywords(reader.found, reader.titles, reader.begins_sentence)
    at = 0
    while at < len(document):
        at = reader.read_from(at)
    return reader.found


class _Reader:
    """The reading so far: what was found, which sentences are still open, under which title one is."""

    def __init__(self, document: Document, book: Wordbook) -> None:
        self.document = document
        self.book = book
        self.found = Explanation(document, [None] * len(document))
        self.open: list[Thread] = []
        self.section = ""
        self.family = ""
        self.titles = Titles(document, book)

    def read_from(self, at: int) -> int:
        """Explain what begins at a word; the next word to look at."""
        if self.document.is_boundary(at):
            if self.document.piece_of[at] in self.found.keyword_pieces:
                return self.document.end_of_piece(at)
            for read in (self._read_venue, self._read_title, self._read_question, self._read_typed):
                if (end := read(at)) > at:
                    return end
        return self._read_sentence(at) or at + 1

    # Titles

    def _read_venue(self, at: int) -> int:
        found = self.titles.read_venue(at)
        if found is None:
            return at
        name, end = found
        self.found.venue = self.found.venue or name
        self.found.venue_pieces |= set(self._pieces(at, end))
        return end

    def _read_title(self, at: int) -> int:
        found = self.titles.read_title(at, in_list=bool(self.open))
        return self._take_title(*found, at) if found else at

    def _read_question(self, at: int) -> int:
        found = self.titles.read_question(at, self.section)
        if found is None:
            return at
        title, end, shared = found
        if shared:
            self.found.doubts[title.key] = "la question imprimée est aussi celle d’une autre rubrique"
        return self._take_title(title, end, at)

    def _take_title(self, title: Title, end: int, at: int) -> int:
        for piece in self._pieces(at, end):
            self.found.titles[piece] = title
        listed = self.document.begins_item(at)
        self.section = self.section if listed else title.section
        self.family = title.family or self.family
        return end

    def _pieces(self, at: int, end: int) -> range:
        return range(self.document.piece_of[at], self.document.piece_of[end - 1] + 1)

    def _read_typed(self, at: int) -> int:
        """A sentence that holds free words: they are what stands between its own, exactly."""
        piece = self.document.piece_of[at]
        text = self.document.pieces[piece].text
        for opening, pattern, typed in self.book.typed:
            opened = opening.match(text)
            if opened and (words := text[opened.end() :]):
                end = self.document.end_of_piece(at)
                said = ((typed.key, words.removesuffix(typed.after) or words),)
                self._begin([(pattern, State(part=2, said=said))], at, end)
                return end
        return at

    # Sentences

    def _read_sentence(self, at: int) -> int | None:
        """The sentence that explains most from a word on."""
        taken = [*self._going_on(at), *self._beginning(at)]
        best = max(taken, key=lambda each: each.rank, default=None)
        if best is None:
            return None
        able = [each.thread for each in taken if each.thread]
        for thread in able:
            thread.crossed = thread.crossed or thread.beside in able
        if best.thread:
            self._go_on(best.thread, best.forms, at, best.end)
        else:
            self._begin(best.forms, at, best.end)
        return best.end

    def _going_on(self, at: int) -> Iterator[_Taken]:
        """The open sentences that can go on at a word; line by line where two stand side by side."""
        columns = any(thread.beside for thread in self.open)
        for thread in self.open if self.document.is_boundary(at) else ():
            if found := self._resume(thread, at, one_line=columns):
                yield found._replace(rank=(*found.rank, 1, thread.born))

    def _beginning(self, at: int) -> Iterator[_Taken]:
        """The sentence that begins at a word, in all forms that go as far as the best one."""
        begun = list(self._begin_candidates(at))
        if not begun:
            return
        best, reach = max(begun, key=lambda each: self._rank(each[0], each[1], at))
        forms = [(pattern, other.state) for pattern, other in begun if other.at == reach.at]
        forms.sort(key=lambda form: form[0] is not best)
        if reach.state.said:
            forms = [form for form in forms if form[0].section == best.section]
        yield _Taken((*self._rank(best, reach, at), 0, 0), reach.at, None, forms)

    def _rank(
        self, pattern: Pattern, reach: Reach, at: int, thread: Thread | None = None, before: State | None = None
    ) -> tuple[int, ...]:
        """What explains more goes first: more words with fewer slips, a sentence that is whole, more answers."""
        new = len(reach.state.said) + len(pattern.implied) - (len(before.said) - 1 if before else 0)
        slips = reach.state.slips - (before.slips if before else 0)
        gap = self.document.pieces[self.document.piece_of[at]].gap
        return (
            reach.at - at - slips,
            is_complete(pattern, reach.state),
            new,
            thread.is_next(at, gap=gap) if thread and thread.beside else self._is_near(pattern.section),
            -slips,
        )

    def _is_near(self, section: str) -> int:
        """2 for the section one is in, 1 for its family, 0 for any other."""
        return (section == self.section) + (self.book.family_of[section] == self.family)

    def _begin_candidates(self, at: int) -> Iterator[tuple[Pattern, Reach]]:
        opens = self.document.opens_sentence(at)
        if not opens and not self.document.is_capital(at):
            return
        words, beside = self._words_at(at), self._waiting(at) is not None
        options = self.book.beginning_with_option(words) if opens else ()
        behind = self._behind_number(at) if opens or self.document.texts[at].isdecimal() else at
        for pattern in (*self.book.beginning(words), *options, *self.book.behind_number(self._words_at(behind))):
            reach = follow(self.document, pattern, State(), at, fresh=True, one_line=beside)
            if reach and self._is_known(pattern, reach, at, opens=opens):
                yield pattern, reach

    def begins_sentence(self, at: int) -> bool:
        """Whether a known sentence begins at a word."""
        return any(True for _ in self._begin_candidates(at))

    def _behind_number(self, at: int) -> int:
        """Where words begin that stand behind a number, or behind prose in its stead that begins at a word."""
        for behind in range(at, min(at + MOST_PROSE, len(self.document))):
            if behind > at and self.document.is_boundary(behind):
                return at
            if self.book.behind_number(self._words_at(behind)):
                return behind
        return at

    def _waiting(self, at: int) -> Thread | None:
        """The sentence that ends right before a word and of which something is still to come."""
        before = self.open[-1] if self.open else None
        return before if before and before.waits and before.spans[-1][1] == at else None

    def _words_at(self, at: int) -> tuple[str, ...]:
        return tuple(self.document.texts[at : at + _LOOKED_UP])

    def _is_known(self, pattern: Pattern, reach: Reach, at: int, *, opens: bool) -> bool:
        """Whether enough of the sentence stands there to be it."""
        state = reach.state
        match pattern.parts[0]:
            case Digits():
                return state.part > 1 and state.heard >= _LEAST_WORDS_INSIDE
            case Choices():
                here = pattern.section == self.section
                least = _LEAST_OPTION if here else _LEAST_OPTION_ELSEWHERE
                whole = reach.at - at >= least and self.document.is_end(reach.at)
                return whole and bool(state.said) and not state.doubts
        letters = sum(map(len, self.document.texts[at : at + state.heard]))
        if not opens and state.heard < _LEAST_WORDS_INSIDE:
            return False
        if state.part == 0:  # its first words are cut by the end of the line
            return state.heard > 1 and letters >= _LEAST_LETTERS
        if len(pattern.parts) == 1:
            return self.document.is_end(reach.at)
        return bool(state.said) or (
            letters >= _LEAST_LETTERS and (state.heard > 1 or self.document.is_boundary(reach.at))
        )

    def _resume(self, thread: Thread, at: int, *, one_line: bool) -> _Taken | None:
        reached: list[tuple[tuple[int, ...], Reach, Pattern]] = []
        for pattern, state in thread.forms:
            reach = follow(self.document, pattern, state, at, fresh=False, one_line=one_line)
            if reach and self._may_go_on(thread, pattern, state, reach, at):
                reached.append((self._rank(pattern, reach, at, thread, state), reach, pattern))
        if not reached:
            return None
        reached.sort(key=lambda each: each[0], reverse=True)
        rank, best, _ = reached[0]
        return _Taken(rank, best.at, thread, [(form, reach.state) for _, reach, form in reached if reach.at == best.at])

    def _may_go_on(self, thread: Thread, pattern: Pattern, state: State, reach: Reach, at: int) -> bool:
        """Whether a line is surely the rest of a sentence, and not a text that happens to begin like it."""
        left_open = "," in self.document.after(thread.spans[-1][1])  # the last of its lines so far
        waits = bool(state.started) or not is_complete(pattern, state) or left_open
        if not waits and any(self._texts_between(thread.spans[-1][1], at)):
            return False  # a typed list in a text
        return self.document.is_end(reach.at) and not reach.state.doubts - state.doubts

    def _begin(self, forms: list[tuple[Pattern, State]], at: int, end: int) -> None:
        thread = Thread(forms, self.document.piece_of[at])
        before = self._waiting(at)
        self.found.threads.append(thread)
        self._own(thread, at, end)
        if before and thread.waits:
            before.beside, thread.beside = thread, before

    def _go_on(self, thread: Thread, forms: list[tuple[Pattern, State]], at: int, end: int) -> None:
        thread.forms = forms
        self.open.remove(thread)
        self._own(thread, at, end)

    def _texts_between(self, end: int, at: int) -> Iterator[int]:
        """The pieces between two words that are no items."""
        pieces = range(self.document.piece_of[end], self.document.piece_of[at]) if end < at else range(0)
        return (piece for piece in pieces if self.document.pieces[piece].mark != Mark.BULLET)

    def _own(self, thread: Thread, at: int, end: int) -> None:
        thread.spans.append((at, end))
        self.found.owners[at:end] = [thread] * (end - at)
        self.section = thread.pattern.section
        self.family = self.book.family_of[self.section]
        self.open = self.open[-_MOST_OPEN:]
        if not self._is_over(thread, end):
            self.open.append(thread)

    def _is_over(self, thread: Thread, end: int) -> bool:
        """Whether no form of it can go on: all are at their end, or a full stop follows one that is whole."""
        stopped = self.document.ends_sentence(end) and not thread.state.started
        whole = thread.state.part >= len(thread.pattern.parts)
        if stopped and (whole or isinstance(thread.pattern.parts[thread.state.part], Choices)):
            return True
        return all(state.part >= len(pattern.parts) for pattern, state in thread.forms)
