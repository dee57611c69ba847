"""The formats of files: the one that is asked for, else the one that the ending of a name promises."""

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import typer

from impact_cli.cli.parts.output import PROMISED, STREAM
from impact_cli.cli.parts.parameters import require_named
from impact_cli.errors import ImpactError


class Form(StrEnum):
    """A format of the report, and the endings of its files; the first is the one we give."""

    endings: tuple[str, ...]

    def __new__(cls, name: str, *endings: str) -> Self:
        """A member by its name, which is all of its value."""
        form = str.__new__(cls, name)
        form._value_, form.endings = name, endings
        return form

    TEXT = "text", ".txt"
    TERMINAL = "terminal", ".txt"
    MARKDOWN = "markdown", ".md", ".markdown"
    JSON = "json", ".json"
    HTML = "html", ".html", ".htm"
    PDF = "pdf", ".pdf"
    DOCX = "docx", ".docx"


FORMATS: Mapping[str, Sequence[str]] = {form: form.endings for form in Form}
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        autocompletion=lambda: list(FORMATS),
        help=f"{' ou '.join(', '.join(Form).rsplit(', ', 1))}\u202f; sinon celui du nom de fichier.",
    ),
]


def choose_format(form: str | None, output: Path | None) -> Form:
    """The format asked for, else the one of the file's ending, else that of where the report goes."""
    return Form(choose_form(form, output, FORMATS, Form.TERMINAL if sys.stdout.isatty() else Form.TEXT))


def choose_form(form: str | None, output: Path | None, endings: Mapping[str, Sequence[str]], usual: str) -> str:
    """The format asked for, else the one of the file's ending, else the `usual` one where no file is named.

    Raises ImpactError where the ending says nothing, or another format than the one asked for.
    """
    form = require_named(form, endings, "le format") if form else None
    if output is None or output == STREAM:
        return form or usual
    ending = output.suffix.lower()
    said = [each for each, theirs in endings.items() if ending in theirs]
    if form and ending in PROMISED and form not in said:
        raise ImpactError(
            f"{output}\u00a0: un fichier {form} ne finit pas par {ending}.",
            f"Finissez son nom par {endings[form][0]}, ou enlevez --format.",
            exit_code=2,
        )
    if form or said:
        return form or said[0]
    known = ", ".join(dict.fromkeys(each for theirs in endings.values() for each in theirs))
    raise ImpactError(
        f"{output}\u00a0: la fin du nom ne dit pas quel format écrire.",
        f"Choisissez-en une\u00a0: {known}\u202f; ou ajoutez --format.",
        exit_code=2,
    )
