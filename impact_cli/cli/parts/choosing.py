"""What a command has to know and was not told: which venue, which edition, yes or no."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import typer

from impact_cli.cli.parts.parameters import expand, is_path, name_edition
from impact_cli.cli.parts.prompting import is_interactive, open_prompter
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import offer, quote, say
from impact_cli.report.french import tell_name

if TYPE_CHECKING:
    from impact_cli.answers.keeping.venues import Venue

_NO, _YES = "no", "yes"


def confirm(title: str, no: str, yes: str, refusal: ImpactError) -> bool:
    """Whether somebody at a terminal says yes; where nobody is, the refusal is raised."""
    if not is_interactive():
        raise refusal
    from impact_cli.survey.prompter import Choice

    return open_prompter().choose(title, [Choice(_NO, no), Choice(_YES, yes)]) == _YES


def choose(title: str, labels: Sequence[str], refusal: ImpactError) -> int:
    """The rank of the line that somebody at a terminal chooses; where nobody is there, the refusal is raised."""
    if not is_interactive():
        raise refusal
    from impact_cli.survey.prompter import Choice

    chosen = open_prompter().choose(title, [Choice(str(rank), label) for rank, label in enumerate(labels)])
    if chosen is None:
        raise typer.Abort
    return int(chosen)


def find_sheet(home: Path, venue: str | None, edition: str | None) -> Path:
    """The sheet of the edition named, else of the last that is finished; of the only venue, or one chosen.

    Editions in progress after that one are named, each with the way to it.
    """
    if venue and is_path(venue):
        return Path(venue)
    found = find_named(home, venue) if venue else choose_venue(home)
    if edition is not None:
        return found.editions[find_edition(found, edition)]
    offer_later(found, [found.told])
    return found.editions[found.told]


def find_named(home: Path, *words: str) -> "Venue":
    """The venue of that name. Raises ImpactError with near names, or says what to do with a file that is no sheet."""
    from impact_cli.answers.keeping.venues import require_venue

    for word in words:
        refuse_file(home, word)
    return require_venue(home, " ".join(words))


def refuse_file(home: Path, given: str) -> None:
    """Raise ImpactError where a file was given for a venue that no sheet is of: with the command that reads it."""
    from impact_cli.answers.keeping.venues import find_venue

    path = expand(given)
    if (path.suffix or len(path.parts) > 1) and path.is_file() and not find_venue(home, given):
        raise ImpactError(
            f"{shorten(given)}\u00a0: ce fichier n’est pas une fiche.",
            f"Si c’est un rapport, une table ou des envois, relisez-le d’abord\u00a0: impact import {quote(given)}",
        )


def find_edition(venue: "Venue", edition: str) -> str:
    """The edition of that name. Raises ImpactError with those that the venue has."""
    from impact_cli.answers.keeping.names import check_edition

    if check_edition(edition) not in venue.editions:
        raise ImpactError(
            f"«\u00a0{tell_name(venue.name)}\u00a0» n’a pas d’édition {edition}.",
            f"Ses éditions\u00a0: {', '.join(venue.editions)}.",
        )
    return edition


def offer_later(venue: "Venue", shown: Sequence[str]) -> None:
    """Name the editions in progress that are later than the one told, and are not shown either."""
    told, editions = venue.told, [*venue.editions]
    if later := [each for each in editions[editions.index(told) + 1 :] if each not in shown]:
        command = click.get_current_context().info_name
        say(f"Voici l’édition {told}, la dernière qui est terminée.")
        for edition in later:
            offer(
                f"Édition {edition}, en cours\u00a0:",
                f"impact {command} {name_edition(venue.folder.parent, venue.name, edition)}",
            )


def choose_venue(home: Path, *, alone: bool = True) -> "Venue":
    """The one chosen from a list of venues; the only one there is, unless that is to be chosen too."""
    from impact_cli.answers.keeping.venues import list_venues

    venues = list_venues(home)
    if alone and len(venues) == 1:
        return venues[0]
    if not venues:
        raise ImpactError(
            f"Aucune fiche dans {home}.", "Commencez la vôtre\u00a0: impact survey. Pour un exemple\u00a0: impact demo."
        )
    from impact_cli.survey.opening import VENUE_TITLE

    names = [tell_name(venue.name) for venue in venues]
    refusal = ImpactError(VENUE_TITLE, f"Vos lieux\u00a0: {', '.join(names)}.", exit_code=2)
    return venues[choose(VENUE_TITLE, names, refusal)]


def choose_edition(venue: "Venue", edition: str | None) -> str:
    """The edition of that name; the only one there is, or one chosen, where none is named."""
    if edition and venue.editions:
        return find_edition(venue, edition)
    if len(venue.editions) < 2:  # noqa: PLR2004  nothing to choose from
        return venue.latest.stem
    refusal = ImpactError(
        f"«\u00a0{tell_name(venue.name)}\u00a0» a plusieurs éditions.",
        f"Ses éditions\u00a0: {', '.join(venue.editions)}. Ajoutez --edition.",
        exit_code=2,
    )
    editions = [*venue.editions]
    return editions[choose(f"Quelle édition de «\u00a0{tell_name(venue.name)}\u00a0»\u202f?", editions, refusal)]
