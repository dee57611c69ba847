"""Lines that name what stands below them: the report and its venue, families, sections, printed questions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from impact_cli.exchange.document import Document
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.wordings import Title
from impact_cli.exchange.words import align, is_damaged, split_words, words_of

_LONGEST_TITLE = 12  # words
_LOOKED_UP = 5  # words behind a title
_LINES = (Mark.PLAIN, Mark.LINK)
_DE = ("de", "d", "du", "des")


def part_titles(book: Wordbook, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, those in two that begin with a title which stands beside its text: a known sentence follows it."""
    known = {title.words for title in book.titles if title.section or title.family}
    for piece in pieces:
        end = _end_of_title(book, piece.text, known) if piece.mark == Mark.PLAIN else 0
        if end:
            yield replace(piece, text=piece.text[:end].strip())
            yield replace(piece, text=piece.text[end:], gap=False)
        else:
            yield piece


def _end_of_title(book: Wordbook, text: str, known: set[tuple[str, ...]]) -> int:
    words = split_words(text)
    texts = tuple(word.text for word in words)
    if words and text[: words[0].start].strip():  # a hashtag, a quotation
        return 0
    for count, word in enumerate(words[:_LONGEST_TITLE]):
        if texts[:count] in known and not text[word.start].islower():
            after = texts[count : count + _LOOKED_UP]
            if book.beginning(after) or (after[0].isdecimal() and book.behind_number(after[1:])):
                return word.start
    return 0


class Titles:
    """The titles of a document. Each reading begins at the first word of a piece, and says where it ends."""

    def __init__(self, document: Document, book: Wordbook) -> None:
        self.document = document
        self.book = book
        self._names = {words_of(title) for title in (*book.catalogue.titles_read, book.catalogue.title)}
        self._known: dict[str, Title] = {}
        for title in book.titles:
            self._known.setdefault("".join(title.words), title)

    def read_venue(self, at: int) -> tuple[str, int] | None:
        """The venue's name behind the title of the report ("" for none), on its line or the next one."""
        texts = self.document.texts
        for name in self._names:
            if tuple(texts[at : at + len(name)]) != name:
                continue
            end = at + len(name)
            named = end < len(self.document) and texts[end] in _DE
            if self.document.is_boundary(end) and not named:
                return "", end
            last = self.document.end_of_piece(end)
            return _name_after(self.document, end, last, at) if named else "", last
        return None

    def read_title(self, at: int, *, in_list: bool) -> tuple[Title, int] | None:
        """A title of a family or a section, or furniture, on one to three lines; `in_list` if items may follow."""
        piece = self.document.piece_of[at]
        end = self.document.end_of_piece(at)
        if self.document.pieces[piece].mark == Mark.BULLET:  # a line of a table of contents
            listed = not in_list and "".join(self.document.texts[at:end]) in self._known
            return (Title(()), end) if listed else None
        for count in (3, 2, 1):
            last = min(piece + count, len(self.document.pieces))
            if count > 1 and any(other.mark not in _LINES for other in self.document.pieces[piece:last]):
                continue
            if title := self._exact(at, self.document.first[last]):
                return title, self.document.first[last]
        near = self.near(piece)
        return (near, end) if near else None

    def begins_title(self, piece: int) -> bool:
        """Whether a title begins with a piece and takes three of them at most."""
        last = len(self.document.pieces)
        at, *ends = (self.document.first[min(piece + count, last)] for count in range(4))
        return any(self._exact(at, end) for end in ends)

    def _exact(self, at: int, end: int) -> Title | None:
        joined = "".join(self.document.texts[at:end]) if end - at <= _LONGEST_TITLE else ""
        return self._known.get(joined) if joined else None

    def near(self, piece: int) -> Title | None:
        """The title that a piece is, with a slip or two in it; furniture must be exact."""
        words = self.document.texts[self.document.first[piece] : self.document.first[piece + 1]]
        if not 0 < len(words) <= _LONGEST_TITLE:
            return None
        letters = "".join(words)
        near = self.book.titles_by_length.get(len(letters), ())
        return next((title for title in near if is_damaged("".join(title.words), letters)), None)

    def read_question(self, at: int, section: str) -> tuple[Title, int, bool] | None:
        """A printed question, of this section if it can be; whether it is one of another section as well."""
        known = self.book.asked_by_word.get(self.document.texts[at], ())
        found = [(title, end) for title in known if (end := self._end_of_question(title, at))]
        if not found:
            return None
        title, end = max(found, key=lambda each: (each[1], each[0].section == section))
        shared = any(other.section != title.section and other_end == end for other, other_end in found)
        return title, end, shared

    def _end_of_question(self, title: Title, at: int) -> int:
        """Where a question that begins at a word ends; 0 where it is not this one."""
        texts = self.document.texts
        if align(title.words[:3], 0, texts, at, 1).known < min(3, len(title.words)):
            return 0
        reached = align(title.words, 0, texts, at, 1 + len(title.words) // 5)
        whole = self.document.is_boundary(reached.at) or self.document.ends_sentence(reached.at)
        return reached.at if whole and reached.known == len(title.words) else 0


def _name_after(document: Document, at: int, last: int, title_at: int) -> str:
    """The venue's name behind its "de": as typed, but not in capitals where the whole title is."""
    piece = document.piece_of[at]
    text = document.pieces[piece].text
    article = document.texts[at]
    name = text[document.words[at].end :].lstrip("’' \u00a0").strip(" *_.") if last > at + 1 else ""
    shouted = document.pieces[document.piece_of[title_at]].text.isupper() and name.isupper()
    if shouted:
        name = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), name)
    return {"du": "Le ", "des": "Les "}.get(article, "") + name if name else ""
