"""impact import: published reports, datasets and what phones sent, read back into sheets."""

from typing import Annotated

import typer

from impact_cli.cli.parts.parameters import Edition, Home, Questions, find_home
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import give_json

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FICHIER…",
        help="Rapports (texte, Markdown, HTML, Word, PDF\u202f; -\u00a0: entrée), table «\u00a0fiches\u00a0» d’un"
        " jeu de données, ou envois de KoboToolbox et d’ODK.",
    ),
]
VenueName = Annotated[str | None, typer.Option("--venue", metavar="LIEU", help="Nom du lieu, s’il faut le dire.")]
Replace = Annotated[bool, typer.Option("--replace", help="Prendre la place de la fiche qui existe déjà.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Lire et résumer, sans rien enregistrer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire le résumé en JSON.")]


def import_reports(
    files: Files,
    venue: VenueName = None,
    edition: Edition = None,
    replace: Replace = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Read published reports, datasets and what phones sent back into sheets."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.cli.commands.import_dataset import DatasetImport
    from impact_cli.cli.commands.import_published import ReportsImport
    from impact_cli.cli.commands.import_submissions import SubmissionsImport
    from impact_cli.exchange.field.importing import Options
    from impact_cli.exchange.process import ReaderProcess

    if venue is not None and len(files) > 1:
        raise ImpactError("--venue ne vaut que pour un seul fichier.", "Importez-les un par un.", exit_code=2)
    catalogue = load_catalogue(questions)
    now, to = read_clock(), find_home(home)
    options = Options(to, now, venue or "", edition or "", replaces=replace, writes=not dry_run)
    shared = catalogue, options, as_json
    rows, sent, reports = DatasetImport(*shared), SubmissionsImport(*shared), ReportsImport(*shared)
    files, summaries = rows.run(files)
    files, more = sent.run(files)
    summaries += more
    with ReaderProcess(catalogue, questions) as reader:
        summaries += reports.run(reader, files, apart=bool(summaries))
    if as_json:
        give_json(summaries)
    if rows.failed or sent.failed or reports.failed:
        raise typer.Exit(1)
