"""impact compare: two sheets beside each other, in the terminal or in a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.choosing import choose_venue, find_edition, find_named, find_sheet, offer_later
from impact_cli.cli.parts.comparing import build_pair, choose_pair, list_years, require_former
from impact_cli.cli.parts.formats import Format, choose_format
from impact_cli.cli.parts.output import Force, Output
from impact_cli.cli.parts.parameters import Home, Questions, complete_edition, complete_pair, find_home, is_path
from impact_cli.cli.parts.reporting import Internal, Open, Trace, choose_audience, write_report
from impact_cli.errors import ImpactError, shorten

if TYPE_CHECKING:
    from impact_cli.answers.keeping.venues import Venue

_PAIR = 2

Sheets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[LIEU | FICHE FICHE]",
        autocompletion=complete_pair,
        help="Nom du lieu ou son début\u202f; ou deux lieux, ou les chemins de deux fiches.",
    ),
]
Editions = Annotated[
    list[str] | None,
    typer.Option(
        "--edition",
        metavar="ÉDITION",
        autocompletion=complete_edition,
        help="Une édition à comparer, à donner deux fois\u202f; sans cela, les deux dernières.",
    ),
]


def compare(
    sheets: Sheets = None,
    edition: Editions = None,
    form: Format = None,
    output: Output = None,
    open_it: Open = False,
    force: Force = False,
    trace: Trace = False,
    internal: Internal = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Hold two sheets beside each other."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.report.trace import add_trace

    chosen = choose_format(form, output)
    folder = find_home(home)
    paths, years = _find_pair(folder, sheets or [], edition or [])
    audience = choose_audience(chosen, output, open_it=open_it, internal=internal)
    report = build_pair(paths, audience, load_catalogue(questions), years)
    report = add_trace(report) if trace else report
    write_report(report, chosen, output, home=folder, force=force, open_it=open_it)


def _find_pair(home: Path, words: Sequence[str], editions: Sequence[str]) -> tuple[tuple[Path, Path], list[Path]]:
    """The two sheets; and all of the venue's, where both are of one."""
    if len(editions) > _PAIR or sum(map(is_path, words)) > _PAIR:
        raise ImpactError("Deux fiches se comparent, pas plus.", "Comparez-les deux par deux.", exit_code=2)
    if pair := _split(home, words):
        first, second = (editions[0], editions[-1]) if editions else (None, None)
        return (find_sheet(home, pair[0], first), find_sheet(home, pair[1], second)), []
    venue = _find_venue(home, words)
    match [find_edition(venue, edition) for edition in editions]:
        case [former, latest]:
            pass
        case [latest]:
            former = require_former(venue, latest)
        case _:
            former, latest = choose_pair(venue, venue.told)
            offer_later(venue, (former, latest))
    if former == latest:
        raise ImpactError(
            f"L’édition {former} est donnée deux fois.",
            f"Donnez-en deux différentes parmi les siennes\u00a0: {', '.join(venue.editions)}.",
            exit_code=2,
        )
    return (venue.editions[former], venue.editions[latest]), list_years(venue, (former, latest))


def _find_venue(home: Path, words: Sequence[str]) -> "Venue":
    if words and is_path(words[0]):
        raise ImpactError(
            f"{shorten(words[0], 200)}\u00a0: il faut deux fiches pour comparer.",
            "Donnez l’autre à la suite\u00a0: impact compare UNE.json AUTRE.json",
            exit_code=2,
        )
    return find_named(home, *words) if words else choose_venue(home)


def _split(home: Path, words: Sequence[str]) -> tuple[str, str] | None:
    """The names or paths of two sheets, where the words are not the name of one venue."""
    if len(words) < _PAIR:
        return None
    if any(map(is_path, words)):
        return _cut(words, 1 if is_path(words[0]) else len(words) - 1)
    if _is_known(home, " ".join(words)):
        return None
    pairs = (_cut(words, place) for place in range(1, len(words)))
    return next((pair for pair in pairs if all(_is_known(home, name) for name in pair)), None)


def _cut(words: Sequence[str], place: int) -> tuple[str, str]:
    return " ".join(words[:place]), " ".join(words[place:])


def _is_known(home: Path, name: str) -> bool:
    from impact_cli.answers.keeping.venues import require_venue

    try:
        require_venue(home, name)
    except ImpactError:
        return False
    return True
