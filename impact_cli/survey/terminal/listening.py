"""The keys that a prompt hears: those that were typed once its first frame stood on the screen."""

import asyncio
import os
from collections.abc import Sequence
from functools import cache
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyBindingsBase, merge_key_bindings
from prompt_toolkit.key_binding.bindings.basic import load_basic_bindings
from prompt_toolkit.key_binding.bindings.emacs import load_emacs_bindings
from prompt_toolkit.key_binding.key_processor import KeyPress, KeyProcessor
from prompt_toolkit.keys import Keys

_ASK_POSITION = "\x1b[6n"  # a terminal replies among the keys: what comes before the reply came before the frame
_SILENT_AFTER = 0.3  # seconds for the reply, a slow line's way and back; a person needs as long to see a question
_DRAWN_AFTER = 0.05  # seconds, where a terminal cannot be asked: a console of Windows, which is never far away


class Listener(KeyProcessor):
    """Hands on no key of a terminal before that terminal has said that it has come to the first frame.

    One that says nothing is believed a moment after. Keys that come by a pipe are all heard.
    """

    def __init__(self, application: Application[Any], keys: Sequence[KeyBindingsBase]) -> None:
        super().__init__(merge_key_bindings([_load_editing_keys(), *keys]))
        self._hears = not os.isatty(application.input.fileno())
        if not self._hears:
            application.before_render += self._ask_terminal

    def feed_multiple(self, key_presses: list[KeyPress], first: bool = False) -> None:
        """Take what was read from the keyboard."""
        heard = []
        for press in key_presses:
            if press.key == Keys.CPRResponse:
                self._hears = True
            elif self._hears:
                heard.append(press)
        super().feed_multiple(heard, first)

    def _ask_terminal(self, application: Application[Any]) -> None:
        application.before_render -= self._ask_terminal
        replies = application.output.responds_to_cpr
        if replies:
            application.output.write_raw(_ASK_POSITION)
        asyncio.get_running_loop().call_later(_SILENT_AFTER if replies else _DRAWN_AFTER, self._listen)

    def _listen(self) -> None:
        self._hears = True


@cache
def _load_editing_keys() -> KeyBindings:
    """The keys that edit words, save those that take the letter after them: Esc, and Ctrl-Q."""
    keys = KeyBindings()
    for binding in merge_key_bindings([load_basic_bindings(), load_emacs_bindings()]).bindings:
        if binding.keys[0] not in {Keys.Escape, Keys.ControlQ}:
            keys.add(*binding.keys)(binding)
    return keys
