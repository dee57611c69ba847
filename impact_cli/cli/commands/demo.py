"""impact demo: the report of an invented venue, or the sheets of an invented network, out of nothing of the user's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.formats import Format, choose_format
from impact_cli.cli.parts.output import Force, Output, make_folder
from impact_cli.cli.parts.parameters import expand
from impact_cli.cli.parts.reporting import Open, Trace, build, choose_audience, write_report
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import offer, quote, say

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue

_VENUE = "Ateliers du Héron (Les)"
_ANSWERS = "exemples/demo.json"
_NETWORK = "exemples/reseau.json"

Network = Annotated[
    Path | None,
    typer.Option(
        "--network",
        metavar="DOSSIER",
        parser=expand,
        help="Écrire plutôt, dans ce nouveau dossier, les fiches d’un réseau inventé de 40 lieux.",
    ),
]


def demo(
    form: Format = None,
    output: Output = None,
    force: Force = False,
    open_it: Open = False,
    trace: Trace = False,
    network: Network = None,
) -> None:
    """Show the report of an invented venue."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.catalogue.ours import catalogue_folder

    catalogue = load_catalogue(catalogue_folder())
    if network:
        if form or output or force or open_it or trace:
            raise ImpactError("--network écrit des fiches, pas un rapport.", "Enlevez les autres options.", exit_code=2)
        _write_network(catalogue, network)
        return
    chosen = choose_format(form, output)
    audience = choose_audience(chosen, output, open_it=open_it, internal=False)
    report = build(catalogue, _invent_sheet(catalogue), audience, trace=trace)
    write_report(report, chosen, output, force=force, open_it=open_it)


def invent_sheets(catalogue: "Catalogue") -> Iterator["Sheet"]:
    """The sheets of the invented network, two years of 40 venues."""
    from impact_cli.answers.invented import invent_network, read_pool
    from impact_cli.catalogue.ours import catalogue_folder

    return invent_network(catalogue, read_pool(catalogue_folder() / _NETWORK))


def _invent_sheet(catalogue: "Catalogue") -> "Sheet":
    from impact_cli.answers.answers_file import read_answers
    from impact_cli.answers.consent import find_unasked
    from impact_cli.answers.following import stamp_of
    from impact_cli.answers.invented import choose_quotation
    from impact_cli.answers.sheet import Sheet, Status
    from impact_cli.catalogue.ours import catalogue_folder

    now = read_clock()
    sheet = Sheet(
        venue=_VENUE,
        edition=str(now.year),
        catalogue=stamp_of(catalogue),
        created=now,
        changed=now,
        status=Status.FINISHED,
    )
    given = read_answers(catalogue, (catalogue_folder() / _ANSWERS).read_bytes(), _ANSWERS)
    sheet = sheet.with_answers(given, now)
    for key in find_unasked(catalogue, sheet):
        sheet = sheet.with_consent(key, publish=True)
    return replace(sheet, quotation=choose_quotation(catalogue, sheet))


def _write_network(catalogue: "Catalogue", folder: Path) -> None:
    from impact_cli.answers.keeping.names import slug_of
    from impact_cli.answers.sheet_file import encode_sheet

    with make_folder(folder) as filled:
        for sheet in invent_sheets(catalogue):
            path = filled / slug_of(sheet.venue) / f"{sheet.edition}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(encode_sheet(sheet))  # for a look: the disk need not be waited for
    say(f"Fiches d’un réseau inventé enregistrées\u00a0: {folder}")
    offer("Pour les voir\u00a0:", f"impact list --home {quote(str(folder))}")
    offer("Pour les raconter ensemble\u00a0:", f"impact panorama {quote(str(folder))}")
