"""The catalogue's sentences, titles and options, run backwards: the wordbook that reports are read with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import assert_never

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.conditions import key_of
from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import (
    Catalogue,
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
from impact_cli.catalogue.sentences import (
    Alternative,
    Counted,
    Sentence,
    Slot,
    Style,
    form_for,
    parse_sentence,
)
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.wordings import (
    Choices,
    Digits,
    Graded,
    Literal,
    Part,
    Pattern,
    Quotation,
    Title,
    Typed,
    Vocabulary,
    Wording,
)
from impact_cli.exchange.words import words_of

_BETWEEN_HALVES = re.compile(r"\s+(?:et|ou)\s+|\s*[,/]\s*")
_LEAST_HALF = 8  # letters and spaces


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
    for key, question in section.keyed.items():
        texts = key if isinstance(question, Text) else ""
        book.asked += [Title(words_of(text), family.id, section.id, texts) for text in (question.ask, *question.read)]
        if isinstance(question, Keywords):
            book.keywords.setdefault(family.id, key)
        if isinstance(question, Text):
            about = {
                (key_of(asked, section.id), option) for asked, test in question.when.items() for option in test.includes
            }
            book.asked_for.update(dict.fromkeys(about, key))
    told = (alternative for line in (*lines_of(section), *section.read) for alternative in line)
    book.patterns += [pattern for alternative in told for pattern in _compile_alternative(alternative, section)]
    book.patterns += _compile_exclusive(section)
    if home := _find_home(section):
        book.homes[section.id] = f"{section.id}.{home}"


def _find_home(section: Section) -> str | None:
    """The text question told as a quotation without words before it; else the last text question."""
    texts = [question.id for question in section.questions if isinstance(question, Text) and question.lines]
    told = [alternative for line in lines_of(section) for alternative in line]
    return next((text for text in texts if f"{{{text}:quote}}" in told), texts[-1] if texts else None)


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


@lru_cache(maxsize=1000)  # the sentences of a question, and questions of one shared list, have the same
def _wordings(options: tuple[Option, ...]) -> Vocabulary:
    """Every way to say the options, and what is half of one; a no is printed as "non" by some."""
    texts = {option: (option.told, option.label, *option.read) for option in options}
    noes = [(option, "non") for option in options if option.exclusive]
    noes = noes if len(noes) == 1 else []
    known = _spell([*((option, text) for option in texts for text in texts[option]), *noes])
    halves = (
        (option, half)
        for option in texts
        for text in texts[option]
        for half in _BETWEEN_HALVES.split(text)
        if not option.exclusive
    )
    return Vocabulary(known, tuple(half for half in _spell(halves) if half not in known and _is_of_one(half, known)))


def _spell(texts: Iterable[tuple[Option, str]]) -> tuple[Wording, ...]:
    """The longest first, so that a wording that begins another does not hide it."""
    told = ((option, words_of(text)) for option, text in texts)
    known = dict.fromkeys(Wording(option.id, words, option.specify) for option, words in told if words)
    return tuple(sorted(known, key=lambda wording: -len(wording.words)))


def _is_of_one(half: Wording, known: Sequence[Wording]) -> bool:
    """Whether words can be known by, and none of another option: "un stress" of "un stress ou des conflits"."""
    said = f" {' '.join(half.words)} "
    others = (f" {' '.join(other.words)} " for other in known if other.option != half.option)
    return len(said) > _LEAST_HALF and not any(said in other or other in said for other in others)


def _compile_exclusive(section: Section) -> Iterator[Pattern]:
    """Sentences that are one option, and of all questions that have it: "no effect" is neither good nor bad."""
    said: dict[tuple[str, ...], tuple[Literal, dict[str, Value]]] = {}
    for key, question in section.keyed.items():
        for option in question.options if isinstance(question, Many) else ():
            for text in (option.told, *option.read) if option.exclusive else ():
                literal = Literal(words_of(text), text)
                said.setdefault(literal.words, (literal, {}))[1][key] = option.id
    for literal, implied in said.values():
        if len(literal.words) > 1:
            yield Pattern(section.id, (literal,), tuple(implied.items()))
