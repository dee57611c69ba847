"""Where what no sentence explains belongs: free texts to their section, the rest kept as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impact_cli.exchange.explaining import Explanation, Thread
from impact_cli.exchange.pieces import Mark, Piece
from impact_cli.exchange.wordings import Choices, Title, Wordbook

_ENDS = re.compile(r"[.!?…:;»)\"*]\s*$")
_STARTS_LOW = re.compile(r"^\W*[^\W\d_]", re.UNICODE)
_HYPHENATED = re.compile(r"[^\W\d_][-\u2010\u00ad]$")  # a word that the end of its line breaks
_FRAMES = (("**", "**"), ("*", "*"), ("_", "_"), ("<p>", "</p>"))
_LEAST_QUESTION = 40  # characters
_LINES_OF_QUESTION = 4
_SURELY_KNOWN = 5  # words with which nobody begins a text by chance
_ASKS = re.compile(r"\w-(?:vous|t-(?:il|elle)s?|ils?|elles?)\b", re.IGNORECASE)
_ALIKE = "le texte ressemble à une phrase du questionnaire"
_ASTRAY = "les phrases qui précèdent ce texte sont sous le titre d’une autre rubrique"
_MIXED = "les colonnes de la page sont mêlées\u00a0: ce texte pourrait appartenir à une autre rubrique"


@dataclass(slots=True)
class Passage:
    """A free text: the lines of it, and the section it stands under ("" under none). `key` if a sentence led to it."""

    pieces: list[Piece]
    section: str
    key: str = ""
    parts: list[str] = field(default_factory=list)  # what of each piece is free text
    exact: bool = False
    reason: str = ""
    settled: bool = False  # whether its place among lines that take turns says whose it is

    @property
    def text(self) -> str:
        """The words as typed; a line that a column broke is whole again."""
        if self.exact:
            return self.parts[0]
        text = self.parts[0]
        for piece, part in zip(self.pieces[1:], self.parts[1:], strict=True):
            broken = not _ENDS.search(text) and _is_low(part) and piece.mark != Mark.BULLET
            text += (" " if broken else "\n\n" if piece.gap else "\n") + part
        return _unframe(text)


@dataclass(slots=True)
class Placement:
    """Passages in the order of the report, pieces that belong nowhere, and the reasons to doubt a question."""

    passages: list[Passage] = field(default_factory=list)
    lost: list[Piece] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
    held: dict[int, tuple[str, ...]] = field(default_factory=dict)  # piece → keys it answers
    before: dict[int, str] = field(default_factory=dict)  # line of a passage → section of the line before it
    mixed: list[str] = field(default_factory=list)  # sections whose lines stand among those of another one


def place(found: Explanation, book: Wordbook) -> Placement:
    """Give every piece its place."""
    placer = _Placer(found, book)
    for number, piece in enumerate(found.document.pieces):
        placer.take(number, piece)
    placer.share_beside()
    return placer.placed


class _Placer:
    def __init__(self, found: Explanation, book: Wordbook) -> None:
        self.found = found
        self.book = book
        self.placed = Placement(doubts=dict(found.doubts))
        self.section = ""
        self.family = ""
        self.leads_to = ""
        self._seen: list[str] = []  # sections in the order they came up
        self._dead = {id(thread) for thread in found.threads if not thread.says_something}
        self._bare = ""  # the section of the last title
        self._pieces_since = 0
        self._beside: dict[str, str] = {}  # section → the one whose title stands right before its own
        self._joins = False  # whether the next piece may go on with the last passage
        self._trail: list[str] = []  # the section of each piece so far that has one
        self._columns: frozenset[str] = frozenset()  # two sections whose lines take turns
        self._list: Thread | None = None  # the sentence of the piece before, and of the unknown items behind it
        self._asks_until = 0  # the piece behind a printed question
        self._astray = ""  # the section whose sentences stand right under the title of another one

    def take(self, number: int, piece: Piece) -> None:
        """Place one piece."""
        found = self.found
        self._pieces_since += number not in found.titles
        if number in found.venue_pieces:
            self._joins = False
        elif title := found.titles.get(number):
            self._take_title(title)
        elif number in found.keyword_pieces or piece.mark == Mark.FURNITURE:
            self._joins = False
        elif piece.mark == Mark.QUOTE:
            self._add(piece, piece.text, exact=True)
        elif piece.mark == Mark.HEADING:
            self.section, self._joins = "", False
            self.placed.lost.append(piece)
        else:
            self._take_line(number, piece)

    def _take_title(self, title: Title) -> None:
        if self._bare and title.section and self._bare != title.section and not self._pieces_since:
            self._beside[title.section] = self._bare
        if title.section:
            self._bare, self._pieces_since = title.section, int(bool(title.key))  # a question is no bare title
            self._note(title.section, gap=True)
        self.section, self.leads_to, self._joins = title.section, title.key, False
        if title.family:
            self.family = title.family
        if title.section and title.section not in self._seen:
            self._seen.append(title.section)

    def _note(self, section: str, *, gap: bool) -> None:
        """A block is of this section: of three in a row, the outer ones of one section show two columns."""
        if gap or self._trail[-1:] != [section]:
            self._trail.append(section)
        last = self._trail[-3:]
        if len(last) == 3 and last[0] == last[2] != last[1]:  # noqa: PLR2004
            self._columns = frozenset(last)
        elif section not in self._columns:
            self._columns = frozenset()

    def _take_line(self, number: int, piece: Piece) -> None:
        """A line: sentences, then what is left of it."""
        document = self.found.document
        first, last = document.first[number], document.first[number + 1]
        owners = self.found.owners[first:last]
        alive = [owner for owner in owners if owner is not None and id(owner) not in self._dead]
        if not any(owners) and (self._is_printed_question(number) or (self._joins and piece.text.isdecimal())):
            self.placed.lost.append(piece)  # a question nobody told us of; a page's number in a text
            return
        if not any(owners):
            self._take_unknown(number, piece)
            return
        self._list = next(owner for owner in reversed(owners) if owner is not None)
        if not alive:
            self._take_dead(number, piece, owners)
            return
        threads = list(dict.fromkeys(alive))
        passed = {at for thread in threads for at in thread.state.passed}
        if not passed.isdisjoint(range(first, last)):
            self.placed.lost.append(piece)
        self.placed.held[number] = tuple(dict.fromkeys(key for thread in threads for key in thread.keys))
        for thread in threads:
            self._enter(thread, gap=piece.gap)
        self._take_rest(number, piece, threads)

    def _take_unknown(self, number: int, piece: Piece) -> None:
        """A text, or an item that nobody knows of a list that one does."""
        thread = self._list
        if thread and piece.mark == Mark.BULLET and self._is_item(number, thread):
            self.placed.lost.append(piece)
            for key in thread.keys[-1:]:
                self.placed.doubts.setdefault(key, f"la ligne {piece.first} de la liste n’a pas été reconnue")
            return
        self._list = None
        self._add(piece, piece.bullet + piece.text)

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
        if not self.section or self._pieces_since != 1:
            return False
        asked = pieces[number].text
        for last in range(number, min(number + _LINES_OF_QUESTION, len(pieces))):
            if last > number:
                if pieces[last].gap or pieces[last].mark != pieces[number].mark:
                    return False
                asked += f" {pieces[last].text}"
            if asked.endswith("?"):
                asks = len(asked) > _LEAST_QUESTION and (last == number or bool(_ASKS.search(asked)))
                self._asks_until = last + 1 if asks else 0
                return asks
        return False

    def _enter(self, thread: Thread, *, gap: bool) -> None:
        section = thread.pattern.section
        for passage in self.placed.passages:
            if passage.settled and passage.section == section:  # its section goes on: a text comes last
                passage.section = next(iter(self._columns - {section}), section)
        if other := self._beside.pop(section, ""):
            self._give_back(section, other)
        if self._bare not in ("", section) and self._pieces_since == 1:
            self._astray = section
        if thread.crossed or (section in self._seen and self.section not in ("", section)):
            self._mix(section)
        if section not in self._seen:
            self._seen.append(section)
        self._note(section, gap=gap)
        self.section, self.leads_to, self._joins = section, thread.leads_to, False
        self.family = self.book.family_of[section]

    def _give_back(self, section: str, other: str) -> None:
        """A text before a section's sentences is of the section whose title stands beside, with nothing else."""
        for passage in self.placed.passages:
            if passage.section == section and not passage.exact and not passage.key:
                passage.section, passage.reason = other, _MIXED

    def _mix(self, section: str) -> None:
        """The section's lines stand among others: all sections from it to here are mixed."""
        start = self._seen.index(section) if section in self._seen else len(self._seen)
        for other in (*self._seen[start:], section):
            if other and other not in self.placed.mixed:
                self.placed.mixed.append(other)

    def _take_dead(self, number: int, piece: Piece, owners: list[Thread | None]) -> None:
        """A sentence that says nothing: with a hole, with words nobody knows, or a text that begins like one."""
        document = self.found.document
        known = [at for at, owner in enumerate(owners, document.first[number]) if owner is not None]
        rest = len(owners) - len(known)
        hole = document.ends_sentence(known[-1] + 1) or not rest
        most = len(known) if len(known) > _SURELY_KNOWN else max(2, len(known) // 2)
        if owners[0] is None or (not hole and rest > most):
            reason = "le texte commence comme une phrase du questionnaire, sans en être une" if owners[0] else ""
            self._add(piece, piece.bullet + piece.text, reason=reason)
            return
        self.placed.lost.append(piece)
        self._joins = False
        thread = next(owner for owner in owners if owner is not None)
        self.section = thread.pattern.section
        if self.section not in self._seen:
            self._seen.append(self.section)

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
            self._add(piece, piece.text[document.words[start - 1].end :].lstrip(" .:!?…*_»)\u00a0"))
            return
        self.placed.lost.append(piece)
        for thread in threads:
            for key in thread.keys:
                self.placed.doubts.setdefault(key, f"une partie de la ligne {piece.first} n’a pas été reconnue")

    def _named_behind(self, at: int, thread: Thread) -> str:
        """The question that a text behind a colon answers: the sentence leads to it, or its last option does."""
        if ":" not in self.found.document.after(at):
            return ""
        return thread.leads_to or self.book.asked_for.get(thread.state.said[-1] if thread.state.said else ("", ""), "")

    def _add(self, piece: Piece, text: str, *, exact: bool = False, reason: str = "") -> None:
        """A line of free text: the next one of the passage before it, or the first of its own."""
        passages = self.placed.passages
        if not self.section and not self.leads_to and not (exact and self._opening_home()):
            self.placed.lost.append(piece)
            self._joins = False
            return
        parted = bool(self._columns) and piece.gap
        if self._joins and not exact and passages and not parted and self._is_next(passages[-1], piece, text):
            passages[-1].pieces.append(piece)
            passages[-1].parts.append(text)
            passages[-1].reason = passages[-1].reason or reason
            return
        section = self.section or self._opening_home()
        self.placed.before[piece.first] = section
        settled = bool(self._columns) and not exact and not self.leads_to
        if settled:
            section, reason = self._whose_turn(), _MIXED
            self._note(section, gap=True)
        if not (reason or exact or self.leads_to):
            reason = _ASTRAY if section == self._astray else _ALIKE if self.book.sounds_known(text) else ""
        passages.append(Passage([piece], section, self.leads_to, [text], exact, reason, settled))
        self.leads_to = ""
        self._joins = not exact

    def _whose_turn(self) -> str:
        """Of two columns the one that did not have its turn just now, unless a text ended it: a text comes last."""
        ended = {passage.section for passage in self.placed.passages if not passage.exact}
        turns = [self._trail[-2], *sorted(self._columns - {self._trail[-2]})]
        return next((section for section in turns if section not in ended), turns[0])

    def share_beside(self) -> None:
        """Of two titles in a row with nothing but texts below, the first text is likely the first title's."""
        told = {thread.pattern.section for thread in self.found.threads if id(thread) not in self._dead}
        for section, other in self._beside.items():
            texts = [passage for passage in self.placed.passages if passage.section == section and not passage.exact]
            alone = other not in told | {passage.section for passage in self.placed.passages}
            for passage in texts if alone else ():
                passage.reason = _MIXED
            if alone and len(texts) > 1:
                texts[0].section = other

    def _opening_home(self) -> str:
        """The section told right under its family's title that keeps a text."""
        return next(
            (
                section.id
                for family in self.book.catalogue.families
                if family.id == self.family
                for section in family.sections
                if section.opening and section.id in self.book.homes
            ),
            "",
        )

    def _is_next(self, passage: Passage, piece: Piece, text: str) -> bool:
        """Whether a line goes on with the passage: no blank line between them, or one in the middle of a sentence."""
        before = passage.parts[-1]
        if _is_closed_frame(passage) or _opens_frame(text):
            return False
        if piece.gap:
            return not _ENDS.search(before) and _is_low(text)
        return True


def _is_low(text: str) -> bool:
    match = _STARTS_LOW.match(text)
    return match is not None and match[0][-1].islower()


def _opens_frame(text: str) -> bool:
    return text.startswith("*") and not text.startswith("**")


def _is_closed_frame(passage: Passage) -> bool:
    """Whether a passage between stars is over."""
    return (
        passage.parts[0].startswith("*")
        and passage.parts[-1].endswith("*")
        and (
            len(passage.parts) > 1 or len(passage.parts[0]) > 2  # noqa: PLR2004  a star alone opens
        )
    )


def _unframe(text: str) -> str:
    """The text without the stars around it, or the tags that a page shows as they were stored."""
    for opens, closes in _FRAMES:
        inner = text[len(opens) : -len(closes)]
        if text.startswith(opens) and text.endswith(closes) and inner.strip() and opens not in inner:
            return inner.strip()
    return text.strip()


def spread(placement: Placement, book: Wordbook) -> Iterator[tuple[str, Passage, str]]:
    """Each passage with the key it answers and the reason to doubt it ("" for none)."""
    homes = _assign(placement, book)
    for passage in placement.passages:
        key, reason = homes[id(passage)]
        yield key, passage, reason or passage.reason


def _assign(placement: Placement, book: Wordbook) -> dict[int, tuple[str, str]]:
    mixed = [section for section in placement.mixed if section in book.homes]
    among = [passage for passage in placement.passages if passage.section in mixed and not passage.key]
    given = {passage.section for passage in among}
    free = [passage for passage in among if not passage.settled]
    homes = {id(passage): (passage.key or book.homes.get(passage.section, ""), "") for passage in placement.passages}
    why = _MIXED
    for passage in free:
        homes[id(passage)] = (book.homes[passage.section], why)
    lacking = [section for section in mixed if section not in given]
    crowded = len(among) > len(given)
    if lacking and crowded and len(free) == len(among):
        order = _order(free, [section.id for section in book.catalogue.sections if section.id in mixed], placement)
        for number, passage in enumerate(free):
            section = order[min(number, len(order) - 1)]
            homes[id(passage)] = (book.homes[section], why)
    return homes


def _order(free: list[Passage], sections: list[str], placement: Placement) -> list[str]:
    """The sections in the order of their texts: the questionnaire's.

    Of two columns whose lines take turns, the text that comes first is not the one of the line before it.
    """
    before = placement.before.get(free[0].pieces[0].first, "")
    if len(sections) == len(free) == 2 and before == sections[0]:  # noqa: PLR2004
        return sections[::-1]
    return sections
