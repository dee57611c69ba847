"""The name of a venue corrected, in all of its sheets; its folder and its history follow."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError, explain_os_error
from impact_cli.printing import offer, say
from impact_cli.report.french import tell_name

if TYPE_CHECKING:
    from impact_cli.answers.keeping.venues import Venue


def correct_name(venue: "Venue", name: str, home: Path | None) -> None:
    """Write the name anew, and say so; the folder follows where it lies in a home. Raises ImpactError."""
    from impact_cli.answers.keeping.venues import find_venue

    other = find_venue(home, name) if home else None
    if other and other.folder != venue.folder:
        raise ImpactError(
            f"«\u00a0{tell_name(other.name)}\u00a0» a déjà ses fiches, dans {other.folder}.",
            "Donnez un nom qu’aucun lieu ne porte.",
        )
    _write_name(venue, name, home)
    place = _follow_name(home, venue, name) if home else venue.folder
    say(f"«\u00a0{tell_name(venue.name)}\u00a0» s’appelle maintenant «\u00a0{name}\u00a0».")
    offer("Ses fiches sont dans\u00a0:", str(place))


def _write_name(venue: "Venue", name: str, home: Path | None) -> None:
    """Save each sheet under the name, the one that names the venue last: who was interrupted begins again.

    Those in the bin go first, for nobody would look for them under a name that no venue has. Raises ImpactError, before
    anything has changed, where one of them may not be written, or somebody writes in it, or in one that is not saved
    yet, which would keep the former name.
    """
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.locks import list_signed, lock_sheet
    from impact_cli.answers.keeping.store import load_sheet, refuse_unwritable, save_sheet

    with ExitStack() as stack:
        for path in {*list_signed(venue.folder)} - {*venue.editions.values()}:
            stack.enter_context(lock_sheet(path, venue.name))
        sheets = [stack.enter_context(editing(load_sheet(path))) for path in venue.editions.values()]
        for stored in sheets:
            refuse_unwritable(stored)
        if home:
            _write_name_in_bin(home, venue, name)
        for stored in sheets:
            save_sheet(replace(stored, sheet=replace(stored.sheet, venue=name)))


def _write_name_in_bin(home: Path, venue: "Venue", name: str) -> None:
    """Give deleted sheets the name too, so that they come back to their venue; say which cannot be given it."""
    from impact_cli.answers.keeping.bin import list_discarded
    from impact_cli.answers.keeping.names import fold_name
    from impact_cli.answers.keeping.store import load_sheet, save_sheet

    for discarded in list_discarded(home):
        if fold_name(discarded.venue) != fold_name(venue.name):
            continue
        sheet = discarded.folder / f"{discarded.edition}.json"
        try:
            stored = load_sheet(sheet)
            save_sheet(replace(stored, sheet=replace(stored.sheet, venue=name)))
        except ImpactError as error:
            say(f"Une fiche de la corbeille garde l’ancien nom. {error.message}")


def _follow_name(home: Path, venue: "Venue", name: str) -> Path:
    """Give the folder the name that a new venue's would have, where it is free."""
    from impact_cli.answers.keeping.names import slug_of
    from impact_cli.files import move_file, uninterrupted

    place = home / slug_of(name)
    if place == venue.folder or place.exists():
        return venue.folder
    try:
        with uninterrupted():
            move_file(venue.folder, place)
    except OSError as error:
        say(f"Le dossier garde son ancien nom ({explain_os_error(error)}).")
        return venue.folder
    return place
