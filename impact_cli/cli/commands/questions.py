"""impact questions: the questionnaire itself, shown, checked and exported."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from impact_cli.cli.parts.formats import choose_form
from impact_cli.cli.parts.output import Force, Output, choose_output
from impact_cli.cli.parts.parameters import Questions, complete_section, expand, require_section
from impact_cli.printing import give, say, write_json
from impact_cli.report.french import say_count

if TYPE_CHECKING:
    from impact_cli.catalogue.model import Catalogue

# Each form with the endings of its files; those of bytes have a file of their own when none is named.
_EXPORTS = {
    "json-schema": (".json",),
    "table-schema": (".json",),
    "markdown": (".md", ".markdown"),
    "pdf": (".pdf",),
    "xlsform": (".xlsx",),
}
_ONLY_FILES = ("pdf", "xlsform")

ExportFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        autocompletion=lambda: list(_EXPORTS),
        help="pdf ou markdown (un formulaire sur papier), xlsform (pour téléphones et navigateurs\u00a0: ODK,"
        " KoboToolbox), json-schema (la forme d’une fiche) ou table-schema (celle d’un jeu de données)\u202f; sinon"
        " celui du nom de fichier.",
    ),
]


class _SectionOrCommand(TyperGroup):
    """A group whose first word is a command or, if it is none, the section to show."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named, else the one that shows a section."""
        if args and args[0] not in self.commands:
            args = ["section", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_SectionOrCommand,
    rich_markup_mode=None,
    add_completion=False,
    invoke_without_command=True,
    subcommand_metavar="[RUBRIQUE | COMMANDE]",
)


@app.callback()
def show_questionnaire(context: typer.Context, questions: Questions = None) -> None:
    """Show the questionnaire where no command of the group is called."""
    if context.invoked_subcommand is None:
        from impact_cli.catalogue.loading import load_catalogue
        from impact_cli.catalogue.outline import outline_catalogue

        give(outline_catalogue(load_catalogue(questions)))
    context.obj = questions


@app.command("section", hidden=True)
def show_section(
    context: typer.Context,
    section: Annotated[str, typer.Argument(metavar="RUBRIQUE", autocompletion=complete_section, help="Une rubrique.")],
    questions: Questions = None,
) -> None:
    """Montrer une rubrique\u00a0: ses questions, leurs options et conditions, ses phrases."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.catalogue.outline import outline_section

    give(outline_section(require_section(load_catalogue(questions or context.obj), section)))


@app.command("check")
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DOSSIER]", parser=expand, help="Le dossier du questionnaire."),
    ] = None,
) -> None:
    """Chercher toutes les fautes d’un questionnaire."""
    from impact_cli.catalogue.inspecting import find_faults
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.catalogue.ours import default_folder

    checked = folder or context.obj or default_folder(os.environ)
    if faults := find_faults(checked):
        give("\n".join(map(str, faults)))
        raise typer.Exit(1)
    catalogue = load_catalogue(checked, readings=True)
    sections = len(list(catalogue.sections))
    counted = say_count(sections, "rubrique", "rubriques"), say_count(len(catalogue.questions), "question", "questions")
    give(f"{checked}\u00a0: {', '.join(counted)}, aucune faute.")


@app.command("export")
def export(
    context: typer.Context,
    form: ExportFormat = None,
    output: Output = None,
    force: Force = False,
    questions: Questions = None,
) -> None:
    """Exporter le questionnaire\u00a0: sur papier, en formulaire pour téléphones, ou la forme d’une fiche."""
    from impact_cli.catalogue.loading import load_catalogue

    form = choose_form(form, output, _EXPORTS, "markdown")
    catalogue = load_catalogue(questions or context.obj)
    if output is None and form in _ONLY_FILES:
        output = _find_free_name(catalogue, form)
    destination = choose_output(output, force=force) if output else None
    content = _export(catalogue, form)
    if destination is None:
        give(str(content).rstrip("\n"))
    else:
        destination.write(content)
        destination.say_written("Questionnaire")
    if form == "xlsform":
        _say_limits(catalogue)


def _find_free_name(catalogue: "Catalogue", form: str) -> Path:
    """A name in the current folder that no file has."""
    from impact_cli.files import first_free

    return first_free(Path(catalogue.id + _EXPORTS[form][0]))


def _export(catalogue: "Catalogue", form: str) -> str | bytes:
    if form == "markdown":
        from impact_cli.catalogue.paper_markdown import write_paper

        return write_paper(catalogue)
    if form == "pdf":
        return _set_paper(catalogue)
    if form == "xlsform":
        from impact_cli.exchange.field.xlsform import build_form
        from impact_cli.exchange.field.xlsform_file import write_workbook

        return write_workbook(build_form(catalogue))
    if form == "table-schema":
        from impact_cli.exchange.dataset.schema import describe_schema

        return write_json(describe_schema(catalogue)) + "\n"
    from impact_cli.answers.sheet_schema import describe_sheet

    return write_json(describe_sheet(catalogue)) + "\n"


def _set_paper(catalogue: "Catalogue") -> bytes:
    from msgspec import to_builtins

    from impact_cli.catalogue.paper import build_paper
    from impact_cli.cli.parts.reporting import say_missing
    from impact_cli.clock import read_clock
    from impact_cli.render.paper import render_paper

    return render_paper(to_builtins(build_paper(catalogue)), read_clock().date(), say_missing)


def _say_limits(catalogue: "Catalogue") -> None:
    from impact_cli.exchange.field.limits import list_limits

    if limits := list_limits(catalogue):
        say("Sa première page dit ce qu’un formulaire ne sait pas faire\u00a0:")
    for each in limits:
        say(f"- {each}")
