"""Answers put into the sentences of a section: which line is told, and in what words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, assert_never

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.lines import BLOCK_STYLES, lines_of
from impact_cli.catalogue.model import (
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Question,
    Rating,
    Section,
    Text,
    find_exclusive,
)
from impact_cli.catalogue.sentences import Alternative, Counted, Line, Sentence, Slot, Style, form_for, questions_of
from impact_cli.catalogue.specify import key_of_words
from impact_cli.report import blocks, wording
from impact_cli.report.blocks import Block, tells_of
from impact_cli.report.french import join_words, tell_number, with_de

Values = Mapping[str, Value]  # by question id, within one section
Marks = Mapping[str, tuple[str, ...]]  # by key: what is said beside an answer, as "à confirmer"

Said = TypeVar("Said")

_NO_MARKS: Marks = {}
_END = re.compile(r"(\u00a0:|[.…])?$")


def tell_section(section: Section, values: Values, marks: Marks = _NO_MARKS) -> list[Block]:
    """The blocks that tell a section's answers, in the order of its lines; none where nothing was answered.

    A mark stands inside the sentence that tells its question, or leads in what no sentence does.
    """
    alone = {name: option for name in values if (option := find_exclusive(section.question(name), values[name]))}
    tellable = {name: tell_rows(section.question(name), value) for name, value in values.items() if name not in alone}
    tellable = {name: value for name, value in tellable.items() if value != {}}
    told: list[Block] = []
    for line in lines_of(section):
        named = {name for alternative in line for name in questions_of(alternative)}
        for name in sorted(named & alone.keys()):
            told += _mark_blocks([blocks.Paragraph(alone[name].told, _keys(section, {name}))], marks)
        for alternative in _choose(line, tellable):
            told += _mark_blocks([*_tell(alternative, section, tellable)], marks)
    return told


def _mark_blocks(told: Sequence[Block], marks: Marks) -> list[Block]:
    """The blocks of one line with the marks of the answers they tell: in their sentences, or before what has none."""
    said = say_marks(marks, tells_of(told[0])) if told else ""
    if not said:
        return list(told)
    if not any(isinstance(block, blocks.Paragraph | blocks.Rating) for block in told):
        words = said.strip(" ()")
        return [blocks.Paragraph(f"{words[0].upper()}{words[1:]}\u00a0:", tells_of(told[0])), *told]
    return [_mark_sentence(block, said) for block in told]


def say_marks(marks: Marks, keys: Sequence[str]) -> str:
    """What follows words that tell these questions: " (à confirmer)", or nothing."""
    words = dict.fromkeys(word for key in keys for word in marks.get(key, ()))
    return f" ({', '.join(words)})" if words else ""


def _mark_sentence(block: Block, mark: str) -> Block:
    match block:
        case blocks.Paragraph(text=text):
            return replace(block, text=_END.sub(lambda end: mark + end[0], text, count=1))
        case blocks.Rating(text=text):
            return replace(block, text=text + mark)
        case _:
            return block


def tell_rows(question: Question | None, value: Said) -> Said | Mapping[str, str]:
    """The value without the rows of a grid whose choice means a silence."""
    if not isinstance(question, Grid) or not isinstance(value, Mapping):
        return value
    silent = {choice.id for choice in question.choices if choice.means}
    return {row: choice for row, choice in value.items() if choice not in silent}


def _choose(line: Line, values: Values) -> Iterator[Alternative]:
    """The first alternative whose questions are all answered, then those that repeat none of what was told."""
    told: frozenset[str] = frozenset()
    for alternative in line:
        names = questions_of(alternative)
        if names <= values.keys() and names.isdisjoint(told):
            told |= names
            yield alternative


def _tell(alternative: Alternative, section: Section, values: Values) -> Iterator[Block]:
    sentence = form_for(alternative, _count(alternative, values))
    names = questions_of(alternative)
    tells = _keys(section, {name for name in values if name in names or name.partition(".")[0] in names})
    for group in _groups(sentence, values):
        end = sentence[-1]
        if isinstance(end, Slot) and end.style in BLOCK_STYLES:
            lead = _say(sentence[:-1], section, group)
            yield from _set_block(end, lead, section, values, tells)
        else:
            yield blocks.Paragraph(_say(sentence, section, group), tells)


def _count(alternative: Alternative, values: Values) -> int:
    if not isinstance(alternative, Counted):
        return 0
    value = values[alternative.by]
    return value if isinstance(value, int) else len(value)


def _groups(sentence: Sentence, values: Values) -> Iterator[Values]:
    """The values once, or once for each choice given in the sentence's grid, with the rows that have it."""
    name = next((part.question for part in sentence if isinstance(part, Slot) and part.style == Style.ROWS), None)
    grid = values.get(name or "")
    if name is None or not isinstance(grid, Mapping):
        yield values
        return
    for choice in dict.fromkeys(grid.values()):
        yield {**values, name: {row: given for row, given in grid.items() if given == choice}}


def _say(sentence: Sentence, section: Section, values: Values) -> str:
    words = [part if isinstance(part, str) else _fill(part, section, values) for part in sentence]
    return "".join(words).rstrip()


def _fill(slot: Slot, section: Section, values: Values) -> str:
    """The words of one answer inside a sentence."""
    question, value = section.question(slot.question), values[slot.question]
    match question:
        case Many() | One():
            words = _say_options(question, value if isinstance(value, tuple) else (str(value),), values)
            return join_words([with_de(word) for word in words] if slot.style == Style.DE else words)
        case Grid(rows=rows, choices=choices):
            given = value if isinstance(value, Mapping) else {}
            if slot.style == Style.ROWS:
                return join_words([row.told for row in rows if row.id in given])
            return next(choice.told for choice in choices if choice.id in given.values())
        case Number(year=year):
            return tell_number(value) if isinstance(value, int) and not year else str(value)
        case Rating() | Text() | Keywords() | None:
            return str(value)
        case _:
            assert_never(question)


def _say_options(question: Many | One, ticked: tuple[str, ...], values: Values) -> list[str]:
    """The words of each option ticked, with those of the venue after one that asks for some."""
    said = []
    for option in question.options:
        if option.id in ticked:
            words = values.get(key_of_words(question, option))
            said.append(wording.say_own_words(option.told, words) if isinstance(words, str) else option.told)
    return said


def _set_block(slot: Slot, lead: str, section: Section, values: Values, tells: tuple[str, ...]) -> Iterator[Block]:
    question, value = section.question(slot.question), values[slot.question]
    several = value if isinstance(value, tuple) else ()
    if lead and not isinstance(question, Rating):
        yield blocks.Paragraph(lead, tells)
    match question:
        case Rating():
            mark = int(str(value))
            text = f"{lead} {wording.say_mark(question, mark)}"
            yield blocks.Rating(lead.removesuffix("\u00a0:"), mark, max(question.marks), text, tells)
        case Many():
            yield blocks.Bullets(tuple(_say_options(question, several, values)), tells)
        case Keywords():
            yield blocks.Keywords(several, tells)
        case Text():
            yield blocks.Quote(str(value), tells)
        case One() | Number() | Grid() | None:
            pass  # no style of theirs is a block
        case _:
            assert_never(question)


def _keys(section: Section, names: frozenset[str] | set[str]) -> tuple[str, ...]:
    return tuple(key for key, question in section.keyed.items() if question.id in names)
