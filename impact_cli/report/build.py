"""The report of a sheet: all of what was answered, and then all of what was not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import takewhile

from impact_cli.answers.consent import texts_of
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.model import Catalogue, Family, Section
from impact_cli.report import wording
from impact_cli.report.blocks import Block, Heading, Paragraph, Report
from impact_cli.report.french import name_with_de, tell_edition, tell_name
from impact_cli.report.front import gather_facts, tell_essentials
from impact_cli.report.silences import list_untold, tell_silences
from impact_cli.report.tellable import Tellable, find_tellable, mark_answers
from impact_cli.report.telling import Values, tell_section


class Audience(StrEnum):
    """Who a report is for, which decides what becomes of words that the venue has not given to be published.

    The public's report leaves them out. The venue's own SCREEN shows them, marked. An INTERNAL document holds them,
    marked, and says on every page what it is.
    """

    PUBLIC = "public"
    SCREEN = "screen"
    INTERNAL = "internal"

    @property
    def notice(self) -> str:
        """What its pages say of themselves."""
        return wording.INTERNAL if self is Audience.INTERNAL else ""


def build_report(
    catalogue: Catalogue, sheet: Sheet, today: date, version: str, audience: Audience = Audience.PUBLIC
) -> Report:
    """The whole document. `today` and `version` (of this program) are printed at its foot and nowhere else."""
    told = find_tellable(catalogue, sheet, public=audience is Audience.PUBLIC)
    title = " – ".join(filter(None, (f"{catalogue.title} {name_with_de(sheet.venue)}", audience.notice)))
    return Report(
        title=title,
        venue=tell_name(sheet.venue),
        edition=_known_edition(sheet),
        language=catalogue.language,
        blocks=(
            Heading(1, title, "rapport"),
            *_tell_families(told, sheet.quotation),
            *tell_silences(told),
        ),
        colophon=tuple(_tell_colophon(sheet, told, today, version, audience)),
        made=today,
        untold=tuple(list_untold(told)),
        notice=audience.notice,
    )


def tell_one_section(catalogue: Catalogue, sheet: Sheet, section: Section) -> list[Block]:
    """What one section adds to the report, as its venue reads it: consent is asked after, and not marked here."""
    told = find_tellable(catalogue, sheet, public=False)
    return _tell(replace(told, marks=mark_answers(sheet, frozenset())), section)


def _known_edition(sheet: Sheet) -> str:
    """The edition, "" where the sheet was read from a report and nobody said it."""
    return tell_edition(sheet.edition) if sheet.origin is None or sheet.origin.edition_said else ""


def _tell_families(told: Tellable, quotation: str | None) -> Iterator[Block]:
    """The parts of the first page, then the families of effects; those before the first effects present the venue."""
    families = told.catalogue.families
    presenting = [*takewhile(presents, families)]
    for family in presenting:
        if facts := [block for section in family.told_sections for block in _tell(told, section)]:
            yield Heading(2, family.title, family.id, front=True)
            yield from gather_facts(facts)
    yield from tell_essentials(told, quotation)
    yield from head_families(families[len(presenting) :], partial(_tell_sections, told))


def head_families(
    families: Sequence[Family], tell: Callable[[Family], Iterator[Block]], presenting: str = ""
) -> Iterator[Block]:
    """What is told of each family under its title, or under the `presenting` one; those of effects are numbered."""
    accent = 0
    for family in families:
        of_effects = not presents(family)
        accent += of_effects
        if told := [*tell(family)]:
            title = family.title if of_effects else presenting or family.title
            yield Heading(2, title, family.id, accent if of_effects else 0)
            yield from told


def presents(family: Family) -> bool:
    """Whether a family tells no effects, but who answers: all of it stands right under its title."""
    return all(section.opening for section in family.sections)


def _tell_sections(told: Tellable, family: Family) -> Iterator[Block]:
    for section in family.told_sections:
        blocks = _tell(told, section)
        if blocks and not section.opening:
            yield Heading(3, section.title, section.id)
        yield from blocks


def _tell(told: Tellable, section: Section) -> list[Block]:
    """A section's blocks; answers that contradict each other are named after which of them was asked last."""
    blocks = tell_section(section, _values_of(section, told.values), told.marks)
    for each in told.contradictions:
        if each.section == section.id:
            topics = [told.catalogue.questions[key].topic for key in each.keys]
            blocks.append(Paragraph(wording.say_contradiction(topics), each.keys))
    return blocks


def _values_of(section: Section, values: Mapping[str, Value]) -> Values:
    return {question.id: values[key] for key, question in section.keyed.items() if key in values}


def _tell_colophon(sheet: Sheet, told: Tellable, today: date, version: str, audience: Audience) -> Iterator[str]:
    if audience is Audience.INTERNAL:
        yield wording.INTERNAL_NOTICE
    yield tell_foot(sheet)
    yield wording.say_questionnaire(told.catalogue.title, told.catalogue.version)
    yield wording.say_made(today, version, read_back=told.read_back)
    if audience is Audience.PUBLIC and not told.values.keys().isdisjoint(texts_of(told.catalogue, sheet)):
        yield wording.say_texts(read_back=told.read_back)


def tell_foot(sheet: Sheet) -> str:
    """The line of the foot about a sheet."""
    if sheet.origin is None:
        return wording.say_edition(tell_edition(sheet.edition), sheet.status, sheet.changed.date())
    return wording.say_read_back(_known_edition(sheet), sheet.origin.read, sheet.changed)
