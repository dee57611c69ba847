"""Where what no sentence explains belongs: free texts to their section, the rest kept as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from impact_cli.exchange.explaining import Explanation, Thread
from impact_cli.exchange.pieces import Mark, Piece
from impact_cli.exchange.wordings import Title, Wordbook

_ENDS = re.compile(r"[.!?…:;»)\"*]\s*$")
_STARTS_LOW = re.compile(r"^\W*[^\W\d_]", re.UNICODE)
_FRAME = re.compile(r"^\|?\s*")


_LEAST_QUESTION = 40  # characters
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
        self.placed = Placement()
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
        if not any(owners) and self._is_printed_question(piece):
            self.placed.lost.append(piece)
            return
        if not any(owners):
            self._add(piece, piece.bullet + piece.text)
            return
        if not alive:
            self._take_dead(number, piece, owners)
            return
        threads = list(dict.fromkeys(alive))
        self.placed.held[number] = tuple(dict.fromkeys(key for thread in threads for key in thread.keys))
        for thread in threads:
            self._enter(thread, gap=piece.gap)
        self._take_rest(number, piece, threads)

    def _is_printed_question(self, piece: Piece) -> bool:
        """Whether the line right under a title asks something: a question nobody told us of, and no answer."""
        asks = piece.text.rstrip().endswith("?") and len(piece.text) > _LEAST_QUESTION
        return asks and bool(self.section) and self._pieces_since == 1

    def _enter(self, thread: Thread, *, gap: bool) -> None:
        section = thread.pattern.section
        for passage in self.placed.passages:
            if passage.settled and passage.section == section:  # its section goes on: a text comes last
                passage.section = next(iter(self._columns - {section}), section)
        if other := self._beside.pop(section, ""):
            self._give_back(section, other)
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
        """A sentence that says nothing: a hole, or a text that begins like one."""
        document = self.found.document
        first = document.first[number]
        known = sum(owner is not None for owner in owners)
        rest = len(owners) - known
        if rest > max(2, known // 2) and owners[0] is not None and not document.ends_sentence(first + known):
            self._add(piece, piece.text, reason="le texte commence comme une phrase du questionnaire, sans en être une")
            return
        self.placed.lost.append(piece)
        self._joins = False
        thread = next(owner for owner in owners if owner is not None)
        self.section = thread.pattern.section
        if self.section not in self._seen:
            self._seen.append(self.section)

    def _take_rest(self, number: int, piece: Piece, threads: list[Thread]) -> None:
        """What the sentences leave of their line: a text behind a full stop, else words nobody knows."""
        document = self.found.document
        first, last = document.first[number], document.first[number + 1]
        owners = self.found.owners
        free = [at for at in range(first, last) if owners[at] is None or id(owners[at]) in self._dead]
        if not free:
            return
        start = free[0]
        if free == list(range(start, last)) and start > first and document.ends_sentence(start):
            text = piece.text[document.words[start - 1].end :].lstrip(" .!?…*_»)\u00a0")
            self._add(piece, text)
            return
        self.placed.lost.append(piece)
        for thread in threads:
            for key in thread.keys:
                self.placed.doubts.setdefault(key, f"une partie de la ligne {piece.first} n’a pas été reconnue")

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
        settled = bool(self._columns) and not exact
        if settled:
            section, reason = self._whose_turn(), _MIXED
            self._note(section, gap=True)
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
    return text.startswith(("*", "| ")) and not text.startswith("**")


def _is_closed_frame(passage: Passage) -> bool:
    """Whether a passage between stars is over."""
    return (
        passage.parts[0].lstrip("| ").startswith("*")
        and passage.parts[-1].endswith("*")
        and (
            len(passage.parts) > 1 or len(passage.parts[0]) > 2  # noqa: PLR2004  a star alone opens
        )
    )


def _unframe(text: str) -> str:
    """The text without the bar before it and the stars around it."""
    bare = _FRAME.sub("", text) if text.startswith("|") else text
    for stars in ("**", "*", "_"):
        inner = bare[len(stars) : -len(stars)]
        if bare.startswith(stars) and bare.endswith(stars) and inner.strip() and stars not in inner:
            return inner.strip()
    return bare.strip()


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
