"""impact panorama: what many sheets say together, as a report in every format."""

from typing import Annotated

import typer

from impact_cli import __version__
from impact_cli.cli.parts.collecting import Sources, say_left_out, telling_progress
from impact_cli.cli.parts.formats import Format, choose_format
from impact_cli.cli.parts.output import Force, Output
from impact_cli.cli.parts.parameters import Edition, Home, Questions, find_home
from impact_cli.cli.parts.reporting import Open, Trace, write_report
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError, shorten

Least = Annotated[
    int,
    typer.Option(
        "--least",
        metavar="N",
        show_default=False,
        help="Ne rien dire de ce que moins de N lieux ont répondu\u202f; 5 sans précision.",
    ),
]
Names = Annotated[bool, typer.Option("--names", help="Nommer les lieux, et ceux dont des mots sont cités.")]


def panorama(
    sources: Sources = None,
    edition: Edition = None,
    least: Least = 5,
    names: Names = False,
    form: Format = None,
    output: Output = None,
    open_it: Open = False,
    force: Force = False,
    trace: Trace = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Tell what many venues say together, as a public report."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.report.panorama.build import build_panorama
    from impact_cli.report.panorama.distribution import Scope
    from impact_cli.report.panorama.gathering import gather
    from impact_cli.report.trace import add_trace

    if least < 1:
        raise ImpactError("--least attend un nombre de lieux, 1 ou plus.", "Par exemple\u00a0: --least 5", exit_code=2)
    chosen = choose_format(form, output)
    folder = find_home(home)
    catalogue = load_catalogue(questions)
    with telling_progress() as tell:
        gathered = gather(sources or [folder], catalogue, edition, tell, names=names)
    say_left_out(gathered.left_out)
    venues = gathered.aggregate.venues
    _require_enough(venues, least, gathered.drafts, edition)
    scope = Scope(venues, least, gathered.drafts, tuple(gathered.aggregate.names))
    report = build_panorama(gathered.aggregate, scope, read_clock().date(), __version__)
    report = add_trace(report) if trace else report
    write_report(report, chosen, output, home=folder, force=force, open_it=open_it)


def _require_enough(venues: int, least: int, drafts: int, edition: str | None) -> None:
    if venues >= least:
        return
    found = "Aucune fiche terminée" if not venues else f"{venues} lieu{'x' * (venues > 1)} seulement"
    found += f" de l’édition {shorten(edition)}" if edition else ""
    waiting = f" ({drafts} en cours)" if drafts else ""
    raise ImpactError(
        f"{found}{waiting}\u00a0: {_say_least(least)}.",
        "Indiquez où sont les fiches\u00a0: impact panorama DOSSIER"
        + ("\u202f; ou, entre lieux qui se connaissent, abaissez le seuil\u00a0: --least 1" if venues else ""),
    )


def _say_least(least: int) -> str:
    if least == 1:
        return "il n’y a rien à raconter"
    return f"un panorama raconte au moins {least} lieux, pour n’en désigner aucun"
