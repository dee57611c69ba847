"""A command that is imported when it is called, and whose line in the help is there before."""

from importlib import import_module
from typing import Any

import click
import typer

from impact_cli.cli.translation import put_in_french


class LateCommand(click.Command):
    """Stands for what is `called`: a function, or a group, after its module in `commands`."""

    def __init__(self, name: str, called: str, *, help: str) -> None:  # noqa: A002  as click calls it
        super().__init__(name, help=help, short_help=help)
        self._called = called

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the real command, which click calls from there on."""
        return self._load().make_context(info_name, args, parent, **extra)

    def _load(self) -> click.Command:
        module, name = self._called.split(".")
        called = getattr(import_module(f"impact_cli.cli.commands.{module}"), name)
        if not isinstance(called, typer.Typer):
            function, called = called, typer.Typer(rich_markup_mode=None, add_completion=False)
            called.command()(function)
        command = typer.main.get_command(called)
        command.name, command.help, command.short_help = self.name, self.help, self.short_help
        put_in_french(command)
        return command
