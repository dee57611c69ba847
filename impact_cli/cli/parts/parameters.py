"""The options that several commands share, and what they complete to."""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from impact_cli.errors import ImpactError, refuse_unreadable, shorten, suggest
from impact_cli.printing import quote

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.catalogue.model import Catalogue, Section


def expand(path: str) -> Path:
    """A path as typed, where "~" is one's own folder also after "=", as no shell makes it."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  leaves the "~name" of nobody as it is


def complete_venue(context: click.Context, incomplete: str) -> list[str]:
    """The venues of the home folder whose name starts so, case and accents aside."""
    if context.params.get("venue"):  # the words of a name are there already
        return []
    return _complete_name(incomplete)


def complete_pair(context: click.Context, incomplete: str) -> list[str]:
    """The same of the first of two venues, and of the other once the first is named."""
    from impact_cli.answers.keeping.venues import default_home, require_venue

    words = context.params.get("sheets")
    try:
        first = require_venue(default_home(os.environ), " ".join(words)) if words else None
    except ImpactError:
        return []
    return [name for name in _complete_name(incomplete) if not first or name not in (first.name, first.folder.name)]


def _complete_name(incomplete: str) -> list[str]:
    from impact_cli.answers.keeping.names import fold_name
    from impact_cli.answers.keeping.venues import default_home, list_names
    from impact_cli.typography import fold

    try:
        names = list_names(default_home(os.environ))
    except ImpactError:
        return []
    typed, wanted = fold(incomplete), fold_name(incomplete) if incomplete else ""
    return [
        name if _can_be_typed(name, incomplete) else folder.name
        for name, folder in names
        if fold_name(name).startswith(wanted) or fold(name).startswith(typed)
    ]


def complete_edition(context: click.Context, incomplete: str) -> list[str]:
    """The editions that begin so, of the venue that is named, else of every one."""
    from impact_cli.answers.keeping.venues import default_home, list_venues, require_venue

    words = context.params.get("venue") or context.params.get("sheets")
    home = default_home(os.environ)
    try:
        venues = [require_venue(home, " ".join(words))] if words else list_venues(home)
    except ImpactError:
        return []
    editions = dict.fromkeys(edition for venue in venues for edition in venue.editions)
    return [edition for edition in editions if edition.startswith(incomplete)]


def _can_be_typed(name: str, incomplete: str) -> bool:
    """Whether a shell may go on from what was typed to this name, and impact takes it for one."""
    return name.startswith(incomplete) and name.isprintable() and not name.startswith(("-", "~"))


def complete_section(incomplete: str) -> list[tuple[str, str]]:
    """The sections of our catalogue whose id starts so, each with its title."""
    from impact_cli.catalogue.loading import load_catalogue

    try:
        sections = load_catalogue().sections
    except ImpactError:  # of IMPACT_QUESTIONS, which every command says
        return []
    return [(section.id, section.title) for section in sections if section.id.startswith(incomplete)]


VenueWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[LIEU]",
        autocompletion=complete_venue,
        help="Nom du lieu ou son début, ou chemin d’une fiche.",
    ),
]
Edition = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="ANNÉE",
        autocompletion=complete_edition,
        help="Édition\u00a0: son année, ou le nom que vous lui avez donné.",
    ),
]
SectionName = Annotated[
    str | None,
    typer.Option("--section", metavar="RUBRIQUE", autocompletion=complete_section, help="Une seule rubrique."),
]
Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DOSSIER",
        parser=expand,
        help="Dossier des fiches (sans cela, celui de la variable IMPACT_HOME ou de votre système).",
    ),
]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions",
        metavar="DOSSIER",
        parser=expand,
        help="Dossier d’un autre questionnaire, au lieu d’IMPACT_QUESTIONS.",
    ),
]


def join_name(words: list[str] | None) -> str | None:
    """The name that was given in several words, without quotes; None where there is none."""
    return " ".join(words) if words else None


def find_home(named: Path | None) -> Path:
    """The folder of the sheets: the one named, IMPACT_HOME's, or the platform's. Raises ImpactError."""
    from impact_cli.answers.keeping.venues import default_home

    home = named or default_home(os.environ)
    if home.exists() and not home.is_dir():
        raise ImpactError(
            f"{home}\u00a0: ce n’est pas un dossier, les fiches ne peuvent pas y être.",
            "Indiquez un dossier avec --home ou la variable IMPACT_HOME.",
        )
    return home


def name_sheet(stored: "Stored") -> str:
    """How a command names a sheet: by venue and edition in the usual folder, by its path elsewhere."""
    from impact_cli.answers.keeping.venues import default_home

    if stored.path.parent.parent != default_home(os.environ):
        return quote(str(stored.path))
    return name_edition(stored.path.parent.parent, stored.sheet.venue, stored.sheet.edition)


def name_edition(home: Path, venue: str, edition: str) -> str:
    """How a command names an edition of a venue in a folder of sheets, also one that is not saved yet."""
    named = edition if re.fullmatch(r"[0-9A-Za-z-]+", edition) else quote(edition)
    return f"{quote(venue)} --edition {named}{name_home(home)}"


def name_home(home: Path) -> str:
    """The option that a command needs to find this folder again; nothing for the usual one."""
    from impact_cli.answers.keeping.venues import default_home

    return "" if home == default_home(os.environ) else f" --home {quote(str(home))}"


def is_path(venue: str) -> bool:
    """Whether what was given for a venue is the path of a sheet: it ends with .json, which no name of a venue does."""
    return venue.endswith(".json")


def require_section(catalogue: "Catalogue", given: str) -> "Section":
    """The section of that id or title, case and accents aside. Raises ImpactError with the nearest."""
    from impact_cli.typography import fold

    sections = {section.id: section for section in catalogue.sections}
    titles = {section.title: section.id for section in sections.values()}
    named = next((identifier for title, identifier in titles.items() if fold(title) == fold(given)), given)
    return sections[require_named(named, sections, "la rubrique", also=titles)]


def require_named(given: str, known: Iterable[str], what: str, also: Iterable[str] = ()) -> str:
    """The word of `known` that was given; `what` is French: "la rubrique".

    Raises ImpactError with the nearest of those, or of what they are `also` called.
    """
    names = list(known)
    if given in names:
        return given
    raise ImpactError(
        f"{what[:1].upper()}{what[1:]} «\u00a0{shorten(given)}\u00a0» n’existe pas.{suggest(given, [*names, *also])}",
        f"Les choix\u00a0: {', '.join(names)}.",
        exit_code=2,
    )


def read_source(source: str, largest: int) -> bytes:
    """What was given to be read: a file, or standard input for "-"; `largest` bytes at most. Raises ImpactError."""
    from impact_cli.files import read_file

    try:
        if source != "-":
            return read_file(expand(source), largest)
        content = sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        raise refuse_unreadable("entrée standard" if source == "-" else source, error) from error
    if len(content) > largest:
        raise ImpactError(f"entrée standard\u00a0: elle dépasse {largest // 1_000_000} Mo.", "Donnez moins à lire.")
    return content
