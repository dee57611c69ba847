"""Words as they are compared: without case, accents, bullets, stars or punctuation, and near ones despite a slip."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from impact_cli.typography import fold

_LETTER = "[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"
# "exclu.e.s", "acteur·rice·s", "tou(te)s", "bénéficiaire.s": one word, heard as its first half in the plural.
_FEMININE = "e|te|ne|le|se|ve|fe|ère|ere|trice|rice|euse|esse|elle|enne"
_FEMININE += f"|{_FEMININE.upper()}"
_INCLUSIVE = (
    rf"(?:[.·•‧⋅∙](?:(?:{_FEMININE})(?:[.·•‧⋅∙]?[sS])?|s)|[-/](?:e|ne|ère|ere|trice|rice|euse)(?:[-/]?s)?"
    rf"|\((?:{_FEMININE})?[sS]?\)[sS]?)(?![^\W_])"
)
_BOTH = r"(?i:et[ ]?/[ ]?ou|ou[ ]?/[ ]?et)(?![^\W_])"  # heard as "ou"
_WORD = re.compile(rf"(?P<both>{_BOTH})|(?P<stem>(?:{_LETTER}){{2,}})(?P<ending>{_INCLUSIVE})|(?:{_LETTER})+")
_NO_LETTER = re.compile(r"[\W_]+")
_DECIDE = "ne n pas non sans ni aucun aucune aucuns aucunes jamais rien plus moins peu autant mal guere nul nulle"
_LINK = "et ou de d du des la le les l a au aux par que qu entre avec ainsi puis aussi un une"
# Words that turn a sentence round: never guessed, never passed over.
DECISIVE = frozenset(re.findall(r"\w+", _DECIDE))
# Words that link the options of a list, or stand before one.
LINKS = frozenset(re.findall(r"\w+", _LINK))
# Articles, alone or with a preposition: one stands for another in what people and pages write.
_ARTICLES = frozenset(["de", "d", "du", "des", "la", "le", "les", "l", "un", "une", "au", "aux"])
_JOINS = frozenset(["et", "ou"])  # others print one for the other

WORD_SLIP = 3  # what a whole word too many or missing counts
_SHORT = 3  # letters; between two such words one slip leaves nothing to compare
_MOST_SLIPS = 2  # in a word: two letters that changed places, or an ending
_LONG = 8  # letters; so many slips are seen through from here on
_LONGEST_GLUED = 30  # letters
_LETTERS_PER_SLIP = 6  # in a whole title


class Word(NamedTuple):
    """A word of a text: its folded letters, and where it stands in the text."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The words of a text. Apostrophes and hyphens part them; inclusive writing does not."""
    found = ((_fold_match(match), match) for match in _WORD.finditer(text))
    return [Word(folded, match.start(), match.end()) for folded, match in found if folded]


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words alone."""
    return tuple(word.text for word in split_words(text))


def part_glued(words: Sequence[Word], ends: frozenset[str], begins: frozenset[str]) -> Iterator[Word]:
    """The words, those that are one of `ends` and one of `begins` printed without a space parted: "lieucertaines"."""
    for word in words:
        known = word.text in ends or word.text in begins or len(word.text) > _LONGEST_GLUED
        cut = 0 if known else _find_cut(word.text, ends, begins)
        if cut:
            yield Word(word.text[:cut], word.start, word.start + cut)
            yield from part_glued([Word(word.text[cut:], word.start + cut, word.end)], ends, begins)
        else:
            yield word


def _find_cut(text: str, ends: frozenset[str], begins: frozenset[str]) -> int:
    """Where letters are two known words or more; 0 where not. Very short ones stand only behind a long word."""
    for cut in range(_SHORT, len(text) - 1):
        rest = text[cut:]
        follows = rest in begins and (len(rest) >= _SHORT or cut > _SHORT + 1)
        if text[:cut] in ends and (follows or _find_cut(rest, ends, begins)):
            return cut
    return 0


def _fold_match(match: re.Match[str]) -> str:
    if match["both"]:
        return "ou"
    if not match["ending"]:
        return _fold_word(match[0])
    stem = _fold_word(match["stem"])
    plural = match["ending"].rstrip(")").endswith(("s", "S")) and not stem.endswith(("s", "x"))
    return f"{stem}s" if plural else stem


@lru_cache(maxsize=20_000)
def _fold_word(word: str) -> str:
    return _NO_LETTER.sub("", fold(word))


@lru_cache(maxsize=100_000)
def is_near(word: str, other: str) -> bool:
    """Whether a slip of the keyboard, of the scanner or of agreement turns one word into the other.

    A prefix is no slip: "confort" and "inconfort" are far. Of decisive words only letters may change places.
    """
    if word == other:
        return True
    if abs(len(word) - len(other)) > _MOST_SLIPS:
        return False
    if word.isdecimal() or other.isdecimal():
        return False
    if word in DECISIVE or other in DECISIVE:
        return len(word) > 2 and sorted(word) == sorted(other) and OSA.distance(word, other) <= (len(word) > 4) + 1  # noqa: PLR2004  "pas"
    if {word, other} <= _ARTICLES or {word, other} == _JOINS:
        return True
    if len(word) >= _SHORT and sorted(word) == sorted(other):
        return OSA.distance(word, other) <= max(2, len(word) // 2)
    if max(len(word), len(other)) <= _SHORT:
        return len(word) == len(other) > 1 and OSA.distance(word, other) == 1
    if word.endswith(other) or other.endswith(word):
        return False
    most = _MOST_SLIPS if min(len(word), len(other)) >= _LONG else 1
    return abs(len(word) - len(other)) <= most and OSA.distance(word, other) <= most


def is_damaged(known: str, letters: str) -> bool:
    """Whether letters without their spaces are known ones, one slip for every few of them seen through."""
    most = len(known) // _LETTERS_PER_SLIP
    return abs(len(known) - len(letters)) <= most and OSA.distance(known, letters, score_cutoff=most) <= most


def is_link(word: str) -> bool:
    """Whether a word links options, its two letters in their order or not."""
    return word in LINKS or (len(word) == 2 and word[::-1] in LINKS)  # noqa: PLR2004  "te" for "et"


class Alignment(NamedTuple):
    """How far known words follow a text: the next known word, the next word of the text, the slips on the way.

    Among the slips, `gaps` are words too many or missing.
    """

    known: int
    at: int
    slips: int
    gaps: int = 0


def align(  # noqa: PLR0913, PLR0917  two texts, a place in each, two bounds
    known: Sequence[str], first: int, text: Sequence[str], at: int, most: int, stop: int | None = None
) -> Alignment:
    """Follow the known words from `first` in the text from `at` to `stop`, as far as `most` slips allow."""
    slips = gaps = 0
    stop = len(text) if stop is None else stop
    while first < len(known) and at < stop:
        if known[first] == text[at]:
            first, at = first + 1, at + 1
            continue
        step = _slip(known, first, text, at, stop)
        if step is None or slips + step.slips > most:
            break
        first, at, slips, gaps = step.known, step.at, slips + step.slips, gaps + (step.slips == WORD_SLIP)
    return Alignment(first, at, slips, gaps)


def may_begin(known: Sequence[str], word: str, following: str) -> bool:
    """Whether known words, of which two are enough here, may begin at a word before another ("" for none)."""
    text = (word, following) if following else (word,)
    return known[0] == word or _slip(known, 0, text, 0, len(text)) is not None


def _slip(known: Sequence[str], first: int, text: Sequence[str], at: int, stop: int) -> Alignment | None:
    """One slip: a near word, a torn one, one too many or missing."""
    here, there = known[first], text[at]
    more = known[first + 1] if first + 1 < len(known) else ""
    next_ = text[at + 1] if at + 1 < stop else ""
    if is_near(here, there):
        return Alignment(first + 1, at + 1, 1)
    if next_ and here == there + next_:
        return Alignment(first + 1, at + 2, 1)
    if first and more and more == there and here not in DECISIVE:
        return Alignment(first + 1, at, WORD_SLIP)
    if first and next_ and here == next_ and there not in DECISIVE and not there.isdecimal():
        return Alignment(first, at + 1, WORD_SLIP)
    return None
