"""impact show: the report of a sheet, in the terminal or in a file."""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli import __version__
from impact_cli.cli.options import (
    Edition,
    Home,
    Questions,
    Venue,
    explain_write_error,
    find_home,
    is_path,
    refuse_sheet,
    require_named,
)
from impact_cli.errors import ImpactError
from impact_cli.printing import give, give_styled, say

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.answers.store import Venue as VenueFolder
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.report.blocks import Report
    from impact_cli.report.build import Audience

# Each format with the endings of its files; the first is the one we give.
FORMATS = {
    "terminal": (),
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "json": (".json",),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
    "docx": (".docx",),
}
_FILES_ONLY = ("html", "pdf", "docx")
_STREAM = Path("-")  # as for other programs: the standard output
_PRIVATE = 0o600

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        autocompletion=lambda: list(FORMATS),
        help="terminal, text, markdown, json, html, pdf ou docx ; sinon celui du nom de fichier.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FICHIER", show_default=False, help="Le fichier à écrire (-\u00a0: sortie standard)."
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Ouvrir le fichier écrit.")]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal",
        help="Garder les textes que vous ne publiez pas\u202f; le rapport dit «\u00a0version interne\u00a0».",
    ),
]
Trace = Annotated[bool, typer.Option("--trace", help="Nommer, après chaque phrase, les questions qu’elle raconte.")]


def show(
    venue: Venue = None,
    edition: Edition = None,
    form: Format = None,
    output: Output = None,
    open_it: Open = False,
    trace: Trace = False,
    internal: Internal = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Lire le rapport d’un lieu, ou l’enregistrer dans un fichier, sans les textes que vous ne publiez pas."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.cli.account import tell_changes

    chosen = choose_format(form, output)
    path = find_sheet(find_home(home), venue, edition)
    sheet = _load(path)
    catalogue = load_catalogue(questions)
    if questions is None:
        catalogue = _choose_words(path, sheet, catalogue)
    for line in tell_changes(catalogue, sheet):
        say(line)
    audience = choose_audience(chosen, output, open_it=open_it, internal=internal)
    write_report(build(catalogue, sheet, audience, trace=trace), chosen, output, keep=path, open_it=open_it)


def _choose_words(path: Path, sheet: "Sheet", today: "Catalogue") -> "Catalogue":
    """The catalogue that tells the sheet: a finished one keeps the words it was finished with."""
    if sheet.catalogue.fingerprint == today.fingerprint:
        return today
    from impact_cli.answers.snapshots import find_kept_catalogue

    kept = find_kept_catalogue(path, sheet, today)
    if kept is None:
        return today
    with_what = f"le questionnaire {kept.version}" if kept.id == today.id else f"un autre questionnaire, {kept.id}"
    say(f"Fiche terminée avec {with_what} ; le rapport garde ses mots (aujourd’hui : {today.version}).")
    return kept


def choose_audience(form: str, output: Path | None, *, open_it: bool, internal: bool) -> "Audience":
    """The public, as soon as the report leaves the venue's own screen for a file or another program."""
    from impact_cli.report.build import Audience

    if internal:
        return Audience.INTERNAL
    stays = output is None and not open_it and form not in _FILES_ONLY and sys.stdout.isatty()
    return Audience.SCREEN if stays else Audience.PUBLIC


def build(
    catalogue: "Catalogue", sheet: "Sheet", audience: "Audience", *, trace: bool = False, today: date | None = None
) -> "Report":
    """The report of a sheet, as of today, with its sources after each sentence where `trace`."""
    from impact_cli.report.build import build_report
    from impact_cli.report.trace import add_trace

    report = build_report(catalogue, sheet, today or datetime.now().astimezone().date(), __version__, audience)
    return add_trace(report) if trace else report


def choose_format(form: str | None, output: Path | None) -> str:
    """The format asked for, else the one of the file's ending, else that of where the report goes."""
    if form:
        return require_named(form, FORMATS, "le format")
    if output is None or output == _STREAM:
        return "terminal" if sys.stdout.isatty() else "text"
    by_ending = {ending: name for name, endings in FORMATS.items() for ending in endings}
    if output.suffix.lower() in by_ending:
        return by_ending[output.suffix.lower()]
    raise ImpactError(
        f"{output} : la fin du nom ne dit pas quel format écrire.",
        "Choisissez-en une : " + ", ".join(by_ending) + " ; ou ajoutez --format.",
        exit_code=2,
    )


def write_report(report: "Report", form: str, output: Path | None, *, keep: Path | None, open_it: bool) -> None:
    """Print the report or write its file; the sheet `keep` is never written over."""
    if output is None and (form in _FILES_ONLY or open_it):
        output = _find_free_name(report, form)
    content = _find_renderer(form)(report)
    if output is None or output == _STREAM:
        _print_report(content, styled=form == "terminal")
        return
    if keep and _is_same_file(output, keep):
        raise ImpactError(
            f"{output} : c’est la fiche elle-même, le rapport l’écraserait.", "Choisissez un autre nom.", exit_code=2
        )
    refuse_sheet(output)
    try:
        _write_file(output, content, private=bool(report.notice))
    except OSError as error:
        raise ImpactError(
            f"{output} : le rapport n’a pas pu être écrit ({explain_write_error(output, error)}).",
            "Choisissez un autre dossier avec -o FICHIER ; la fiche, elle, n’a pas changé.",
        ) from error
    say(f"Rapport enregistré : {output}")
    if open_it:
        typer.launch(str(output))


def _print_report(content: str | bytes, *, styled: bool) -> None:
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
        return
    give_report = give_styled if styled else give
    give_report(content.rstrip("\n"))


def _write_file(output: Path, content: str | bytes, *, private: bool) -> None:
    """Write a file, which nobody else on the machine can read where it is `private`."""
    with open(output, "wb", opener=lambda path, flags: os.open(path, flags, _PRIVATE if private else 0o666)) as file:
        if private:
            output.chmod(_PRIVATE)  # it may have been there already
        file.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))


