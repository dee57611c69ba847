"""What a prompt of the terminal asks of the field in it, and what fields know of the keyboard."""

from typing import Any, Protocol

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Window

from impact_cli.survey.keyboard import has_waiting
from impact_cli.survey.prompter import Draft

ENTER = "Entrée valide"  # what the foot of every prompt says of the key
QUIET = "class:quiet"
STRONG = "class:strong"  # what is pointed at, and the question itself


class Field(Protocol):
    """Where the answer is given: the prompt that holds it, the window that shows it, the keys of its own."""

    application: Application[Any]
    window: Window
    keys: KeyBindings

    @property
    def draft(self) -> Draft:
        """What stands in the field."""

    @property
    def actions(self) -> tuple[str, ...]:
        """What keys do in the field as it stands now, for the foot of the prompt."""

    def enter(self, event: KeyPressEvent) -> bool:
        """Take the Enter key; whether it ends the answer. Raises AnswerError where it cannot."""

    def take_tab(self) -> None:
        """Take a Tab that came within a paste."""


def count_columns() -> int:
    """The width of the terminal in which the prompt runs."""
    return get_app().output.get_size().columns


def ends_burst(event: KeyPressEvent) -> bool:
    """Whether nothing came together with this key after it; else it is a character of a paste, and not a key."""
    if event.key_processor.input_queue:
        return False
    return not has_waiting(event.app.input.fileno())
