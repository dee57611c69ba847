"""Where what no sentence explains belongs: free texts to their section, the rest kept as it is."""

import re

from impact_cli.answers.doubts import BEGINS_ALIKE, SOUNDS_ALIKE
from impact_cli.exchange.columns import Columns
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.gleaning import glean
from impact_cli.exchange.passages import Passage
from impact_cli.exchange.reading import Reading
from impact_cli.exchange.threads import Explanation, Said, Thread
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.wordings import Choices, Title

UNKNOWN_WORDS = "quelques mots de la phrase n’ont pas été reconnus"
_LEAST_QUESTION = 40  # characters
_LINES_OF_QUESTION = 4  # as the longest of ours takes in a narrow column
_SURELY_KNOWN = 5  # words with which nobody begins a text by chance
_GARBLED = re.compile(r"[^\W\d_][0-9!|][^\W\d_]{2,}")  # "bes0in"
_ASKS = re.compile(r"\w-(?:vous|t-(?:il|elle)s?|ils?|elles?)\b", re.IGNORECASE)


Gleaned = list[tuple[Said, ...]]  # what is said by each line whose sentence is not known


def place(found: Explanation, book: Wordbook, reading: Reading) -> tuple[list[tuple[str, Passage]], Gleaned]:
    """Give every piece its place; the free texts, each with its key ("" for none), and what is gleaned."""
    placer = _Placer(found, book, reading)
    for number, piece in enumerate(found.document.pieces):
        reading.hold(piece)
        placer.take(number, piece)
    passages = list(placer.columns.share(book.catalogue, book.homes))
    _doubt_neighbours(passages, book)
    return passages, placer.gleaned


def _doubt_neighbours(passages: list[tuple[str, Passage]], book: Wordbook) -> None:
    """Doubt a text in which that of the next question may stand too: Word saved as text has nothing between them."""
    answered = {key for key, _ in passages}
    for key, passage in passages:
        home = book.homes.get(passage.section, key)
        if key != home and home not in answered and passage.holds_several:
            passage.reason = passage.reason or "deux textes s’y suivent peut-être"


