"""Two sheets to be held beside each other: which ones, and the questionnaires that tell them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli import __version__
from impact_cli.cli.parts.account import find_kept, tell_changes
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import quote, say
from impact_cli.report.french import tell_name

if TYPE_CHECKING:
    from impact_cli.answers.keeping.venues import Venue
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.report.blocks import Report
    from impact_cli.report.build import Audience
    from impact_cli.report.comparison.sides import Filled


def find_former(venue: "Venue", edition: str) -> str | None:
    """The edition to compare one with: of an earlier year, else of its own; a finished one first, then the latest."""
    from impact_cli.answers.keeping.names import is_plain, year_of

    others = [other for other in venue.editions if other != edition]
    earlier = [other for other in others if year_of(other) < year_of(edition)]
    candidates = earlier or [other for other in others if year_of(other) == year_of(edition)] or others
    ranks = {other: (other in venue.finished, year_of(other), is_plain(other)) for other in reversed(candidates)}
    return max(ranks, key=ranks.__getitem__, default=None)


def choose_pair(venue: "Venue", latest: str) -> tuple[str, str]:
    """The edition before the latest, and that one; of one year alone the last two voices, if there are two."""
    from impact_cli.answers.keeping.names import is_plain, year_of

    former = require_former(venue, latest)
    voices = [each for each in venue.editions if year_of(each) == year_of(latest) and not is_plain(each)]
    if year_of(former) == year_of(latest) and len(voices) > 1:
        return voices[-2], voices[-1]
    return former, latest


def require_former(venue: "Venue", edition: str) -> str:
    """The same; raises ImpactError where the venue has no other edition."""
    if former := find_former(venue, edition):
        return former
    raise ImpactError(
        f"«\u00a0{tell_name(venue.name)}\u00a0» n’a qu’une édition, {edition}\u00a0: il n’y a encore rien à comparer.",
        f"Répondez pour une autre année (impact survey {quote(shorten(venue.name, 120))} --edition ANNÉE),"
        " ou donnez deux fiches\u00a0: impact compare UNE.json AUTRE.json",
    )


def build_pair(
    paths: tuple[Path, Path], audience: "Audience", today: "Catalogue", others: Sequence[Path] = ()
) -> "Report":
    """The report of two sheets, each told with the questionnaire it was finished with, else with today's.

    `others` are the editions of the venue, for a table over the years.
    """
    from impact_cli.report.comparison.build import build_comparison

    filled = {path: _fill(path, today) for path in dict.fromkeys((*paths, *others))}
    one, other = (filled[path] for path in paths)
    editions = [filled[path] for path in others]
    day = read_clock().date()
    return build_comparison((one, other), day, __version__, audience, editions)


def list_years(venue: "Venue", compared: Sequence[str]) -> list[Path]:
    """The sheets for a table over the years: those that are finished and no voices, and those compared."""
    from impact_cli.answers.keeping.names import is_plain

    return [
        path
        for edition, path in venue.editions.items()
        if edition in compared or (edition in venue.finished and is_plain(edition))
    ]


def _fill(path: Path, today: "Catalogue") -> "Filled":
    """A sheet and the questionnaire that tells it, once it was said what of it is not told."""
    from impact_cli.answers.keeping.store import load_sheet
    from impact_cli.report.comparison.sides import Filled

    sheet = load_sheet(path).sheet
    catalogue = find_kept(path, sheet, today) or today
    for line in tell_changes(catalogue, sheet):
        say(f"{tell_name(sheet.venue)}, {sheet.edition}\u00a0: {line}")
    return Filled(catalogue, sheet)
