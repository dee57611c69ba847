"""The report of many sheets: who is in it, what is worth two minutes, each question in its place, what is not told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile

from impact_cli.answers.keeping.names import fold_name
from impact_cli.catalogue.model import Family, Many, Number, One, Section, Text
from impact_cli.report import wording
from impact_cli.report.blocks import Bar, Bars, Block, Bullets, Fact, Facts, Figures, Heading, Paragraph, Report
from impact_cli.report.build import head_families, presents
from impact_cli.report.french import join_words, lower_first, tell_edition, tell_name
from impact_cli.report.front import MOST_FIGURES
from impact_cli.report.panorama import wording as counting
from impact_cli.report.panorama.aggregate import Aggregate, Tally
from impact_cli.report.panorama.discretion import Told, choose_told, measure
from impact_cli.report.panorama.distribution import (
    Scope,
    name_bars,
    name_question,
    share_bar,
    tell_question,
    tell_quotations,
)
from impact_cli.typography import SEMICOLON

_MOST_EFFECTS = 6  # of each side
_MOST_NAMED = 3  # options of a fact
TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class _Panorama:
    """What is told: the tallies, what may be shown of each, and for whom."""

    aggregate: Aggregate
    tellable: Mapping[str, Told]
    scope: Scope

    @property
    def editions(self) -> list[str]:
        """Those that enough venues have: the name of another may be that of a venue."""
        return sorted(
            tell_edition(each) for each, count in self.aggregate.editions.items() if count >= self.scope.least
        )

    @property
    def has_others(self) -> bool:
        """Whether there are editions that are not named."""
        return len(self.editions) < len(self.aggregate.editions)

    def list_told(self, section: Section) -> Iterator[tuple[Tally, Told]]:
        """The questions of a section that are told, in the order asked."""
        for key in section.keyed:
            if key in self.tellable:
                yield self.aggregate.tallies[key], self.tellable[key]


def build_panorama(aggregate: Aggregate, scope: Scope, today: date, version: str) -> Report:
    """The whole document, public: no word without consent, nothing that fewer than `scope.least` venues said."""
    panorama = _Panorama(aggregate, choose_told(aggregate, scope.least), scope)
    catalogue, editions = aggregate.catalogue, panorama.editions
    title = f"{catalogue.title} {counting.say_of_venues(aggregate.venues)}"
    return Report(
        title=title,
        venue=counting.say_venues(aggregate.venues),
        edition="" if panorama.has_others else "–".join(dict.fromkeys((editions[0], editions[-1]))),
        language=catalogue.language,
        blocks=(
            Heading(1, title, "rapport"),
            *_tell_venues(panorama),
            *_tell_essentials(panorama),
            *head_families(catalogue.families, partial(_tell_sections, panorama), counting.PRESENTED_TITLE),
            *_tell_names(scope),
            *_tell_untold(panorama),
        ),
        colophon=(
            wording.say_questionnaire(catalogue.title, catalogue.version),
            counting.say_made(today, version, aggregate.venues),
            counting.say_discretion(scope.least),
            wording.say_texts(several=aggregate.venues > 1),
        ),
        made=today,
        untold=tuple((key, TOO_FEW) for key in _list_untold(panorama)),
    )


def _tell_venues(panorama: _Panorama) -> Iterator[Block]:
    """Who is in it, in a few facts; what presents them is told in full further on."""
    aggregate, scope = panorama.aggregate, panorama.scope
    yield Heading(2, counting.VENUES_TITLE, counting.VENUES_ANCHOR, front=True)
    families = takewhile(presents, aggregate.catalogue.families)
    told = [each for family in families for section in family.sections for each in panorama.list_told(section)]
    facts = [(fact, tally.key) for tally, told_of in told if (fact := _state_fact(tally, told_of, scope))]
    if facts:
        yield Facts(tuple(fact for fact, _ in facts), tuple(key for _, key in facts))
    apart = counting.say_apart(scope.drafts, aggregate.others)
    who = counting.say_who(aggregate.venues, panorama.editions, others=panorama.has_others)
    yield Paragraph(" ".join(filter(None, (who, apart))))


def _state_fact(tally: Tally, told: Told, scope: Scope) -> Fact | None:
    """What venues have in common, in a line: their most frequent options, or how many different facts they gave."""
    question = tally.question
    if not isinstance(question, Many | One) and not (isinstance(question, Text) and question.public):
        return None
    bars = [block.items[:_MOST_NAMED] for block in tell_question(tally, told, scope) if isinstance(block, Bars)]
    parts = [name_bars(each, as_typed=isinstance(question, Text)) for each in bars]
    if isinstance(question, Text) and tally.counts:
        parts.append(counting.say_different(len(tally.counts), tally.answered))
    said = SEMICOLON.join(filter(None, parts))
    return Fact(name_question(question), said) if said else None


def _tell_essentials(panorama: _Panorama) -> Iterator[Block]:
    """Figures, what has changed and what is difficult, each as long as the other, and a few words."""
    yield Heading(2, wording.ESSENTIALS_TITLE, wording.ESSENTIALS_ANCHOR, front=True)
    yield from _tell_figures(panorama)
    yield from _tell_effects(panorama, difficult=False)
    yield from _tell_effects(panorama, difficult=True)
    chosen = [each for each in panorama.aggregate.quotations if each.key in panorama.tellable]
    if chosen:
        keys = tuple(dict.fromkeys(each.key for each in chosen))
        yield Paragraph(counting.QUOTATIONS, keys)
        yield from tell_quotations(chosen, panorama.scope)


def _tell_figures(panorama: _Panorama) -> Iterator[Block]:
    figures, keys = [], []
    for key in panorama.tellable:
        tally = panorama.aggregate.tallies[key]
        if isinstance(tally.question, Number) and tally.question.headline:
            total = measure(tally.amounts, panorama.scope.least).total
            if total is not None and total > 1:
                figures.append(counting.say_figure(tally.question.headline.many, total))
                keys.append(key)
    if figures:
        yield Figures(tuple(figures[:MOST_FIGURES]), tuple(keys[:MOST_FIGURES]))


def _tell_effects(panorama: _Panorama, *, difficult: bool) -> Iterator[Block]:
    """The effects of this side that most venues named: the bars of both sides are drawn against all venues."""
    found: list[tuple[Bar, str]] = []
    for section in panorama.aggregate.catalogue.sections:
        for tally, told in panorama.list_told(section):
            if isinstance(tally.question, Many | One) and not section.opening:
                for option in tally.question.options:
                    if option.id in told.shown and (option.difficulty if difficult else option.change):
                        label = f"{section.title}\u00a0: {lower_first(option.label)}"
                        found.append((share_bar(label, told.shown[option.id], tally.answered), tally.key))
    found.sort(key=lambda each: -each[0].value)
    found = found[:_MOST_EFFECTS]
    if not found:
        yield Paragraph(counting.say_no_effect(panorama.scope.least, difficult=difficult))
        return
    keys = tuple(dict.fromkeys(key for _, key in found))
    caption = counting.DIFFICULT if difficult else counting.CHANGED
    yield Bars(caption, panorama.scope.venues, tuple(bar for bar, _ in found), keys)


def _tell_sections(panorama: _Panorama, family: Family) -> Iterator[Block]:
    for section in family.told_sections:
        told = [
            block
            for tally, told_of in panorama.list_told(section)
            for block in tell_question(tally, told_of, panorama.scope)
        ]
        if told and (not section.opening or presents(family)):
            yield Heading(3, section.title, section.id)
        yield from told


def _tell_names(scope: Scope) -> Iterator[Block]:
    """Who they are, after all that they say: the first page has no room for hundreds of names."""
    if scope.names:
        names = sorted(scope.names, key=lambda name: (fold_name(name), name))
        yield Heading(2, counting.NAMES_TITLE, counting.NAMES_ANCHOR)
        yield Paragraph(counting.say_names([tell_name(name) for name in names]))


def _tell_untold(panorama: _Panorama) -> Iterator[Block]:
    """A line for each section with questions of which nothing is told."""
    yield Heading(2, counting.UNTOLD_TITLE, counting.UNTOLD_ANCHOR)
    untold = set(_list_untold(panorama))
    lines = []
    for section in panorama.aggregate.catalogue.sections:
        topics = [question.topic for question in section.written if f"{section.id}.{question.id}" in untold]
        if topics:
            lines.append(f"{section.title} – {join_words(topics)}.")
    if lines:
        yield Paragraph(counting.say_why_untold(panorama.scope.least))
        yield Bullets(tuple(lines))
    else:
        yield Paragraph(counting.ALL_TOLD)


def _list_untold(panorama: _Panorama) -> Iterator[str]:
    """Every question that is asked, or was answered, and is not told."""
    for key, tally in panorama.aggregate.tallies.items():
        if key not in panorama.tellable and (tally.question.asked or tally.answered):
            yield key
