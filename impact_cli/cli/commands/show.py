"""impact show: the report of a sheet, in the terminal or in a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.choosing import find_sheet
from impact_cli.cli.parts.formats import Format, choose_format
from impact_cli.cli.parts.output import Force, Output
from impact_cli.cli.parts.parameters import Edition, Home, Questions, VenueWords, find_home, join_name
from impact_cli.cli.parts.reporting import Internal, Open, Trace, build, choose_audience, write_report
from impact_cli.printing import say

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue


def show(
    venue: VenueWords = None,
    edition: Edition = None,
    form: Format = None,
    output: Output = None,
    open_it: Open = False,
    force: Force = False,
    trace: Trace = False,
    internal: Internal = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Show the report of a venue, or write it to a file without the texts that are not to be published."""
    from impact_cli.answers.keeping.store import load_sheet

    chosen = choose_format(form, output)
    folder = find_home(home)
    path = find_sheet(folder, join_name(venue), edition)
    sheet = load_sheet(path).sheet
    catalogue = _choose_words(path, sheet, questions)
    audience = choose_audience(chosen, output, open_it=open_it, internal=internal)
    report = build(catalogue, sheet, audience, trace=trace)
    write_report(report, chosen, output, home=folder, force=force, open_it=open_it)


def _choose_words(path: Path, sheet: "Sheet", questions: Path | None) -> "Catalogue":
    """The catalogue that tells the sheet, once it was said what of it is not told, or otherwise than today."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.cli.parts.account import tell_changes

    catalogue = load_catalogue(questions)
    if questions is None:
        catalogue = _keep_words(path, sheet, catalogue)
    for line in tell_changes(catalogue, sheet):
        say(line)
    return catalogue


def _keep_words(path: Path, sheet: "Sheet", today: "Catalogue") -> "Catalogue":
    """The words that a finished sheet was finished with; today's for another."""
    from impact_cli.cli.parts.account import find_kept

    kept = None if sheet.catalogue.fingerprint == today.fingerprint else find_kept(path, sheet, today)
    if kept is None:
        return today
    with_what = f"le questionnaire {kept.version}" if kept.id == today.id else f"un autre questionnaire, {kept.id}"
    say(f"Fiche terminée avec {with_what}\u202f; le rapport garde ses mots (aujourd’hui\u00a0: {today.version}).")
    return kept
