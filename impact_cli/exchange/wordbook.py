"""Every known wording of a catalogue, and where to look it up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.wordings import Choices, Digits, Literal, Part, Pattern, Title, Typed, Wording
from impact_cli.exchange.words import DECISIVE, is_link, may_begin, words_of

_SHORT = 2  # words that begin a sentence
_SMALL_WORD = 3  # letters
_FEW_WORDS = 2  # longer than small ones: with fewer, anything sounds like something
_NEARLY_ALL = 0.8  # of a text's words: one about the same thing has some of its own
_LEAST_GARBLED, _MOST_GARBLED = 20, 60  # letters
_LETTERS_PER_GARBLE = 3  # a scanner that is wrong more often leaves nothing to compare
_FIRST_WORDS = 5  # of a sentence, by which it is looked up: one of them at least is whole
_LOOKED_UP = 4  # words of a text, one of which is one of these
_MOST_REMEMBERED = 20_000  # runs of words that were looked up


@dataclass(eq=False)
class Wordbook:
    """Every known wording of a catalogue. `homes` maps a section to the question that keeps its free texts."""

    catalogue: Catalogue
    patterns: list[Pattern] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    asked: list[Title] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    keywords: dict[str, str] = field(default_factory=dict)  # family → key
    family_of: dict[str, str] = field(default_factory=dict)  # section → family
    asked_for: dict[tuple[str, object], str] = field(default_factory=dict)  # key and option → key of a text about it

    def sounds_known(self, text: str, section: str) -> bool:
        """Whether nearly all of a text's words are a section's; or half of them this one's, where it begins alike."""
        words = [word for word in words_of(text) if len(word) > _SMALL_WORD]
        shares = {other: sum(word in known for word in words) for other, known in self._words.items()}
        if len(words) < _FEW_WORDS:
            return False
        begun = words[0] in self._first_long[section] and shares[section] >= _FEW_WORDS
        return max(shares.values()) >= _NEARLY_ALL * len(words) or (begun and shares[section] >= len(words) / 2)

    @cached_property
    def _first_long(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = {section: set() for section in self.family_of}
        for pattern in self.patterns:
            if isinstance(first := pattern.parts[0], Literal):
                known[pattern.section].update([word for word in first.words if len(word) > _SMALL_WORD][:1])
        return known

    def garbles(self, text: str) -> bool:
        """Whether the letters are, badly read, those with which a sentence begins, and hardly a word is whole."""
        words = words_of(text)
        letters = "".join(words)
        long = [word for word in words if len(word) > _SMALL_WORD]
        whole = [word for word in long if any(word in known for known in self._words.values())]
        if not _LEAST_GARBLED <= len(letters) <= _MOST_GARBLED or len(whole) * 3 > len(long):
            return False
        return any(
            process.extractOne(letters[:length], known, scorer=OSA.distance, score_cutoff=length // _LETTERS_PER_GARBLE)
            for length, known in self._begin_with(len(letters))
        )

    @lru_cache(maxsize=_MOST_GARBLED)  # noqa: B019  wordbooks are few
    def _begin_with(self, most: int) -> tuple[tuple[int, list[str]], ...]:
        """The beginnings by their length, those of more letters than so many cut there."""
        cut = sorted({known[:most] for known in self._beginnings}, key=len)
        return tuple((length, list(known)) for length, known in groupby(cut, key=len))

    @cached_property
    def _beginnings(self) -> set[str]:
        """The letters of the first words of every sentence."""
        titles = (self.catalogue.title, *self.catalogue.titles_read)
        found = {"".join(words_of(title)) for title in titles}
        for pattern in self.patterns:
            if isinstance(first := pattern.parts[0], Literal):
                begun = "".join(first.words)
                second = pattern.parts[1] if len(pattern.parts) > 1 else None
                options = second.wordings if isinstance(second, Choices) else ()
                found |= {(begun + "".join(option.words))[:_MOST_GARBLED] for option in options} or {begun}
        return found

    @cached_property
    def choices(self) -> dict[str, list[Choices]]:
        """Section → the places of options in its sentences, each once."""
        known: dict[str, dict[str, Choices]] = {section: {} for section in self.family_of}
        for pattern in self.patterns:
            known[pattern.section].update({part.name: part for part in pattern.parts if isinstance(part, Choices)})
        return {section: list(places.values()) for section, places in known.items()}

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """Section → every word of its sentences and options."""
        known: dict[str, set[str]] = {}
        for pattern in self.patterns:
            words = known.setdefault(pattern.section, set())
            for part in pattern.parts:
                for wording in part.wordings if isinstance(part, Choices) else (part,):
                    words.update(wording.words if isinstance(wording, Wording | Literal) else ())
        return known

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which sentences, options and what leads in a list begin, short ones alone left out."""
        return frozenset(words[0] for words in self._runs) - DECISIVE

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The words with which they end."""
        return frozenset(words[-1] for words in self._runs)

    @cached_property
    def _runs(self) -> set[tuple[str, ...]]:
        parts = {part for pattern in self.patterns for part in pattern.parts}
        options = {wording.words for part in parts if isinstance(part, Choices) for wording in part.wordings}
        literals = {part.words for part in parts if isinstance(part, Literal)}
        leads = {words[-2:] for words in literals if is_link(words[-1])}  # "portés par"
        return {words for words in options | literals | leads if len(words) > 1 or len(words[0]) > _SMALL_WORD + 1}

    def beginning(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences that may begin with the first of the words, the others behind it: no other need be followed."""
        return self._find(Literal, words)

    def behind_number(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences that begin with a number, before which words may stand behind it."""
        return self._find(Digits, words)

    def beginning_with_option(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences of which an option may begin with the words, small ones before it or not."""
        return self._find(Choices, words)

    @lru_cache(maxsize=_MOST_REMEMBERED)  # noqa: B019  wordbooks are few
    def _find(self, first: type[Part], words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences whose first part is of a kind, and may begin with the words."""
        places = [self._starts.get((first, word), {}) for word in ("", *words[:_LOOKED_UP])]
        known = {number: pattern for place in places for number, pattern in place.items()}
        return tuple(pattern for pattern in known.values() if _may_begin(pattern, words))

    @cached_property
    def _starts(self) -> dict[tuple[type[Part], str], dict[int, Pattern]]:
        """Sentences by their first part's kind and each of the first words; by "" too where these are few."""
        index: dict[tuple[type[Part], str], dict[int, Pattern]] = {}
        for number, pattern in enumerate(self.patterns):
            first = type(pattern.parts[0])
            for words in _list_openings(pattern):
                few = first is Literal and len(words) <= _SHORT
                for word in (*words[:_FIRST_WORDS], *([""] if few else [])):
                    index.setdefault((first, word), {})[number] = pattern
        return index

    @cached_property
    def typed(self) -> list[tuple[re.Pattern[str], Pattern, Typed]]:
        """Sentences that are words, and free ones behind: how they begin, whatever their spaces."""
        found = list[tuple[re.Pattern[str], Pattern, Typed]]()
        for pattern in self.patterns:
            match pattern.parts:
                case Literal(text=words), Typed() as last:
                    found.append((_open_loosely(words), pattern, last))
                case _:
                    continue
        return found

    @cached_property
    def asked_by_word(self) -> dict[str, list[Title]]:
        """Printed questions by each of their first two words, of which a slip may have hidden one."""
        index: dict[str, list[Title]] = {}
        for title in self.asked:
            for word in dict.fromkeys(title.words[:2]):
                index.setdefault(word, []).append(title)
        return index

    @cached_property
    def titles_by_length(self) -> dict[int, list[Title]]:
        """Titles of families and sections by how many letters they have, give or take three."""
        index: dict[int, list[Title]] = {}
        for title in self.titles:
            letters = sum(map(len, title.words))
            for near in range(letters - 3, letters + 4) if title.family else ():
                index.setdefault(near, []).append(title)
        return index


def _open_loosely(words: str) -> re.Pattern[str]:
    """The words with any case, apostrophes and spaces, or none before a sign."""
    letters = re.escape("\0".join(words.split())).replace("’", "['’]")
    return re.compile(letters.replace("\0", r"\s*") + r"\s*", re.IGNORECASE)


def _list_openings(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    """The words with which a sentence may begin, behind its number if it begins with one."""
    match pattern.parts:
        case [Literal(words=words), *_] | [Digits(), Literal(words=words), *_]:
            yield words
        case [Choices(wordings=wordings), *_]:
            yield from (wording.words for wording in wordings)


def _may_begin(pattern: Pattern, words: Sequence[str]) -> bool:
    match pattern.parts:
        case [Literal() as first, *_] | [Digits(), Literal() as first, *_]:
            return _may_begin_part(first, words)
        case [Choices() as choices, *after]:
            return _may_begin_with_option(choices, after, words)
    return False


def _may_begin_part(part: Part, words: Sequence[str]) -> bool:
    """Whether a sentence's words may begin with these; the last word of a file may be cut."""
    if not isinstance(part, Literal):
        return False
    cut = len(words) == 1 and words[0] in part.words[:_FIRST_WORDS]
    return cut or may_begin(part.words[:2], words[0], words[1] if len(words) > 1 else "")


def _may_begin_with_option(choices: Choices, after: Sequence[Part], words: Sequence[str]) -> bool:
    passes_on = any(isinstance(part, Choices) for part in after)  # an option of a later list says something too
    for at in range(min(_LOOKED_UP, len(words))):
        following = words[at + 1] if at + 1 < len(words) else ""
        if choices.vocabulary.beginning(words[at], following) or (passes_on and _may_begin_part(after[0], words[at:])):
            return True
        if not is_link(words[at]):
            return False
    return False