def _is_same_file(output: Path, keep: Path) -> bool:
    try:
        return output.samefile(keep)
    except OSError:  # one of them is not there
        return False


def _find_renderer(form: str) -> Callable[["Report"], str | bytes]:
    """The function of a format; only its module is imported."""
    match form:
        case "terminal":
            return _render_terminal
        case "text":
            from impact_cli.render.text import render_text

            return render_text
        case "markdown":
            from impact_cli.render.markdown import render_markdown

            return render_markdown
        case "json":
            from impact_cli.render.json import render_json

            return render_json
        case "html":
            from impact_cli.render.html import render_html

            return render_html
        case "pdf":
            from impact_cli.render.pdf import render_pdf

            return render_pdf
        case _:
            from impact_cli.render.docx import render_docx

            return render_docx


def _render_terminal(report: "Report") -> str:
    import shutil

    from impact_cli.render.terminal import render_terminal

    dumb = os.environ.get("TERM") == "dumb" or "NO_COLOR" in os.environ
    return render_terminal(report, shutil.get_terminal_size().columns, styled=sys.stdout.isatty() and not dumb)


def _find_free_name(report: "Report", form: str) -> Path:
    """A name in the current folder that no file has: a report edited by hand is not written over."""
    from impact_cli.answers.store import slug_of

    named = (slug_of(part) for part in (report.venue, report.edition, report.notice) if part)
    stem = "-".join(("effets", *named))
    ending = FORMATS["text" if form == "terminal" else form][0]
    number = 1
    while (path := Path(f"{stem}{f'-{number}' if number > 1 else ''}{ending}")).exists():
        number += 1
    return path


def find_sheet(home: Path, venue: str | None, edition: str | None) -> Path:
    """The sheet of the edition named, else of the last; of the only venue, or one chosen, where none is named."""
    from impact_cli.answers.store import check_edition, require_venue

    if venue and is_path(venue):
        return Path(venue)
    found = require_venue(home, venue) if venue else _only_venue(home)
    if edition is None:
        return found.latest
    if check_edition(edition) not in found.editions:
        raise ImpactError(
            f"« {found.name} » n’a pas d’édition {edition}.", "Ses éditions : " + ", ".join(found.editions) + "."
        )
    return found.editions[edition]


def _only_venue(home: Path) -> "VenueFolder":
    """The only venue there is, or the one chosen from a list."""
    from impact_cli.answers.store import list_venues

    venues = list_venues(home)
    if len(venues) == 1:
        return venues[0]
    if not venues:
        raise ImpactError(
            f"Aucune fiche dans {home}.", "Commencez la vôtre : impact survey. Pour un exemple : impact demo."
        )
    from impact_cli.cli.prompting import is_interactive, open_prompter
    from impact_cli.survey.prompter import Choice
    from impact_cli.survey.wording import VENUE_TITLE

    if not is_interactive():
        names = ", ".join(venue.name for venue in venues)
        raise ImpactError("De quel lieu voulez-vous le rapport ?", f"Vos lieux : {names}.", exit_code=2)
    chosen = open_prompter().choose(VENUE_TITLE, [Choice(str(rank), venue.name) for rank, venue in enumerate(venues)])
    if chosen is None:
        raise typer.Exit(130)
    return venues[int(chosen)]


def _load(path: Path) -> "Sheet":
    from impact_cli.answers.store import load_sheet

    return load_sheet(path).sheet
