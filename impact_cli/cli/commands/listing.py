"""impact list: the venues, their editions, and how far each sheet is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.parameters import Home, Questions, find_home
from impact_cli.errors import ImpactError
from impact_cli.printing import give, give_json, say

if TYPE_CHECKING:
    from impact_cli.catalogue.model import Catalogue


@dataclass(frozen=True, slots=True)
class _Row:
    """One sheet: `answered` of the `asked` questions; None for all of it where the file cannot be read."""

    venue: str
    edition: str
    path: str
    status: str | None
    answered: int | None
    asked: int | None
    changed: str | None


def list_sheets(
    home: Home = None,
    questions: Questions = None,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire la liste en JSON.")] = False,
) -> None:
    """Show the venues, their editions and how far each is."""
    from impact_cli.catalogue.loading import load_catalogue

    catalogue = load_catalogue(questions)
    folder = find_home(home)
    closed: list[ImpactError] = []
    rows = _list_rows(folder, catalogue, closed)
    if as_json:
        give_json([asdict(row) for row in rows])
    elif not _print_rows(rows) and not closed:
        say(f"Aucune fiche dans {folder}.")
        say("Pour commencer\u00a0: impact survey")
    for error in closed:
        say(error.message)


def _list_rows(home: Path, catalogue: "Catalogue", closed: list[ImpactError]) -> Iterator[_Row]:
    """The sheets, one after the other as they are read, and what may not be entered."""
    from impact_cli.answers.keeping.venues import list_names, read_venue

    for _, folder in list_names(home):
        if venue := read_venue(folder):
            closed += [] if venue.editions else [venue.refuse_closed()]
            for edition, path in venue.editions.items():
                yield _describe(path, venue.name, edition, catalogue)


def _describe(path: Path, venue: str, edition: str, catalogue: "Catalogue") -> _Row:
    from impact_cli.answers.keeping.store import load_sheet
    from impact_cli.answers.progress import measure_progress

    try:
        sheet = load_sheet(path).sheet
    except ImpactError:
        return _Row(venue, edition, str(path), None, None, None, None)
    progress = measure_progress(catalogue, sheet)
    state = (sheet.status.value, progress.answered, progress.concerned, sheet.changed.isoformat())
    return _Row(sheet.venue, edition, str(path), *state)


def _print_rows(rows: Iterator[_Row]) -> bool:
    """Print each as it comes; whether there was one."""
    from impact_cli.report.french import tell_name

    venue = None
    for row in rows:
        if row.venue != venue:
            venue = row.venue
            give(tell_name(venue))
        give(f"  {row.edition}\u00a0: {_tell_state(row)}")
    return venue is not None


def _tell_state(row: _Row) -> str:
    from impact_cli.answers.progress import Progress
    from impact_cli.answers.sheet import Status
    from impact_cli.report.french import tell_date
    from impact_cli.report.wording import STATUSES

    if row.status is None or row.changed is None:
        return f"fiche illisible ({row.path})"
    day = tell_date(datetime.fromisoformat(row.changed).date())
    return f"{Progress(row.answered or 0, row.asked or 0).told}, {STATUSES[Status(row.status)]}, {day}"
