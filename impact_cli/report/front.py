"""The first page, for who has two minutes: what the place is, figures, what changed, what is difficult, a quotation.

All of it is the catalogue's data (`headline`, `change`, `difficulty`, opening sections): nothing here knows a question.
"""

from collections.abc import Iterator

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Many, Number, One, Option, Question, Rating, find_exclusive
from impact_cli.report import blocks, wording
from impact_cli.report.blocks import Block, Fact, Facts, Figure, Figures, Heading, Paragraph, list_under
from impact_cli.report.french import list_labels, lower_first, tell_number
from impact_cli.report.tellable import Tellable
from impact_cli.report.telling import say_marks
from impact_cli.typography import COLON

MOST_FIGURES = 6  # two rows of three, on paper
_MOST_OPTIONS = 3  # of a section's, on one line
_LONGEST_LABEL = 60  # characters of a row's name
_LONGEST_QUOTATION = 400  # characters


def gather_facts(told: list[Block]) -> Iterator[Block]:
    """Blocks in which the sentences that only name a fact ("Commune : Massy.") stand together as a small table."""
    rows: list[Fact] = []
    keys: list[str] = []
    others: list[Block] = []
    for block in told:
        if fact := _find_fact(block):
            rows.append(fact)
            keys += blocks.tells_of(block)
        else:
            others.append(block)
    if rows:
        yield Facts(tuple(rows), tuple(dict.fromkeys(keys)))
    yield from others


def _find_fact(block: Block) -> Fact | None:
    if not isinstance(block, Paragraph):
        return None
    label, colon, value = block.text.partition(COLON)
    return Fact(label, value[:-1]) if colon and value.endswith(".") and len(label) <= _LONGEST_LABEL else None


def tell_essentials(told: Tellable, quotation: str | None) -> Iterator[Block]:
    """A heading, and what is worth two minutes; nothing where there is no such thing."""
    essentials = [
        *_tell_figures(told),
        *_tell_effects(told, difficult=False),
        *_tell_effects(told, difficult=True),
        *_tell_quotation(told, quotation),
        *_tell_marks_given(told),
    ]
    if essentials:
        yield Heading(2, wording.ESSENTIALS_TITLE, wording.ESSENTIALS_ANCHOR, front=True)
        yield from essentials


def _tell_figures(told: Tellable) -> Iterator[Block]:
    found = [(figure, key) for *_, question, key in told.list_answers() if (figure := _count(told, question, key))]
    if found := found[:MOST_FIGURES]:
        yield Figures(tuple(figure for figure, _ in found), tuple(key for _, key in found))


def _count(told: Tellable, question: Question, key: str) -> Figure | None:
    if not isinstance(question, Many | Number) or question.headline is None:
        return None
    value = told.values[key]
    if find_exclusive(question, value):
        return None
    count = value if isinstance(value, int) else len(value)
    headline = question.headline
    form = {0: headline.zero, 1: headline.one}.get(count, headline.many)
    if not form:
        return None
    digits = tell_number(count)
    text = form.replace("{count}", digits) + say_marks(told.marks, (key,))
    return Figure(digits if text.startswith(digits) else "", text)


def _tell_effects(told: Tellable, *, difficult: bool) -> Iterator[Block]:
    """A line for each section with effects of this side: nobody wanted them, or they are what has changed."""
    lines: dict[str, list[str]] = {}
    keys: list[str] = []
    for _, section, question, key in told.list_answers():
        if section.opening or not isinstance(question, Many | One):
            continue
        if ticked := list(_list_effects(question, told.values[key], difficult=difficult)):
            words = [_say_effect(told, key, option) for option in ticked]
            lines.setdefault(section.title, []).extend(shorten_line(words, say_marks(told.marks, (key,))))
            keys += [key, *(own for option in ticked if (own := f"{key}.{option.id}") in told.values)]
    lead = wording.DIFFICULT if difficult else wording.CHANGED
    yield from list_under(lead, (f"{title}{COLON}{list_labels(words)}" for title, words in lines.items()), keys)


def _list_effects(question: Many | One, value: Value, *, difficult: bool) -> Iterator[Option]:
    """The ticked options that the catalogue puts on this side."""
    for option in question.options:
        chosen = option.id == value or (isinstance(value, tuple) and option.id in value)
        if chosen and is_effect(option, difficult=difficult):
            yield option


def is_effect(option: Option, *, difficult: bool) -> bool:
    """Whether the catalogue puts it on this side: what nobody wanted, or what has changed."""
    return not option.exclusive and (option.difficulty if difficult else option.change)


def _say_effect(told: Tellable, key: str, option: Option) -> str:
    """The option in a few words, with the venue's own where it asked for them."""
    own = told.values.get(f"{key}.{option.id}")
    words = lower_first(option.label)
    return wording.say_own_words(words, own) if isinstance(own, str) else words


def shorten_line(effects: list[str], mark: str) -> Iterator[str]:
    """The first effects of a section, how many others there are, and the mark of the answer."""
    rest = len(effects) - _MOST_OPTIONS
    words = effects if rest <= 1 else [*effects[:_MOST_OPTIONS], wording.say_others(rest)]
    words[-1] += mark
    yield from words


def _tell_quotation(told: Tellable, key: str | None) -> Iterator[Block]:
    words = told.values.get(key or "")
    if key and isinstance(words, str):
        mark = say_marks(told.marks, (key,))
        yield Paragraph(f"{wording.QUOTATION}{mark}\u00a0:", (key,))
        yield blocks.Quote(_shorten_quotation(words), (key,))


def _shorten_quotation(words: str) -> str:
    """What stands on the first page of long words: they are whole in their place."""
    if len(words) <= _LONGEST_QUOTATION:
        return words
    begun = words[:_LONGEST_QUOTATION]
    return f"{begun[: begun.rfind(' ')] if ' ' in begun else begun} […]"


def _tell_marks_given(told: Tellable) -> Iterator[Block]:
    """The marks a venue gives itself, each scale by itself: small, and never a figure of their own."""
    scales: dict[tuple[tuple[int, str], ...], list[tuple[Fact, str]]] = {}
    for family, _, question, key in told.list_answers():
        value = told.values[key]
        if isinstance(question, Rating) and isinstance(value, int):
            said = f"{wording.say_mark(question, value)}{say_marks(told.marks, (key,))}"
            scales.setdefault(tuple(question.marks.items()), []).append((Fact(family.title, said), key))
    for marks, given in scales.items():
        keys = tuple(key for _, key in given)
        yield Paragraph(wording.say_scale(dict(marks)), keys)
        yield Facts(tuple(fact for fact, _ in given), keys)
