"""The French of what click and typer say by themselves, whatever the language of the machine."""

import copy
import functools
import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError
from typer.core import TyperGroup

_DOMAIN = "impact-click"
_TRANSLATIONS = Path(__file__).parent / "locale" / "fr.mo"

# What click names in English without asking gettext: types of values, in capitals as metavars and as they stand in
# errors ("n’est pas un entier": masculine nouns only), then the end of a group's usage line.
_TYPES = {
    "text": "texte",
    "integer": "entier",
    "integer range": "entier",
    "float": "nombre",
    "float range": "nombre",
    "boolean": "booléen",
    "filename": "fichier",
}
_USAGES = {
    "COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]...",
    "[COMMAND] [ARGS]...": "[COMMANDE] [ARGUMENTS]...",
}
_STRAIGHT_QUOTES = re.compile(r"(?<!\w)'([^'\n]+)'(?!\w)")


@functools.cache
def speak_french() -> None:
    """Make gettext answer from our translations in this process only, before or after click is imported.

    gettext looks its translation up at each call, by the environment's language. Ours is given whatever that says, and
    without setting LANGUAGE, which the editor or the viewer that we start would inherit.
    """
    with _TRANSLATIONS.open("rb") as file:
        french = gettext.GNUTranslations(file)
    find_translation: Any = gettext.translation

    def translation(domain: str, *arguments: Any, **options: Any) -> Any:
        return french if domain == _DOMAIN else find_translation(domain, *arguments, **options)

    gettext.textdomain(_DOMAIN)
    gettext.translation = translation


class FrenchGroup(TyperGroup):
    """The root group, with every command below it in French: `typer.Typer(cls=FrenchGroup, …)`.

    Needs `speak_french()`. A command still names its arguments (`metavar="LIEU"`): typer shows the name of the Python
    parameter otherwise. click is below 8.5, where the help of typer's arguments is lost.
    """

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        put_in_french(self)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context, or a usage error in French quotes."""
        with _french_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """What the command returns, or a usage error in French quotes."""
        with _french_errors():
            return super().invoke(ctx)


def put_in_french(command: click.Command) -> None:
    """Give a command, and all below it, the words that click does not ask gettext for."""
    command.short_help = command.short_help or _first_sentence(command.help or "")
    for parameter in command.params:
        if name := _TYPES.get(parameter.type.name):
            parameter.type = copy.copy(parameter.type)  # click shares one object among all options of a type
            parameter.type.name = name
    if isinstance(command, TyperGroup):
        command.suggest_commands = False  # click suggests too, and through gettext
        command.subcommand_metavar = _USAGES.get(command.subcommand_metavar, command.subcommand_metavar)
        for subcommand in command.commands.values():
            put_in_french(subcommand)


def _first_sentence(text: str) -> str:
    """The line that lists a command. click's own cuts it at any width and loses the non-breaking spaces."""
    paragraph = re.sub(r"[ \n]+", " ", text.strip().partition("\n\n")[0])
    sentence, period, _ = paragraph.partition(". ")
    return sentence + period.rstrip()


@contextmanager
def _french_errors() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise click.UsageError(_reword(error), ctx=error.ctx) from error


def _reword(error: click.UsageError) -> str:
    """The error's message, its 'names' between guillemets, its parameter as one types it."""
    if isinstance(error, click.BadParameter) and error.param and error.param_hint is None:
        is_option = isinstance(error.param, click.Option)
        error.param_hint = error.param.opts if is_option else [error.param.human_readable_name]
    return _STRAIGHT_QUOTES.sub("«\u00a0\\1\u00a0»", error.format_message())
