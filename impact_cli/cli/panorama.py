"""impact panorama: what many sheets say together, as a report in every format."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli import __version__
from impact_cli.cli.options import Edition, Home, Questions, expand, find_home
from impact_cli.cli.output import Force, Output
from impact_cli.cli.reporting import Format, Open, Trace, choose_format, write_report
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import say

if TYPE_CHECKING:
    from impact_cli.answers.latest import LatestEditions
    from impact_cli.answers.sources import LeftOut
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.report.aggregate import Aggregate

_MOST_NAMED = 5  # files left out for one reason

Sources = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[DOSSIER|FICHE|ZIP]...",
        show_default=False,
        parser=expand,
        help="Où sont les fiches : dossiers, fichiers, archives ZIP ; sans cela, vos fiches.",
    ),
]
Least = Annotated[
    int, typer.Option("--least", metavar="N", min=1, help="Ne rien dire de ce que moins de N lieux ont répondu.")
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
    from impact_cli.answers.latest import LatestEditions
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.report.distribution import Scope
    from impact_cli.report.panorama import build_panorama
    from impact_cli.report.trace import add_trace

    chosen = choose_format(form, output)
    folder = find_home(home)
    catalogue = load_catalogue(questions)
    latest = LatestEditions(sources or [folder], catalogue, edition)
    aggregate, left_out = _gather(latest, catalogue, names=names)
    _say_left_out(left_out)
    _require_enough(aggregate.venues, least, latest.drafts)
    scope = Scope(aggregate.venues, least, latest.drafts, tuple(aggregate.names or ()))
    report = build_panorama(aggregate, scope, read_clock().date(), __version__)
    report = add_trace(report) if trace else report
    write_report(report, chosen, output, home=folder, force=force, open_it=open_it)


def _gather(latest: "LatestEditions", catalogue: "Catalogue", *, names: bool) -> tuple["Aggregate", list["LeftOut"]]:
    """All of it counted, and what was left out; read a second time where the editions of a venue lay far apart."""
    from impact_cli.answers.sheet import Sheet
    from impact_cli.report.aggregate import Aggregate

    while True:
        aggregate, left_out = Aggregate(catalogue, names=names), list["LeftOut"]()
        with _telling_progress() as tell:
            for each in latest.read(tell):
                if isinstance(each, Sheet):
                    aggregate.add(each)
                else:
                    left_out.append(each)
        if latest.settled:
            return aggregate, left_out


@contextlib.contextmanager
def _telling_progress() -> Iterator[Callable[[], object]]:
    """A line that counts the files read, in a terminal and nowhere else; it goes when all are."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    shown = Progress(
        TextColumn("Lecture des fiches"), BarColumn(), TextColumn("{task.completed:.0f}"),
        console=Console(file=sys.stderr), transient=True,
    )  # fmt: skip
    with shown:
        task = shown.add_task("", total=None)
        yield lambda: shown.advance(task)


def _require_enough(venues: int, least: int, drafts: int) -> None:
    if venues >= least:
        return
    found = "Aucune fiche terminée" if not venues else f"{venues} lieu{'x' * (venues > 1)} seulement"
    waiting = f" ({drafts} en cours)" if drafts else ""
    raise ImpactError(
        f"{found}{waiting} : un panorama raconte au moins {least} lieux, pour n’en désigner aucun.",
        "Indiquez où sont les fiches : impact panorama DOSSIER"
        + (" ; ou, entre lieux qui se connaissent, abaissez le seuil : --least 1" if venues else ""),
    )


def _say_left_out(left_out: Iterable["LeftOut"]) -> None:
    """What was not read, a line for each reason."""
    grouped: dict[str, list[LeftOut]] = {}
    for each in left_out:
        grouped.setdefault(each.reason, []).append(each)
    for reason, several in sorted(grouped.items()):
        offer_rest = f" et {len(several) - _MOST_NAMED} autres" if len(several) > _MOST_NAMED else ""
        named = ", ".join(
            f"{each.name} ({each.detail})" if each.detail else each.name for each in several[:_MOST_NAMED]
        )
        say(f"Laissé de côté, {reason} : {named}{offer_rest}")
