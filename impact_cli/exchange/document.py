"""The pieces of a report as one run of words, each with its place."""

import re
from collections.abc import Sequence
from functools import cached_property

from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.hyphens import Hyphens
from impact_cli.exchange.words import Word, is_link, part_glued, split_words

_QUOTED = re.compile(r".*[»”\"]\)")  # up to the end of a quotation in brackets: its own stop ends nothing
_BRACKETED = re.compile(r"\s\([«“\"]\s?(.+?)\s?[»”\"]\)(?=[,.:;…]|\s|$)")
_STOP = re.compile(r"[.!?…](?=[\s*_»)\"]|$)")
_OPENS = re.compile(r"(?:[.!?…:](?=[\s*_»)\"])|[»|])\W*$")
_GLUED_STOP = re.compile(r"[.!?…]$")


class Document:
    """Words numbered through all pieces; quotations and furniture have none, since nothing in them is looked for."""

    def __init__(
        self, pieces: Sequence[Piece], ends: frozenset[str] = frozenset(), begins: frozenset[str] = frozenset()
    ) -> None:
        """`ends` and `begins` are words between which others forget the space."""
        self.pieces = tuple(pieces)
        self.words: list[Word] = []
        self.piece_of: list[int] = []
        self.first: list[int] = []  # of each piece, its first word
        for number, piece in enumerate(self.pieces):
            self.first.append(len(self.words))
            if piece.mark not in (Mark.QUOTE, Mark.FURNITURE):
                words = list(part_glued(split_words(piece.text), ends, begins))
                self.words += words
                self.piece_of += [number] * len(words)
        self.first.append(len(self.words))

    @cached_property
    def texts(self) -> list[str]:
        """The folded words."""
        return [word.text for word in self.words]

    @cached_property
    def hyphens(self) -> Hyphens:
        """What joins the words that the ends of lines break."""
        return Hyphens(piece.text for piece in self.pieces)

    def __len__(self) -> int:
        return len(self.words)

    def end_of_piece(self, at: int) -> int:
        """The number after the last word of the piece in which word `at` stands."""
        return self.first[self.piece_of[at] + 1]

    def after_links(self, at: int) -> int:
        """The first word from `at` on that is no small word, in whatever piece it stands."""
        return self._next_own[at]

    @cached_property
    def _next_own(self) -> list[int]:
        following = [len(self.words)] * (len(self.words) + 1)
        for at in range(len(self.words) - 1, -1, -1):
            following[at] = following[at + 1] if is_link(self.texts[at]) else at
        return following

    def begins_item(self, at: int) -> bool:
        """Whether word `at` is the first of a bullet."""
        piece = self.piece_of[at]
        return self.first[piece] == at and self.pieces[piece].mark == Mark.BULLET

    def is_boundary(self, at: int) -> bool:
        """Whether word `at` begins a piece, or is past the end."""
        return at >= len(self.words) or self.first[self.piece_of[at]] == at

    def is_end(self, at: int) -> bool:
        """Whether a line or a sentence ends before word `at`."""
        return self.is_boundary(at) or self.ends_sentence(at)

    def after(self, at: int) -> str:
        """What stands between the word before `at` and the next one, within their piece."""
        piece = self.piece_of[at - 1]
        end = self.words[at].start if at < self.first[piece + 1] else None
        return self.pieces[piece].text[self.words[at - 1].end : end]

    def bracketed(self, at: int) -> tuple[str, int]:
        """What is quoted in brackets behind the word before `at`, and the word behind it; nothing where nothing is."""
        piece = self.piece_of[at - 1]
        found = _BRACKETED.match(self.pieces[piece].text, self.words[at - 1].end)
        if not found:
            return "", at
        while at < self.first[piece + 1] and self.words[at].start < found.end():
            at += 1
        return found[1], at

    def ends_sentence(self, at: int) -> bool:
        """Whether a full stop follows the word before `at`."""
        if at == 0:
            return False
        text = self.pieces[self.piece_of[at - 1]].text
        behind = self.words[at].start + 1 if at < self.first[self.piece_of[at - 1] + 1] else len(text)
        return bool(_STOP.search(_QUOTED.sub("", text[self.words[at - 1].end : behind])))

    def opens_sentence(self, at: int) -> bool:
        """Whether a sentence can begin at the word: first of its piece, after a stop, or written with a capital."""
        if self.is_boundary(at):
            return True
        piece = self.pieces[self.piece_of[at]].text
        between = piece[self.words[at - 1].end : self.words[at].start]
        return bool(_OPENS.search(between)) or (self.is_capital(at) and bool(_GLUED_STOP.search(between)))

    def is_capital(self, at: int) -> bool:
        """Whether the word is written with a capital."""
        return self.pieces[self.piece_of[at]].text[self.words[at].start].isupper()

    def raw(self, first: int, last: int) -> str:
        """What was typed from after the word before `first` to before the word `last`, in one line."""
        end = min(max(first, last - 1), len(self.words) - 1)
        begins, ends = self.piece_of[min(first, end)], self.piece_of[end]
        parts = []
        for piece in range(begins, ends + 1):
            start = self.words[first - 1].end if piece == begins and first > self.first[piece] else 0
            stop = self.words[last].start if piece == ends and last < self.first[piece + 1] else None
            spoken = piece in (begins, ends) or self.first[piece] < self.first[piece + 1]
            parts.append(self.pieces[piece].text[start:stop].strip() if spoken else "")
        return " ".join(filter(None, parts))
