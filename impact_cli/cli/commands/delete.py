"""impact delete: a sheet to the bin, once it was asked, and back from there."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.choosing import choose, choose_edition, choose_venue, confirm
from impact_cli.cli.parts.parameters import Edition, Home, VenueWords, find_home, is_path, join_name, name_home
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import offer, quote, say
from impact_cli.report.french import tell_name, tell_sheet

if TYPE_CHECKING:
    from impact_cli.answers.keeping.bin import Discarded


def delete(
    venue: VenueWords = None,
    edition: Edition = None,
    restore: Annotated[
        bool, typer.Option("--restore", help="Reprendre dans la corbeille une fiche supprimée.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ne pas demander de confirmation.")] = False,
    home: Home = None,
) -> None:
    """Put a sheet into the bin, or take it back from there."""
    folder = find_home(home)
    name = join_name(venue)
    if name and is_path(name):
        raise ImpactError(
            "«\u00a0impact delete\u00a0» ne connaît que les lieux du dossier des fiches.",
            "Ailleurs, supprimez le fichier vous-même.",
            exit_code=2,
        )
    if restore:
        _restore(folder, name, edition)
    else:
        _discard(folder, name, edition, yes=yes)


def _discard(home: Path, name: str | None, edition: str | None, *, yes: bool) -> None:
    from impact_cli.answers.keeping.bin import discard
    from impact_cli.answers.keeping.venues import require_venue

    venue = require_venue(home, name, whole=yes) if name else choose_venue(home, alone=False)
    chosen = choose_edition(venue, edition)
    if not yes and not _confirm(venue.name, chosen):
        say("Rien n’a été supprimé.")
        raise typer.Exit(1)
    moved = discard(home, venue.editions[chosen], read_clock())
    offer("La fiche est dans la corbeille\u00a0:", str(moved))
    back = f"impact delete --restore {quote(venue.folder.name)} --edition {chosen}{name_home(home)}"
    offer("Pour la reprendre\u00a0:", back)


def _confirm(venue: str, edition: str) -> bool:
    return confirm(
        f"Supprimer la fiche de «\u00a0{tell_name(venue)}\u00a0», édition {edition}\u202f?",
        "Non, la garder",
        "Oui, la mettre à la corbeille",
        ImpactError("Une suppression se confirme dans un terminal.", "Ou ajoutez --yes.", exit_code=2),
    )


def _restore(home: Path, name: str | None, edition: str | None) -> None:
    from impact_cli.answers.keeping.bin import bring_back, list_discarded
    from impact_cli.answers.keeping.names import fold_name

    everything = list_discarded(home)
    wanted = fold_name(name or "")
    found = [each for each in everything if not name or wanted in {fold_name(each.venue), fold_name(each.origin.name)}]
    found = [each for each in found if edition in {None, each.edition, each.folder.name}]
    if not found:
        of_what = f" de «\u00a0{shorten(name)}\u00a0»" if name else ""
        raise ImpactError(f"La corbeille n’a pas de fiche{of_what}.", _tell_contents(everything))
    sheet = bring_back(_choose_discarded(found))
    offer("La fiche est revenue\u00a0:", str(sheet))


def _choose_discarded(found: "list[Discarded]") -> "Discarded":
    """The only one, or the one chosen; the name of its folder says which, when and apart from every other."""
    if len(found) == 1:
        return found[0]
    names = [each.folder.name for each in found]
    refusal = ImpactError(
        f"La corbeille a {len(found)} fiches de «\u00a0{tell_name(found[0].venue)}\u00a0»\u00a0: {', '.join(names)}.",
        f"Ajoutez par exemple --edition {names[-1]}.",
        exit_code=2,
    )
    return found[choose("Quelle fiche reprendre\u202f?", [*map(_tell_discarded, found)], refusal)]


def _tell_discarded(discarded: "Discarded") -> str:
    when = f"{discarded.deleted:%d/%m/%Y à %H h %M}" if discarded.deleted else discarded.folder.name
    return f"{tell_sheet(discarded.venue, discarded.edition)}, supprimée le {when}"


def _tell_contents(discarded: "list[Discarded]") -> str:
    names = dict.fromkeys(f"{tell_name(each.venue)} ({each.edition})" for each in discarded)
    return f"Elle contient\u00a0: {', '.join(names)}." if names else "Rien n’a été supprimé."
