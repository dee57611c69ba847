"""The report of two sheets beside each other: where they say other things, and what cannot be compared."""

from collections.abc import Iterator, Sequence
from datetime import date

from impact_cli.answers.consent import texts_of
from impact_cli.answers.keeping.venues import rank_edition
from impact_cli.report.blocks import Block, Heading, Report, tells_of
from impact_cli.report.build import Audience, tell_foot
from impact_cli.report.comparison import wording
from impact_cli.report.comparison.changes import compare_sides
from impact_cli.report.comparison.compared import Compared
from impact_cli.report.comparison.pairs import Relation, name_edition, name_pair, order_pair
from impact_cli.report.comparison.parts import list_untold, tell_changes, tell_essentials, tell_limits
from impact_cli.report.comparison.sides import Filled, Side, choose_terms, read_side
from impact_cli.report.comparison.tables import tell_tables
from impact_cli.report.french import join_words, name_with_de, tell_name
from impact_cli.report.wording import INTERNAL_NOTICE, say_questionnaire, say_texts

_SEVERAL = 3  # editions, for a table over the years


def build_comparison(
    pair: tuple[Filled, Filled],
    today: date,
    version: str,
    audience: Audience = Audience.PUBLIC,
    editions: Sequence[Filled] = (),
) -> Report:
    """The whole document; two sheets that no year puts in order give the same one whichever comes first.

    `editions` are those of the venue, for a table over the years where there are more than two.
    """
    pair = order_pair(*pair)
    terms, sheets = choose_terms(*pair), [filled.sheet for filled in pair]
    one, other, *years = (read_side(terms, each, public=audience is Audience.PUBLIC) for each in (*pair, *editions))
    compared = Compared(terms, (one, other), name_pair(*sheets), compare_sides(terms, (one, other)))
    blocks = (
        *tell_essentials(compared),
        *tell_changes(compared),
        *_tell_years(years, compared),
        *tell_limits(compared),
    )
    venues = [sheet.venue for sheet in sheets]
    said = wording.say_title(terms.title, [*dict.fromkeys(map(name_with_de, venues))], compared.pair)
    title = " – ".join(filter(None, (said, audience.notice)))
    return Report(
        title=title,
        venue=join_words([*dict.fromkeys(map(tell_name, venues))]),
        edition=join_words([*dict.fromkeys(map(name_edition, sheets))]),
        language=terms.language,
        blocks=(Heading(1, title, "rapport"), *blocks),
        colophon=tuple(_tell_colophon(compared, blocks, today, version, audience)),
        made=today,
        notice=audience.notice,
        untold=tuple(list_untold(compared)),
    )


def _tell_years(editions: Sequence[Side], compared: Compared) -> Iterator[Block]:
    """Numbers and marks of all editions, where there are more than the two that are compared."""
    if len(editions) < _SEVERAL:
        return
    ordered = sorted(editions, key=lambda side: rank_edition(side.filled.sheet.edition, side.filled.sheet))
    labels = [name_edition(side.filled.sheet) for side in ordered]
    if tables := [*tell_tables(compared.terms, ordered, labels)]:
        yield Heading(2, wording.YEARS_TITLE, wording.YEARS_ANCHOR)
        yield from tables


def _tell_colophon(
    compared: Compared, blocks: Sequence[Block], today: date, version: str, audience: Audience
) -> Iterator[str]:
    pair, of_venues = [side.filled for side in compared.sides], compared.pair.relation is Relation.VENUES
    if audience is Audience.INTERNAL:
        yield INTERNAL_NOTICE
    for filled in pair:
        yield (f"{tell_name(filled.sheet.venue)} – " if of_venues else "") + tell_foot(filled.sheet)
    yield from dict.fromkeys(say_questionnaire(filled.catalogue.title, filled.catalogue.version) for filled in pair)
    yield wording.say_made(today, version)
    told = {key for block in blocks for key in tells_of(block)}
    quoted = any(not told.isdisjoint(texts_of(filled.catalogue, filled.sheet)) for filled in pair)
    if quoted and audience is Audience.PUBLIC:
        yield say_texts(read_back=all(filled.sheet.origin for filled in pair), several=of_venues)
