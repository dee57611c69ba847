"""The catalogue's sentences, titles and options, run backwards: what known words say about which question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import assert_never

from rapidfuzz import process
from rapidfuzz.distance import OSA

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.conditions import key_of
from impact_cli.catalogue.lines import Sentence, Slot, Style, form_for, lines_of, parse_sentence, questions_of
from impact_cli.catalogue.model import (
    Alternative,
    Catalogue,
    Counted,
    Family,
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Rating,
    Section,
    Text,
)
from impact_cli.exchange.words import DECISIVE, is_link, is_near, may_begin, words_of

_SHORT = 2  # words that begin a sentence
_SMALL_WORD = 3  # letters
_FEW_WORDS = 3
_NEARLY_ALL = 0.8
_LEAST_GARBLED, _MOST_GARBLED = 20, 60  # letters
_LETTERS_PER_GARBLE = 3
_FIRST_WORDS = 5  # of a sentence, by which it is looked up: one of them at least is whole
_LOOKED_UP = 4  # words of a text, one of which is one of these
_MOST_REMEMBERED = 20_000  # runs of words that were looked up


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand in the sentence itself; `text` is exactly as the catalogue has them."""

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say one option."""

    option: str
    words: tuple[str, ...]


class Vocabulary:
    """The wordings of one list of options, the longest first; the same object for the same wordings."""

    def __init__(self, wordings: tuple[Wording, ...]) -> None:
        self.wordings = wordings
        longest = max((len(wording.words) for wording in wordings), default=0)
        self.reach = 3 * longest + 3  # words of a text, more than any of them takes with its slips
        self._heads = {wording.words[:2] for wording in wordings}

    @lru_cache(maxsize=50_000)  # noqa: B019  vocabularies are few and shared
    def beginning(self, word: str, following: str) -> tuple[Wording, ...]:
        """The wordings that may begin with a word before another: all others need not be compared."""
        heads = {head for head in self._heads if may_begin(head, word, following)}
        return tuple(wording for wording in self.wordings if wording.words[:2] in heads) if heads else ()


@dataclass(frozen=True, slots=True)
class Choices:
    """The place of options. `several` may stand there; `role` tells the rows of a grid from its choice."""

    key: str
    vocabulary: Vocabulary
    several: bool
    role: str = ""

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every way to say every option."""
        return self.vocabulary.wordings

    @property
    def name(self) -> str:
        """The key, and for the rows of a grid their role: what is said of rows is no answer before its choice."""
        return f"{self.key}:{self.role}" if self.role == Style.ROWS else self.key


