"""impact dataset: many sheets as tables for researchers and databases."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.options import Edition, Home, Questions, expand, find_home, require_named
from impact_cli.cli.output import make_folder
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import say

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.answers.sources import LeftOut
    from impact_cli.exchange.dataset.writing import Format

_FORMATS = ("csv", "xlsx", "parquet")
_LONGEST_NAME = 200
_MOST_NAMED = 5  # of what is left out for one reason


def dataset(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DOSSIER", show_default=False, parser=expand, help="Le nouveau dossier à écrire."
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FICHES]…",
            show_default=False,
            help="Dossiers, fiches ou archives ZIP\u202f; sans cela, toutes vos fiches.",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            show_default=False,
            autocompletion=lambda: list(_FORMATS),
            help="csv (sans précision), xlsx ou parquet\u202f; plusieurs fois pour plusieurs formats.",
        ),
    ] = None,
    edition: Edition = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Prendre aussi les fiches en cours.")] = False,
    by_edition: Annotated[bool, typer.Option("--by-edition", help="Ranger les fichiers Parquet par édition.")] = False,
    internal: Annotated[
        bool,
        typer.Option("--internal", help="Garder les textes qui ne sont pas à publier\u202f; les fichiers le disent."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Remplacer un jeu de données qui est déjà là.")] = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Faire de plusieurs fiches un jeu de données."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.exchange.dataset.writing import Format, Wanted, write_dataset
    from impact_cli.files import sync_files

    chosen = [Format(require_named(each, _FORMATS, "le format")) for each in dict.fromkeys(formats or ["csv"])]
    _check_parting(chosen, by_edition=by_edition)
    catalogue = load_catalogue(questions)
    sheets = _Choice([expand(each) for each in sources or [str(find_home(home))]], edition, drafts=drafts)
    _check_output(output, force=force)
    with make_folder(output, private=internal, replaces=force) as folder:
        wanted = Wanted(formats=chosen, internal=internal, by_edition=by_edition)
        write_dataset(folder, catalogue, sheets.read(), wanted)
        if not sheets.taken:
            sheets.say_left_out()
            raise ImpactError(
                "Aucune fiche terminée n’a été trouvée.", "Ajoutez --drafts pour prendre celles en cours."
            )
        sync_files(folder)
    say(f"Jeu de données enregistré\u00a0: {output} ({_count(sheets.taken, 'fiche')}).")
    sheets.say_left_out()


def _check_parting(chosen: list["Format"], *, by_edition: bool) -> None:
    if by_edition and "parquet" not in chosen:
        raise ImpactError(
            "--by-edition range les fichiers Parquet, et il n’y en a pas.", "Ajoutez --format parquet.", exit_code=2
        )


def _check_output(output: Path, *, force: bool) -> None:
    """Refuse a folder that is there, save a dataset that is to be replaced."""
    if not os.path.lexists(output):
        return
    if not force:
        raise ImpactError(
            f"{output}\u00a0: ce dossier existe déjà.",
            "Choisissez un autre nom, ou ajoutez --force pour remplacer un jeu de données.",
            exit_code=2,
        )
    if not _is_dataset(output):
        raise ImpactError(
            f"{output}\u00a0: ce n’est pas un jeu de données d’impact, ou il contient autre chose.",
            "Choisissez un autre nom\u00a0: rien n’y est effacé.",
            exit_code=2,
        )


@dataclass(slots=True)
class _Choice:
    """The sheets that are taken from what was given, and what was left out."""

    sources: list[Path]
    edition: str | None
    drafts: bool
    taken: int = 0
    unfinished: int = 0
    left_out: dict[str, list["LeftOut"]] = field(default_factory=lambda: defaultdict(list))

    def read(self) -> Iterator["Sheet"]:
        """One sheet after the other."""
        from impact_cli.answers.collection import Found, read_collection
        from impact_cli.answers.sheet import Status

        for found in read_collection(self.sources):
            if not isinstance(found, Found):
                self.left_out[found.reason.value].append(found)
            elif self.edition is not None and found.sheet.edition != self.edition:
                continue
            elif found.sheet.status is not Status.FINISHED and not self.drafts:
                self.unfinished += 1
            else:
                self.taken += 1
                yield found.sheet

    def say_left_out(self) -> None:
        """Name what is not in the dataset, with the reason."""
        if self.unfinished:
            told = "fiche en cours est laissée" if self.unfinished == 1 else "fiches en cours sont laissées"
            say(f"{self.unfinished} {told} de côté\u202f; --drafts les prend aussi.")
        for reason, several in self.left_out.items():
            named = ", ".join(shorten(each.name, _LONGEST_NAME) for each in several[:_MOST_NAMED])
            more = f" et {_count(len(several) - _MOST_NAMED, 'autre')}" if len(several) > _MOST_NAMED else ""
            say(f"Laissé de côté, {reason}\u00a0: {named}{more}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _is_dataset(folder: Path) -> bool:
    """Whether the folder holds what this command wrote, and nothing else that would be lost."""
    from impact_cli.exchange.dataset.writing import PACKAGE

    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        package = json.loads((folder / PACKAGE).read_bytes())
        known = {PACKAGE, *(resource["path"] for resource in package["resources"])}
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        return not folder.is_symlink() and "catalogue" in package and files <= known
    return False
