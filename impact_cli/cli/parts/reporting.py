"""A report on its way to who asked for it: which format, for whom, to the screen, a stream or a file."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from impact_cli import __version__
from impact_cli.cli.parts.formats import Form
from impact_cli.cli.parts.output import choose_output, open_file
from impact_cli.cli.parts.paging import page
from impact_cli.clock import read_clock
from impact_cli.printing import say
from impact_cli.typography import make_visible

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.report.blocks import Report
    from impact_cli.report.build import Audience

_MOST_MISSING = 20  # characters named
_ONLY_FILES = {Form.HTML, Form.PDF, Form.DOCX}

Open = Annotated[bool, typer.Option("--open", help="Ouvrir le fichier écrit.")]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal",
        help="Garder les textes que vous ne publiez pas\u202f; le rapport dit «\u00a0version interne\u00a0».",
    ),
]
Trace = Annotated[bool, typer.Option("--trace", help="Nommer, après chaque phrase, les questions qu’elle raconte.")]


def choose_audience(form: Form, output: Path | None, *, open_it: bool, internal: bool) -> "Audience":
    """The public, as soon as the report leaves the venue's own screen for a file or another program."""
    from impact_cli.report.build import Audience

    if internal:
        return Audience.INTERNAL
    stays = output is None and not open_it and form not in _ONLY_FILES and sys.stdout.isatty()
    return Audience.SCREEN if stays else Audience.PUBLIC


def build(
    catalogue: "Catalogue", sheet: "Sheet", audience: "Audience", *, trace: bool = False, today: date | None = None
) -> "Report":
    """The report of a sheet, as of today, with its sources after each sentence where `trace`."""
    from impact_cli.report.build import build_report
    from impact_cli.report.trace import add_trace

    report = build_report(catalogue, sheet, today or read_clock().date(), __version__, audience)
    return add_trace(report) if trace else report


def write_report(
    report: "Report",
    form: Form,
    output: Path | None,
    *,
    home: Path | None = None,
    force: bool = False,
    open_it: bool = False,
) -> None:
    """Print the report, or write its file: a given one once it was asked about, else one of a name that is free."""
    if output is None and (form in _ONLY_FILES or open_it):
        output = _find_free_name(report, form)
    destination = choose_output(output, home, force=force) if output else None
    content = _find_renderer(form)(report)
    if destination is None:
        text = str(content).rstrip("\n")
        page(text if form is Form.TERMINAL else make_visible(text))
        return
    destination.write(content, private=bool(report.notice))
    destination.say_written("Rapport")
    if open_it and destination.file:
        open_file(destination.file)


def _find_renderer(form: Form) -> Callable[["Report"], str | bytes]:
    """The function of a format; only its module is imported."""
    match form:
        case Form.TERMINAL:
            return _render_terminal
        case Form.TEXT:
            from impact_cli.render.text import render_text

            return render_text
        case Form.MARKDOWN:
            from impact_cli.render.markdown import render_markdown

            return render_markdown
        case Form.JSON:
            from impact_cli.render.json import render_json

            return render_json
        case Form.HTML:
            from impact_cli.render.html import render_html

            return render_html
        case Form.PDF:
            from impact_cli.render.pdf import render_pdf

            return partial(render_pdf, tell_missing=say_missing)
        case Form.DOCX:
            from impact_cli.render.docx import render_docx

            return render_docx
        case _:
            assert_never(form)


def say_missing(missing: Iterable[str]) -> None:
    """Say which letters the PDF has no glyph for: whoever hands it on must know."""
    shown = sorted(missing)
    rest = ", …" if len(shown) > _MOST_MISSING else ""
    say(f"Dans le PDF, □ remplace ce que ses polices n’ont pas\u00a0: {', '.join(shown[:_MOST_MISSING])}{rest}")


def _render_terminal(report: "Report") -> str:
    from impact_cli.render.terminal import render_terminal

    dumb = os.environ.get("TERM") == "dumb" or "NO_COLOR" in os.environ
    return render_terminal(report, shutil.get_terminal_size().columns, styled=sys.stdout.isatty() and not dumb)


def _find_free_name(report: "Report", form: Form) -> Path:
    """A name in the current folder that no file has; no word of the report leads out of it."""
    from impact_cli.answers.keeping.names import slug_of
    from impact_cli.files import first_free

    named = (slug_of(part) for part in (report.venue, report.edition, report.notice) if part)
    return first_free(Path("-".join(("effets", *named)) + form.endings[0]))
