"""The parts of a comparison: the first page, what differs by section, and what cannot be compared."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import assert_never

from impact_cli.answers.following import is_of_version
from impact_cli.answers.sheet import Status, Value
from impact_cli.catalogue.model import Family, Grid, Keywords, Many, Number, One, Rating, Section, Text
from impact_cli.report.blocks import Block, Heading, Paragraph, Quote, list_under
from impact_cli.report.build import head_families
from impact_cli.report.comparison import wording
from impact_cli.report.comparison.changes import Change, Limit, Lists, Story, Values
from impact_cli.report.comparison.compared import Compared
from impact_cli.report.comparison.pairs import Relation
from impact_cli.report.comparison.tables import tell_tables
from impact_cli.report.french import join_words, list_labels, lower_first, raise_first, tell_number
from impact_cli.report.front import is_effect, shorten_line
from impact_cli.report.wording import ESSENTIALS_ANCHOR, ESSENTIALS_TITLE, say_mark
from impact_cli.typography import COLON, SEMICOLON


def tell_essentials(compared: Compared) -> Iterator[Block]:
    """How much differs; effects and difficulties that one sheet alone has; numbers and marks beside each other."""
    yield Heading(2, ESSENTIALS_TITLE, ESSENTIALS_ANCHOR, front=True)
    differing = {change.key for change in compared.changes if isinstance(change, Lists | Values) and change.differs}
    known = {change.key for change in compared.changes if isinstance(change, Lists | Values)}
    told = differing or [each for each in compared.changes if isinstance(each, Story) and is_told(compared, each)]
    if known and not told:
        partly = any(isinstance(change, Limit) for change in compared.changes)
        yield Paragraph(wording.say_nothing_changed(compared.pair, partly=partly))
        return
    yield Paragraph(wording.say_sum(compared.pair, len(known - differing), len(differing)))
    for difficult in (False, True):
        for side in compared.sides_told:
            yield from _tell_effects(compared, side, difficult=difficult)
    pair = compared.pair
    yield from tell_tables(compared.terms, compared.sides, pair.labels, with_difference=pair.in_order)


def _tell_effects(compared: Compared, side: int, *, difficult: bool) -> Iterator[Block]:
    """A line for each section with effects, or difficulties, that this sheet alone has."""
    lines: dict[str, list[str]] = {}
    keys: list[str] = []
    for section in compared.terms.sections:
        for change in compared.of_section(section.id):
            options = [compared.option(change.key, each) for each in _list_only(change, side)]
            flagged = [option for option in options if option and is_effect(option, difficult=difficult)]
            if flagged and not section.opening:
                words = [lower_first(option.label) for option in flagged]
                lines.setdefault(section.title, []).extend(shorten_line(words, compared.mark(change.key)))
                keys.append(change.key)
    told = (f"{title}{COLON}{list_labels(words)}" for title, words in lines.items())
    yield from list_under(wording.say_effects(compared.pair, side, difficult=difficult), told, keys)


def _list_only(change: Change, side: int) -> tuple[str, ...]:
    """The ids of the options that one sheet alone has."""
    match change:
        case Lists(only=only):
            return only[side]
        case Values(values=values, differs=True):
            chosen = values[side]
            return (chosen,) if isinstance(chosen, str) else chosen if isinstance(chosen, tuple) else ()
        case _:
            return ()


def tell_changes(compared: Compared) -> Iterator[Block]:
    """What differs, by family and section; of two voices or venues, what both say too."""
    presenting = wording.VENUES_TITLE if compared.pair.relation is Relation.VENUES else ""
    yield from head_families(compared.terms.families, partial(_tell_family, compared), presenting)


def _tell_family(compared: Compared, family: Family) -> Iterator[Block]:
    opening = [section for section in family.sections if section.opening]
    yield from _tell(compared, [change for section in opening for change in compared.of_section(section.id)])
    for section in family.sections:
        if not section.opening:
            yield from _tell_section(compared, section)


def _tell_section(compared: Compared, section: Section) -> Iterator[Block]:
    if told := [*_tell(compared, compared.of_section(section.id))]:
        yield Heading(3, section.title, section.id)
        yield from told


def _tell(compared: Compared, changes: Sequence[Change]) -> Iterator[Block]:
    if compared.pair.relation in {Relation.VOICES, Relation.VENUES}:
        yield from _tell_both(compared, changes)
    for side in compared.sides_told:
        yield from _tell_only(compared, changes, side)
    yield from _tell_values(compared, changes)
    yield from _tell_stories(compared, changes)


def _tell_both(compared: Compared, changes: Sequence[Change]) -> Iterator[Block]:
    lines: list[tuple[str, str]] = []
    for change in changes:
        match change:
            case Lists(key=key, both=both) if both:
                lines.append((key, _say_list(compared, key, both)))
            case Values(key=key, row=row, values=(value, _), differs=False):
                topic = raise_first(compared.subject(key, row))
                lines.append((key, f"{topic}{COLON}{_say_value(compared, key, value)}{compared.mark(key)}"))
    yield from _list_told(f"{raise_first(compared.pair.both)}\u00a0:", lines)


def _tell_only(compared: Compared, changes: Sequence[Change], side: int) -> Iterator[Block]:
    lines = [
        (change.key, _say_list(compared, change.key, change.only[side], (side,)))
        for change in changes
        if isinstance(change, Lists) and change.only[side]
    ]
    yield from _list_told(wording.say_only(compared.pair, side), lines)


def _tell_values(compared: Compared, changes: Sequence[Change]) -> Iterator[Block]:
    lines = [
        (change.key, _say_values(compared, change))
        for change in changes
        if isinstance(change, Values) and change.differs
    ]
    yield from _list_told(wording.DIFFERENT, lines)


def _tell_stories(compared: Compared, changes: Sequence[Change]) -> Iterator[Block]:
    for story in changes:
        if isinstance(story, Story) and is_told(compared, story):
            topic = raise_first(compared.subject(story.key))
            lead = f"{topic}, {compared.pair.inside[story.side]}{compared.mark_of(story.side, story.key)}\u00a0:"
            yield Paragraph(lead, (story.key,))
            yield Quote(story.words, (story.key,))


def is_told(compared: Compared, story: Story) -> bool:
    """Whether words are told: of two years the later ones, for words that are not said again are no change."""
    return story.side == 1 or not compared.pair.in_order


def _say_list(compared: Compared, key: str, words: Sequence[str], told: Sequence[int] = (0, 1)) -> str:
    labels = list_labels([compared.label(key, each) for each in words])
    return f"{raise_first(compared.subject(key))}{COLON}{labels}{compared.mark(key, told)}"


def _say_values(compared: Compared, change: Values) -> str:
    former, latter = change.values
    words = (_say_value(compared, change.key, former), _say_value(compared, change.key, latter))
    question = compared.question(change.key)
    counts = isinstance(question, Number) and not question.year and compared.pair.in_order
    step = latter - former if counts and isinstance(former, int) and isinstance(latter, int) else None
    topic = compared.subject(change.key, change.row)
    return f"{wording.say_values(compared.pair, topic, words, step)}{compared.mark(change.key)}"


def _say_value(compared: Compared, key: str, value: Value) -> str:
    question = compared.question(key)
    match question:
        case Number(year=year) if isinstance(value, int):
            return str(value) if year else tell_number(value)
        case Rating() if isinstance(value, int):
            return say_mark(question, value)
        case One() | Grid():
            return compared.label(key, str(value))
        case Many() if isinstance(value, tuple):
            return list_labels([compared.label(key, each) for each in value])
        case Many() | Keywords() | Text() | Number() | Rating():
            return str(value)
        case _:
            assert_never(question)


def _list_told(lead: str, lines: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """The lines, each with the question it tells."""
    return list_under(lead, (line for _, line in lines), (key for key, _ in lines))


def tell_limits(compared: Compared) -> Iterator[Block]:
    """What one sheet does not say, or could not, a line for each section; nothing where there is no such thing."""
    titles = {
        section.id: section.title
        for catalogue in (*(side.filled.catalogue for side in compared.sides), compared.terms)
        for section in catalogue.sections
    }
    order = [section.id for section in compared.terms.sections]
    order += [name for name in titles if name not in order]
    lines = [line for name in order if (line := _say_limits(compared, titles[name], compared.of_section(name)))]
    cautions = [*_warn(compared)]
    if lines or cautions:
        yield Heading(2, wording.LIMITS_TITLE, wording.LIMITS_ANCHOR)
        yield from (Paragraph(caution) for caution in cautions)
    yield from list_under(wording.NO_CHANGE, lines)


def list_untold(compared: Compared) -> Iterator[tuple[str, str]]:
    """All that does not compare, by key, with the reason."""
    for change in compared.changes:
        if isinstance(change, Limit):
            keys = [f"{change.key}.{option}" for option in change.options] or [change.key]
            yield from ((key, str(change.reason)) for key in keys)


def _warn(compared: Compared) -> Iterator[str]:
    """What to know of a sheet that is not finished, or of which nobody can tell what it was asked."""
    unfinished: list[str] = []
    for side, label in zip(compared.sides, compared.pair.labels, strict=True):
        sheet, catalogue = side.filled.sheet, side.filled.catalogue
        if sheet.origin:
            yield wording.say_read_back(label)
        elif not is_of_version(catalogue, sheet):
            yield wording.say_other_questionnaire(label, sheet.catalogue.version)
        if sheet.status is Status.IN_PROGRESS and not sheet.origin:
            unfinished.append(label)
    if unfinished:
        yield wording.say_in_progress(unfinished)


def _say_limits(compared: Compared, title: str, changes: Sequence[Change]) -> str:
    about: dict[str, dict[str, list[str]]] = {}
    for change in changes:
        if isinstance(change, Limit):
            lead = wording.say_limit(compared.pair, change.side, change.reason)
            about.setdefault(lead, {}).setdefault(change.key, []).extend(change.options)
    parts = [
        f"{lead}{COLON}{join_words([compared.subject(key, *options) for key, options in subjects.items()])}"
        for lead, subjects in about.items()
    ]
    return f"{title} – {SEMICOLON.join(parts)}." if parts else ""
