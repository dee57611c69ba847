"""impact dataset: many sheets as tables for researchers and databases."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.collecting import Sources, say_left_out, telling_progress
from impact_cli.cli.parts.output import make_folder
from impact_cli.cli.parts.parameters import Edition, Home, Questions, expand, find_home, require_named
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import say
from impact_cli.report.french import say_count

if TYPE_CHECKING:
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.dataset.pieces import Account
    from impact_cli.exchange.dataset.wanted import Format, Wanted

_FORMATS = ("csv", "xlsx", "parquet")


Folder = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="DOSSIER", parser=expand, help="Le nouveau dossier à écrire."),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        autocompletion=lambda: list(_FORMATS),
        help="csv (sans précision), xlsx ou parquet\u202f; plusieurs fois pour plusieurs formats.",
    ),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Prendre aussi les fiches en cours.")]
ByEdition = Annotated[bool, typer.Option("--by-edition", help="Ranger les fichiers Parquet par édition.")]
Internal = Annotated[
    bool, typer.Option("--internal", help="Garder les textes qui ne sont pas à publier\u202f; les fichiers le disent.")
]
Force = Annotated[bool, typer.Option("--force", help="Remplacer un jeu de données qui est déjà là.")]


def dataset(
    output: Folder,
    sources: Sources = None,
    formats: Formats = None,
    edition: Edition = None,
    drafts: Drafts = False,
    by_edition: ByEdition = False,
    internal: Internal = False,
    force: Force = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Make tables of many sheets, for researchers and databases."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.exchange.dataset.wanted import Wanted

    chosen = _choose_formats(formats, by_edition=by_edition)
    wanted = Wanted(formats=chosen, edition=edition, drafts=drafts, internal=internal, by_edition=by_edition)
    catalogue = load_catalogue(questions)
    _check_output(output, force=force)
    with make_folder(output, private=internal, replaces=force) as folder:
        account = _write(folder, catalogue, sources or [find_home(home)], wanted)
    say(f"Jeu de données enregistré\u00a0: {output} ({say_count(account.taken, 'fiche', 'fiches')}).")
    _say_the_rest(account)


def _choose_formats(formats: list[str] | None, *, by_edition: bool) -> list["Format"]:
    from impact_cli.exchange.dataset.wanted import Format

    chosen = [Format(require_named(each, _FORMATS, "le format")) for each in dict.fromkeys(formats or ["csv"])]
    if by_edition and "parquet" not in chosen:
        raise ImpactError(
            "--by-edition range les fichiers Parquet, et il n’y en a pas.", "Ajoutez --format parquet.", exit_code=2
        )
    return chosen


def _write(folder: Path, catalogue: "Catalogue", sources: list[Path], wanted: "Wanted") -> "Account":
    """Fill the folder. Raises ImpactError where no sheet is to be taken."""
    from impact_cli.exchange.dataset.pieces import make_pieces
    from impact_cli.exchange.dataset.writing import write_dataset
    from impact_cli.files import sync_files

    with telling_progress() as tell:
        account = write_dataset(folder, catalogue, make_pieces(sources, catalogue, wanted, tell), wanted)
    if not account.taken:
        _say_the_rest(account)
        where = "Indiquez où sont les fiches\u00a0: impact dataset DOSSIER -o jeu"
        hint = "Ajoutez --drafts pour prendre celles en cours." if account.unfinished else where
        which = f" de l’édition {shorten(wanted.edition)}" if wanted.edition else ""
        raise ImpactError(f"Aucune fiche terminée{which} n’a été trouvée.", hint)
    sync_files(folder)
    return account


def _say_the_rest(account: "Account") -> None:
    """What is not in the dataset, or only in part."""
    if account.unfinished:
        told = say_count(account.unfinished, "fiche en cours est laissée", "fiches en cours sont laissées")
        say(f"{told} de côté\u202f; --drafts les prend aussi.")
    if account.strangers:
        several = say_count(account.strangers, "fiche", "fiches")
        say(f"{several} d’un autre questionnaire\u00a0: seules les questions de celui-ci y sont racontées.")
    say_left_out(account.left_out)


def _check_output(output: Path, *, force: bool) -> None:
    """Refuse a folder that is there, save a dataset that is to be replaced."""
    if not os.path.lexists(output):
        return
    if not force:
        raise ImpactError(
            f"{output}\u00a0: ce {'dossier' if output.is_dir() else 'fichier'} existe déjà.",
            "Choisissez un autre nom, ou ajoutez --force pour remplacer un jeu de données.",
            exit_code=2,
        )
    if not _is_dataset(output):
        raise ImpactError(
            f"{output}\u00a0: ce n’est pas un jeu de données d’impact, ou il contient autre chose.",
            "Choisissez un autre nom\u00a0: rien n’y est effacé.",
            exit_code=2,
        )


def _is_dataset(folder: Path) -> bool:
    """Whether the folder holds what this command wrote, and nothing else that would be lost."""
    from impact_cli.exchange.dataset.writing import PACKAGE

    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        package = json.loads((folder / PACKAGE).read_bytes())
        known = {PACKAGE, *(resource["path"] for resource in package["resources"])}
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        return not folder.is_symlink() and "catalogue" in package and files <= known
    return False