@dataclass(frozen=True, slots=True)
class Digits:
    """The place of a number, and of the prose people type in its stead."""

    key: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The place of free words inside the sentence; `after` is what ends it, to the letter."""

    key: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """The place of a mark, and how many there are."""

    key: str
    most: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """The place of a quotation, below the sentence."""

    key: str


Part = Literal | Choices | Digits | Typed | Graded | Quotation


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sentence to look for. `implied` answers follow from its very form: "une personne" is the number 1."""

    section: str
    parts: tuple[Part, ...]
    implied: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A known title of a family or a section, a printed question (`key`), or furniture (nothing)."""

    words: tuple[str, ...]
    family: str = ""
    section: str = ""
    key: str = ""


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

    def sounds_known(self, text: str) -> bool:
        """Whether nearly all of a text's words are those of one section's sentences."""
        words = {word for word in words_of(text) if len(word) > _SMALL_WORD}
        return len(words) > _FEW_WORDS and any(
            len(words & known) >= _NEARLY_ALL * len(words) for known in self._words.values()
        )

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
        """The words with which sentences and options of several words begin."""
        return frozenset(words[0] for words in self._runs if len(words) > 1) - DECISIVE

    @cached_property
    def last_words(self) -> frozenset[str]:
        """The words with which they end."""
        return frozenset(words[-1] for words in self._runs if len(words) > 1)

    @cached_property
    def _runs(self) -> set[tuple[str, ...]]:
        parts = {part for pattern in self.patterns for part in pattern.parts}
        options = {wording.words for part in parts if isinstance(part, Choices) for wording in part.wordings}
        return options | {part.words for part in parts if isinstance(part, Literal)}

    @lru_cache(maxsize=_MOST_REMEMBERED)  # noqa: B019  wordbooks are few
    def beginning(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences that may begin with the first of the words, the others behind it: no other need be followed."""
        near = (pattern for word, pattern in self._short_starts if is_near(word, words[0]))
        known = _distinct([*near, *_look_up(self._starts, words)])
        return tuple(pattern for pattern in known if _may_begin(pattern.parts[0], words))

    @lru_cache(maxsize=_MOST_REMEMBERED)  # noqa: B019  wordbooks are few
    def behind_number(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences that begin with a number, before which words may stand behind it."""
        known = _distinct(_look_up(self._numbered, words))
        return tuple(pattern for pattern in known if _may_begin(pattern.parts[1], words))

    @lru_cache(maxsize=_MOST_REMEMBERED)  # noqa: B019  wordbooks are few
    def beginning_with_option(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """The sentences of which an option may begin with the words, small ones before it or not."""
        known = _distinct(_look_up(self._optioned, words))
        return tuple(pattern for pattern in known if _may_begin_with_option(pattern, words))

    @cached_property
    def _starts(self) -> dict[str, list[Pattern]]:
        """Sentences that begin with words, by each of their first ones."""
        begun = ((pattern.parts[0], pattern) for pattern in self.patterns)
        return _index((part.words, pattern) for part, pattern in begun if isinstance(part, Literal))

    @cached_property
    def typed(self) -> list[Pattern]:
        """Sentences that hold free words."""
        return [pattern for pattern in self.patterns if any(isinstance(part, Typed) for part in pattern.parts)]

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

    @cached_property
    def _short_starts(self) -> list[tuple[str, Pattern]]:
        """Sentences whose first words are too few to be looked up despite a slip, with the first one."""
        begun = [(pattern.parts[0], pattern) for pattern in self.patterns]
        words = [(part.words, pattern) for part, pattern in begun if isinstance(part, Literal)]
        return [(known[0], pattern) for known, pattern in words if len(known) <= _SHORT]

    @cached_property
    def _numbered(self) -> dict[str, list[Pattern]]:
        """Sentences that begin with a number, by the first words after it."""
        found = (pattern for pattern in self.patterns if isinstance(pattern.parts[0], Digits))
        behind = ((pattern.parts[1], pattern) for pattern in found if len(pattern.parts) > 1)
        return _index((part.words, pattern) for part, pattern in behind if isinstance(part, Literal))

    @cached_property
    def _optioned(self) -> dict[str, list[Pattern]]:
        """Sentences that begin with an option, by each of the options' first words."""
        found = [(pattern, pattern.parts[0]) for pattern in self.patterns]
        return _index(
            (wording.words, pattern)
            for pattern, part in found
            if isinstance(part, Choices)
            for wording in part.wordings
        )


def _look_up(index: Mapping[str, list[Pattern]], words: Sequence[str]) -> Iterator[Pattern]:
    return (pattern for word in words[:_LOOKED_UP] for pattern in index.get(word, ()))


def _distinct(patterns: Iterable[Pattern]) -> Iterable[Pattern]:
    """Each pattern once; a wordbook has no two equal ones, and comparing them by what they hold is slow."""
    return {id(pattern): pattern for pattern in patterns}.values()


def _may_begin(part: Part, words: Sequence[str]) -> bool:
    """Whether a sentence's words may begin with these; the last word of a file may be cut."""
    return isinstance(part, Literal) and (len(words) == 1 or may_begin(part.words[:2], words[0], words[1]))


def _may_begin_with_option(pattern: Pattern, words: Sequence[str]) -> bool:
    choices, *after = pattern.parts
    assert isinstance(choices, Choices)  # noqa: S101  it was looked up by them
    for at in range(min(_LOOKED_UP, len(words))):
        following = words[at + 1] if at + 1 < len(words) else ""
        if choices.vocabulary.beginning(words[at], following) or (after and _may_begin(after[0], words[at:])):
            return True
        if not is_link(words[at]):
            return False
    return False


def compile_wordbook(catalogue: Catalogue) -> Wordbook:
    """Everything of the catalogue that a report may print."""
    book = Wordbook(catalogue)
    for family in catalogue.families:
        book.titles += [Title(words_of(title), family=family.id) for title in (family.title, *family.titles_read)]
        for section in family.sections:
            _add_section(book, family, section)
    known = {title.words for title in book.titles}
    book.titles += [Title(words_of(line)) for line in catalogue.furniture if words_of(line) not in known]
    book.patterns = list(dict.fromkeys(book.patterns))
    return book


def _add_section(book: Wordbook, family: Family, section: Section) -> None:
    book.family_of[section.id] = family.id
    if not section.opening:
        titles = (section.title, *section.titles_read)
        book.titles += [Title(words_of(title), family.id, section.id) for title in titles]
    for question in section.questions:
        key = f"{section.id}.{question.id}"
        texts = key if isinstance(question, Text) else ""
        book.asked += [Title(words_of(text), family.id, section.id, texts) for text in (question.ask, *question.read)]
        if isinstance(question, Keywords):
            book.keywords.setdefault(family.id, key)
        if isinstance(question, Text):
            about = {
                (key_of(asked, section.id), option) for asked, test in question.when.items() for option in test.includes
            }
            book.asked_for.update(dict.fromkeys(about, key))
    for line in (*lines_of(section), *section.read):
        for alternative in line:
            book.patterns += _compile_alternative(alternative, section)
    book.patterns += _compile_exclusive(section)
    if home := _find_home(section):
        book.homes[section.id] = f"{section.id}.{home}"


def _find_home(section: Section) -> str | None:
    """The text question told as a quotation without words before it; else the last text question."""
    texts = [question.id for question in section.questions if isinstance(question, Text) and question.lines]
    for line in lines_of(section):
        for alternative in line:
            if isinstance(alternative, str) and alternative == f"{{{next(iter(questions_of(alternative)))}:quote}}":
                return next(iter(questions_of(alternative)))
    return texts[-1] if texts else None


def _compile_alternative(alternative: Alternative, section: Section) -> Iterator[Pattern]:
    if not isinstance(alternative, Counted):
        yield from _compile_sentence(parse_sentence(alternative), section)
        return
    by = section.question(alternative.by)
    for count in (0, 1, 2):
        sentence = form_for(alternative, count)
        named = any(isinstance(part, Slot) and part.question == alternative.by for part in sentence)
        certain = isinstance(by, Number) and not named and count < 2 and _says_one_count(alternative, count)  # noqa: PLR2004  0, 1
        yield from _compile_sentence(sentence, section, ((f"{section.id}.{alternative.by}", count),) if certain else ())


def _says_one_count(alternative: Counted, count: int) -> bool:
    """Whether the form for this count serves no other one."""
    return all(form_for(alternative, other) != form_for(alternative, count) for other in {0, 1, 2} - {count})


def _compile_sentence(
    sentence: Sentence, section: Section, implied: tuple[tuple[str, Value], ...] = ()
) -> Iterator[Pattern]:
    parts = [_compile_part(part, section) for part in sentence]
    if len(parts) > 1 and isinstance(parts[-2], Typed) and isinstance(parts[-1], Literal):
        parts[-2:] = [Typed(parts[-2].key, parts[-1].text)]
    kept = tuple(part for part in parts if part and not (isinstance(part, Literal) and not part.words))
    if kept and not isinstance(kept[0], Quotation):
        yield Pattern(section.id, kept, implied)


def _compile_part(part: str | Slot, section: Section) -> Part | None:
    if isinstance(part, str):
        return Literal(words_of(part), part)
    key = f"{section.id}.{part.question}"
    match section.question(part.question):
        case Many(options=options):
            return Choices(key, _wordings(options), several=True)
        case One(options=options):
            return Choices(key, _wordings(options), several=True)  # others print several, to be chosen from
        case Grid(rows=rows, choices=choices):
            rows_here = part.style == Style.ROWS
            return Choices(key, _wordings(rows if rows_here else choices), several=rows_here, role=part.style.value)
        case Number():
            return Digits(key)
        case Rating(marks=marks):
            return Graded(key, max(marks))
        case Text():
            return Quotation(key) if part.style == Style.QUOTE else Typed(key)
        case Keywords() | None:
            return None  # keywords are known by their signs
        case unknown:
            assert_never(unknown)


def _wordings(options: Sequence[Option]) -> Vocabulary:
    """The longest first, so that a wording that begins another does not hide it."""
    texts = [(option.id, text) for option in options for text in (option.told, option.label, *option.read)]
    known = dict.fromkeys(Wording(option, words_of(text)) for option, text in texts if words_of(text))
    return _share(tuple(sorted(known, key=lambda wording: -len(wording.words))))


_share = lru_cache(maxsize=1000)(Vocabulary)


def _compile_exclusive(section: Section) -> Iterator[Pattern]:
    """Sentences that are one option, and of all questions that have it: "no effect" is neither good nor bad."""
    said: dict[tuple[str, ...], tuple[Literal, dict[str, Value]]] = {}
    for question in section.questions:
        for option in question.options if isinstance(question, Many) else ():
            for text in (option.told, *option.read) if option.exclusive else ():
                literal = Literal(words_of(text), text)
                said.setdefault(literal.words, (literal, {}))[1][f"{section.id}.{question.id}"] = option.id
    for literal, implied in said.values():
        yield Pattern(section.id, (literal,), tuple(implied.items()))


def _index(entries: Iterator[tuple[Sequence[str], Pattern]]) -> dict[str, list[Pattern]]:
    index: dict[str, list[Pattern]] = {}
    for words, pattern in entries:
        for word in words[:_FIRST_WORDS]:
            found = index.setdefault(word, [])
            if pattern not in found[-40:]:
                found.append(pattern)
    return index
