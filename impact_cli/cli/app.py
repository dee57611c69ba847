"""The program: its commands, and the one place where an error becomes a sentence on the screen."""

import contextlib
import gc
import io
import shutil
import signal
import sys
from types import FrameType
from typing import Annotated, Any

import click
import typer

from impact_cli import __version__
from impact_cli.cli.late import LateCommand
from impact_cli.cli.translation import FrenchGroup, speak_french
from impact_cli.errors import ImpactError
from impact_cli.printing import UNHEARD, UnwritableError, fit, give, guard_streams, say, settle_streams

_WELCOME = """\
impact raconte ce que change un tiers-lieu autour de lui\u00a0: vous répondez à des questions, il écrit le rapport.
Tout reste sur votre ordinateur.

  impact demo      voir tout de suite le rapport d’un lieu inventé
  impact survey    répondre pour votre lieu (une demi-heure, en plusieurs fois si vous voulez)

Toutes les commandes\u00a0: impact --help"""

_WIDEST_HELP, _NARROWEST_HELP = 80, 30
_RARELY = 50_000  # new objects between two searches for unused ones: what a report is built of is used to its end
_SIGNALLED = 128  # what a shell adds to a signal's number

_PURPOSE = "Raconter les effets sociaux et urbains d’un tiers-lieu\u00a0: un questionnaire, puis un rapport."

# In the order of the help: a command, what it calls in the modules of `commands`, its line in the help.
_COMMANDS = (
    ("survey", "survey.survey", "Répondre au questionnaire pour un lieu, en autant de fois que l’on veut."),
    (
        "show",
        "show.show",
        "Lire le rapport d’un lieu, ou l’enregistrer dans un fichier, sans les textes que vous ne publiez pas.",
    ),
    ("compare", "compare.compare", "Comparer deux éditions d’un lieu, deux voix ou deux lieux."),
    ("panorama", "panorama.panorama", "Raconter ensemble les fiches de plusieurs lieux, sans en désigner aucun."),
    ("list", "listing.list_sheets", "Montrer vos lieux, leurs éditions et où elles en sont."),
    ("demo", "demo.demo", "Montrer le rapport d’un lieu inventé, sans rien toucher à vos fiches."),
    ("import", "import_command.import_reports", "Relire des rapports déjà publiés et en faire des fiches."),
    (
        "dataset",
        "dataset.dataset",
        "Faire de plusieurs fiches un jeu de données\u00a0: CSV, XLSX, Parquet, avec leur description.",
    ),
    ("history", "history.history", "Montrer les réponses remplacées, et quand\u202f; en remettre une."),
    ("delete", "delete.delete", "Mettre une fiche à la corbeille, d’où elle peut revenir."),
    ("rename", "rename.rename", "Corriger le nom d’un lieu dans toutes ses fiches."),
    ("completion", "completion.completion", "Écrire le script qui complète les commandes dans votre terminal."),
    ("questions", "questions.app", "Montrer le questionnaire, le vérifier, l’exporter."),
)


class _Program(FrenchGroup):
    """The program with its commands, none of which is imported before it is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, called, line in _COMMANDS:
            self.add_command(LateCommand(name, called, help=line))


app = typer.Typer(
    cls=_Program,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help=_PURPOSE,
)


def _print_version(asked: bool) -> None:
    if asked:
        give(f"impact {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def welcome(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback does it all
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Afficher la version et quitter.")
    ] = False,
) -> None:
    """Raconter les effets sociaux et urbains d’un tiers-lieu\u00a0: un questionnaire, puis un rapport."""
    if context.invoked_subcommand is None:
        give(fit(_WELCOME, sys.stdout))


def main() -> None:
    """Run the command line and leave with 0, 1, 2 or 130."""
    gc.set_threshold(_RARELY)
    speak_french()
    guard_streams()
    with contextlib.suppress(ValueError):  # not the main thread: whoever started us decides
        signal.signal(signal.SIGTERM, _leave)
    try:
        sys.exit(_run())
    finally:
        settle_streams()


def _run() -> int:
    try:
        code: int | None = app(prog_name="impact", standalone_mode=False, terminal_width=_measure_help())
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001  each becomes a sentence, at the latest that the fault is ours
        return _tell_error(error)
    return code or 0


def _measure_help() -> int:
    """The columns of a line of help: click alone would take 50 of a terminal that has fewer."""
    return max(min(shutil.get_terminal_size().columns, _WIDEST_HELP) - 2, _NARROWEST_HELP)


def _leave(number: int, _frame: FrameType | None) -> None:
    """End on a polite kill as after an exit: the terminal gets its own manners back."""
    raise SystemExit(_SIGNALLED + number)


def _tell_error(error: Exception) -> int:
    """Say what happened, as far as anybody listens; the code to leave with."""
    with contextlib.suppress(UnwritableError):
        match error:
            case click.Abort():
                return _SIGNALLED + signal.SIGINT
            case click.ClickException():
                said = io.StringIO()
                error.show(said)
                say(said.getvalue().rstrip("\n"))
                return error.exit_code
            case ImpactError():
                _say_error(error)
                return error.exit_code
            case OSError(errno=number) if number in UNHEARD:
                return 1
            case _:
                from impact_cli.cli.faults import explain_refusal, report_fault

                refusal = explain_refusal(error) if isinstance(error, OSError) else None
                _say_error(refusal or report_fault(error))
    return 1


def _say_error(error: ImpactError) -> None:
    for sentence in filter(None, (error.message, error.hint)):
        say(sentence)
