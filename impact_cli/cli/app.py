"""The program: its commands, and the one place where an error becomes a sentence on the screen."""

import contextlib
import errno
import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from impact_cli import __version__
from impact_cli.cli import delete, demo, history, import_command, listing, questions, show, survey
from impact_cli.cli.completion import SCRIPTS, completion_script
from impact_cli.cli.french import FrenchGroup, speak_french
from impact_cli.cli.lines import fit
from impact_cli.errors import ImpactError
from impact_cli.typography import make_visible

_WELCOME = """\
impact raconte ce que change un tiers-lieu autour de lui : vous répondez à des questions, il écrit le rapport.
Tout reste sur votre ordinateur.

  impact demo      voir tout de suite le rapport d’un lieu inventé
  impact survey    répondre pour votre lieu (une demi-heure, en plusieurs fois si vous voulez)

Toutes les commandes : impact --help"""

_UNHEARD = (errno.EPIPE, errno.EIO)  # a pipe that is closed, a terminal that has gone
_SIGNALLED = 128  # what a shell adds to a signal's number

app = typer.Typer(
    cls=FrenchGroup,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Raconter les effets sociaux et urbains d’un tiers-lieu : un questionnaire, puis un rapport.",
)
app.command("survey")(survey.survey)
app.command("show")(show.show)
app.command("list")(listing.list_sheets)
app.command("demo")(demo.demo)
app.command("import")(import_command.import_reports)
app.command("history")(history.history)
app.command("delete")(delete.delete)
app.add_typer(questions.app, name="questions")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"impact {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def welcome(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback does it all
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Afficher la version et quitter.")
    ] = False,
) -> None:
    """Raconter les effets sociaux et urbains d’un tiers-lieu : un questionnaire, puis un rapport."""
    if context.invoked_subcommand is None:
        typer.echo(fit(_WELCOME, sys.stdout))


@app.command("completion")
def completion(
    shell: Annotated[
        str, typer.Argument(metavar="INTERPRÉTEUR", autocompletion=lambda: list(SCRIPTS), help="bash, zsh ou fish.")
    ],
) -> None:
    """Écrire le script qui complète les commandes dans votre terminal."""
    typer.echo(completion_script(shell), nl=False)


def main() -> None:
    """Run the command line and leave with 0, 1, 2 or 130."""
    speak_french()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    with contextlib.suppress(ValueError):  # not the main thread: whoever started us decides
        signal.signal(signal.SIGTERM, _leave)
    try:
        app()
    except ImpactError as error:
        _print_error(error)
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001  the fault is ours, and the only thing left is to say so
        if isinstance(error, OSError) and error.errno in _UNHEARD:
            _fall_silent()
            sys.exit(1)
        from impact_cli.cli.faults import report_fault

        _print_error(report_fault(error))
        sys.exit(1)


def _fall_silent() -> None:
    """Nobody reads any more, a pipe or a window is closed: say nothing, also when Python flushes its streams."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def _leave(number: int, _frame: FrameType | None) -> None:
    """End on a polite kill as after an exit: the terminal gets its own manners back."""
    raise SystemExit(_SIGNALLED + number)


def _print_error(error: ImpactError) -> None:
    for sentence in filter(None, (error.message, error.hint)):
        typer.echo(fit(make_visible(sentence), sys.stderr), err=True)