class _Placer:
    def __init__(self, found: Explanation, book: Wordbook, reading: Reading) -> None:
        self.found = found
        self.book = book
        self.reading = reading
        self.gleaned: Gleaned = []
        self.section = ""
        self.leads_to = ""
        self.columns = Columns()
        self._dead = {id(thread) for thread in found.threads if not thread.says_something}
        self._joins = False  # whether the next piece may go on with the last passage
        self._list: Thread | None = None  # the sentence of the piece before, and of the unknown items behind it
        self._asks_until = 0  # the piece behind a printed question

    def take(self, number: int, piece: Piece) -> None:
        """Place one piece."""
        found = self.found
        if number not in found.titles:
            self.columns.take_piece()
        if number in found.venue_pieces:
            self._joins = False
        elif title := found.titles.get(number):
            self._take_title(title)
        elif number in found.keyword_pieces:
            self._joins = False
        elif piece.mark == Mark.FURNITURE:
            pass  # a text may go on behind it
        elif piece.mark == Mark.QUOTE:
            self._add(number, piece.text, exact=True)
        elif piece.mark == Mark.HEADING:
            self.section, self._joins = "", False
            self.reading.lose(piece)
        else:
            self._take_line(number, piece)

    def _take_title(self, title: Title) -> None:
        if title.section:
            self.columns.take_title(title.section, asks=bool(title.key))
        self.section, self.leads_to, self._joins = title.section, title.key, False
        self._list = None

    def _take_line(self, number: int, piece: Piece) -> None:
        """A line: sentences, then what is left of it."""
        document = self.found.document
        first, last = document.first[number], document.first[number + 1]
        owners = self.found.owners[first:last]
        alive = [owner for owner in owners if owner is not None and id(owner) not in self._dead]
        if not any(owners) and (self._is_printed_question(number) or self._says_no_word(piece)):
            self.reading.lose(piece)
            return
        if not any(owners):
            self._take_unknown(number, piece)
            return
        self._list = next(owner for owner in reversed(owners) if owner is not None)
        if not alive:
            self._take_dead(number, piece, owners)
            return
        threads = list(dict.fromkeys(alive))
        self.reading.hold(piece, *dict.fromkeys(key for thread in threads for key in thread.keys))
        for thread in threads:
            self._enter(thread, gap=piece.gap)
        self._take_rest(number, piece, threads)

    def _says_no_word(self, piece: Piece) -> bool:
        """Whether a line is a number alone, a page's, or what a scanner makes of words and sentences."""
        garbled = len(_GARBLED.findall(piece.text)) > 1 or self.book.garbles(piece.text)
        return not self.leads_to and (piece.text.isdecimal() or garbled)

    def _take_unknown(self, number: int, piece: Piece) -> None:
        """A text, or an item that nobody knows of a list that one does."""
        if piece.mark == Mark.LINK and any(passage.section == self.section for passage in self.columns.passages):
            self.reading.lose(piece)
            return
        thread = self._list
        if thread and piece.mark == Mark.BULLET and self._is_item(number, thread):
            self.reading.lose(piece)
            for key in thread.keys[-1:]:
                self.reading.doubt(key, f"la ligne {piece.first} de la liste n’a pas été reconnue")
            return
        self._list = None
        self._add(number, piece.bullet + piece.text)

    def _is_item(self, number: int, thread: Thread) -> bool:
        """Whether a bullet belongs to a sentence's list: right below its other items, or below its announcement."""
        piece, before = self.found.document.pieces[number], self.found.document.pieces[number - 1]
        part = thread.pattern.parts[min(thread.state.part, len(thread.pattern.parts) - 1)]
        if not isinstance(part, Choices) or not part.several:
            return False
        return before.text.rstrip().endswith(":") or (before.mark == Mark.BULLET and not piece.gap)

    def _is_printed_question(self, number: int) -> bool:
        """Whether a line right under a title asks something, alone or with the lines below: that is no answer."""
        if self._asks_until > number:
            return True
        pieces = self.found.document.pieces
        if not self.section or not self.columns.is_under_title:
            return False
        asked = ""
        for last, piece in enumerate(pieces[number : number + _LINES_OF_QUESTION], number):
            if asked and (piece.gap or piece.mark != pieces[number].mark):
                return False
            asked += f" {piece.text}"
            if asked.endswith("?"):
                asks = len(asked) > _LEAST_QUESTION and (last == number or bool(_ASKS.search(asked)))
                self._asks_until = last + 1 if asks else 0
                return asks
        return False

    def _enter(self, thread: Thread, *, gap: bool) -> None:
        section = thread.pattern.section
        self.columns.take_sentence(section, self.section, crossed=thread.crossed, gap=gap)
        self.section, self.leads_to, self._joins = section, thread.leads_to, False

    def _take_dead(self, number: int, piece: Piece, owners: list[Thread | None]) -> None:
        """A sentence that says nothing: with a hole, with words nobody knows, or a text that begins like one."""
        document = self.found.document
        first, last = document.first[number], document.first[number + 1]
        known = [at for at, owner in enumerate(owners, first) if owner is not None]
        rest = len(owners) - len(known)
        hole = document.ends_sentence(known[-1] + 1) or not rest
        most = len(known) if len(known) > _SURELY_KNOWN else max(2, len(known) // 2)
        pattern = next(owner.pattern for owner in owners if owner is not None)
        heard = bool(rest and owners[0]) and self._glean(pattern.section, first, last)
        if not (hole or heard or rest <= most):
            self._add(number, piece.bullet + piece.text, reason=BEGINS_ALIKE if owners[0] else "")
            return
        if heard:
            for key in (part.key for part in pattern.parts if isinstance(part, Choices)):
                self.reading.doubt(key, UNKNOWN_WORDS)
        self.reading.lose(piece)
        self.section, self._joins = pattern.section, False
        self.columns.see(self.section)

    def _take_rest(self, number: int, piece: Piece, threads: list[Thread]) -> None:
        """What the sentences leave of their line: a text behind a stop or a colon, else words nobody knows."""
        document = self.found.document
        first, last = document.first[number], document.first[number + 1]
        owners = self.found.owners
        free = [at for at in range(first, last) if owners[at] is None or id(owners[at]) in self._dead]
        if not free:
            return
        start = free[0]
        at_end = free == list(range(start, last)) and start > first
        self.leads_to = self._named_behind(start, threads[-1]) if at_end else ""
        if at_end and (self.leads_to or document.ends_sentence(start)):
            self._add(number, piece.text[document.words[start - 1].end :].lstrip(" .:!?…*_»)\u00a0"))
            return
        self.reading.lose(piece)
        self._glean(threads[-1].pattern.section, free[0], free[-1] + 1)
        for thread in threads:
            for key in thread.keys:
                self.reading.doubt(key, f"une partie de la ligne {piece.first} n’a pas été reconnue")

    def _glean(self, section: str, first: int, last: int) -> bool:
        """Whether options of the section stand among words that no sentence explains: they are heard, and doubted."""
        said = glean(self.found.document, self.book, section, first, last)
        self.gleaned.append(said)
        for name, _ in said:
            self.reading.doubt(name.partition(":")[0], UNKNOWN_WORDS)
        return bool(said)

    def _named_behind(self, at: int, thread: Thread) -> str:
        """The question that a text behind a colon answers: the sentence leads to it, or its last option does."""
        if ":" not in self.found.document.after(at):
            return ""
        return thread.leads_to or self.book.asked_for.get(thread.state.said[-1] if thread.state.said else ("", ""), "")

    def _add(self, number: int, text: str, *, exact: bool = False, reason: str = "") -> None:
        """A line of free text: the next one of the passage before it, or the first of its own."""
        piece = self.found.document.pieces[number]
        section = self.section
        if not section and not self.leads_to:
            self.reading.lose(piece)
            self._joins = False
            return
        last = self.columns.passages[-1] if self.columns.passages and self._joins and not exact else None
        if last and not (self.columns.taking_turns and piece.gap) and last.goes_on(piece, text):
            last.pieces.append(piece)
            last.parts.append(text)
            last.reason = last.reason or reason
            self._glean_text(number, last.reason)
            return
        alike = not (exact or self.leads_to) and self.book.sounds_known(text, section)
        reason = reason or (SOUNDS_ALIKE if alike else "")
        self.columns.take_passage(Passage([piece], section, self.leads_to, [text], exact, reason))
        self._glean_text(number, reason)
        self.leads_to = ""
        self._joins = not exact

    def _glean_text(self, number: int, reason: str) -> None:
        """Hear the options in a text that may be a sentence."""
        if reason in (SOUNDS_ALIKE, BEGINS_ALIKE):
            first, last = self.found.document.first[number : number + 2]
            self._glean(self.section, first, last)
