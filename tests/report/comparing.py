"""Comparisons for tests: two sheets, the report of both, and its lines under their headings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from writing import new_sheet

from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.report.blocks import Bullets, Heading, Report
from impact_cli.report.build import Audience
from impact_cli.report.comparison.build import build_comparison
from impact_cli.report.comparison.sides import Filled
from impact_cli.report.comparison.wording import LIMITS_TITLE

DAY = date(2026, 3, 1)
Answers = Mapping[str, Value]


def sheet_of(
    catalogue: Catalogue, edition: str, answers: Answers, silences: Mapping[str, Silence] | None = None
) -> Sheet:
    """The sheet of La Remise for an edition, all of whose words may be published."""
    return replace(new_sheet(catalogue, answers, silences), edition=edition)


def compare(
    catalogue: Catalogue,
    one: Sheet,
    other: Sheet,
    audience: Audience = Audience.PUBLIC,
    former: Catalogue | None = None,
) -> Report:
    """The comparison of two sheets, the first of which may have been answered with a `former` catalogue."""
    return build_comparison((Filled(former or catalogue, one), Filled(catalogue, other)), DAY, "1.0", audience)


def lines_of(report: Report) -> dict[str, list[str]]:
    """The lines of lists by the heading above them, with plain spaces."""
    found: dict[str, list[str]] = {}
    title = ""
    for block in report.blocks:
        if isinstance(block, Heading):
            title = block.text
        if isinstance(block, Bullets):
            found.setdefault(title, []).extend(map(plain, block.items))
    return found


def limits_of(report: Report) -> list[str]:
    """What cannot be compared."""
    return lines_of(report).get(LIMITS_TITLE, [])


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
