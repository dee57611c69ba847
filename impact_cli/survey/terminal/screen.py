"""One prompt on a terminal: the field, what is asked above it, what was refused and the keys below it."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyPress, KeyProcessor
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.renderer import CPR_Support
from prompt_toolkit.styles import Style

from impact_cli.answers.values import AnswerError
from impact_cli.report.french import raise_first
from impact_cli.survey.keyboard import obey_signal
from impact_cli.survey.prompter import Aside, Draft, Keep, Wish
from impact_cli.survey.terminal.field import QUIET, STRONG, Field, count_columns, ends_burst
from impact_cli.survey.terminal.listening import Listener
from impact_cli.typography import wrap

Texts = list[tuple[str, str]]  # each with its style before it

# Weight alone, no colour: nothing is told by a style that is not told by a sign or a word as well.
STYLE = Style.from_dict({"strong": "bold", "quiet": "dim", "nbsp": "nounderline"})
# From which there are blank lines and hints: a question of two lines, a hint, eight options and the foot still fit.
_ROOMY_ROWS, _ROOMY_CELLS = 16, 640
_KEPT_AFTER = 0.3  # seconds after a key at which what stands in the field is kept: one write for a word typed
_ESCAPE_WAIT = 0.05  # seconds a lone Esc waits for the rest of a key, which a terminal sends at once


@dataclass
class Screen:
    """A prompt that runs until `read` takes what stands in the field, or the person wants something else.

    `wishes` are what else can be wanted here, each with what the foot says of its key; another key of these does
    nothing. `read` raises AnswerError; it also hears whether Enter insists on what was refused the moment before.
    """

    head: Texts
    field: Field
    wishes: Mapping[Wish, str]
    read: Callable[[Draft, bool], object]
    keep: Keep = lambda _draft: None
    _refused: str = ""
    _refused_before: str = ""
    _signal: int = 0
    _keeping: asyncio.TimerHandle | None = None

    def run(self) -> Any:
        """What `read` made of the field, or an Aside with what stood in it. The prompt is erased at its end."""
        application = self.field.application
        application.erase_when_done = True
        application.timeoutlen = application.ttimeoutlen = _ESCAPE_WAIT
        application.style = STYLE
        application.layout = Layout(self._arrange(), focused_element=self.field.window)
        application.key_processor = Listener(application, [self._bind_keys(), self.field.keys])
        application.renderer.cpr_support = CPR_Support.NOT_SUPPORTED  # else it may warn, in English
        application.key_processor.before_key_press += self._forget_refusal
        application.key_processor.after_key_press += self._keep_soon
        try:
            return application.run(pre_run=self._prepare, set_exception_handler=False)
        except BaseException:
            self.keep(self.field.draft)
            if self._signal:
                obey_signal(self._signal)
            raise
        finally:
            if self._keeping:
                self._keeping.cancel()

    def _prepare(self) -> None:
        """Make a fault of ours end the prompt as an exception, not as prompt_toolkit's English; a closed window too."""
        loop = asyncio.get_running_loop()

        def leave(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            self._end(context.get("exception") or RuntimeError(context["message"]))

        loop.set_exception_handler(leave)
        with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError):  # Windows; a thread
            loop.add_signal_handler(signal.SIGHUP, self._take_signal, signal.SIGHUP)

    def _take_signal(self, number: int) -> None:
        """A window that closes: what stands in the field is kept first."""
        self._signal = number
        self._end(InterruptedError())

    def _end(self, error: BaseException) -> None:
        if not self.field.application.is_done:
            self.field.application.exit(exception=error)

    def _arrange(self) -> HSplit:
        blank = ConditionalContainer(Window(height=1), Condition(_is_roomy))
        refused = Condition(lambda: bool(self._refused))
        return HSplit(
            [
                blank,
                _show_text(self._shorten_head),
                blank,
                self.field.window,
                ConditionalContainer(_show_text(lambda: [(STRONG, self._refused)]), refused),
                blank,
                _show_text(lambda: [(QUIET, _join_keys(*self.field.actions, *self.wishes.values()))]),
            ]
        )

    def _shorten_head(self) -> Texts:
        """The head, without what is merely helpful in a window of few rows."""
        return [(style, text) for style, text in self.head if _is_roomy() or style != QUIET]

    def _bind_keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Enter, eager=True)(self._enter)
        for key, wish in {
            Keys.BackTab: Wish.BACK,
            Keys.ControlC: Wish.PAUSE,
            Keys.ControlD: Wish.PAUSE,
            Keys.SIGINT: Wish.PAUSE,
            Keys.Escape: Wish.STAY,
        }.items():
            keys.add(key, eager=key is not Keys.Escape)(partial(self._leave, wish))
        keys.add(Keys.Tab, eager=True)(self._take_tab)
        for code, character in _KEYPAD.items():
            keys.add(Keys.Escape, "O", code)(partial(_press, character))
        keys.add(Keys.ControlZ, eager=True)(lambda event: event.app.suspend_to_background())
        return keys

    def _forget_refusal(self, _processor: KeyProcessor) -> None:
        self._refused_before, self._refused = self._refused, ""

    def _keep_soon(self, _processor: KeyProcessor) -> None:
        """Tell what stands in the field a moment after a key: a kill takes away what was typed since then at most."""
        if not self._keeping:
            self._keeping = asyncio.get_running_loop().call_later(_KEPT_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        self._keeping = None
        self.keep(self.field.draft)

    def _take_tab(self, event: KeyPressEvent) -> None:
        if ends_burst(event):
            self._leave(Wish.OTHER, event)
        else:
            self.field.take_tab()

    def _leave(self, wish: Wish, event: KeyPressEvent) -> None:
        if wish in self.wishes:
            event.app.exit(result=Aside(wish, self.field.draft))

    def _enter(self, event: KeyPressEvent) -> None:
        try:
            if self.field.enter(event):
                event.app.exit(result=self.read(self.field.draft, bool(self._refused_before)))
        except AnswerError as error:
            self._refused = raise_first(str(error))


# What a keypad in application mode sends after Esc O, for each of its keys.
_KEYPAD = {**dict(zip("pqrstuvwxy", "0123456789", strict=True)), "n": ".", "l": ",", "m": "-", "k": "+", "M": "\r"}


def _press(character: str, event: KeyPressEvent) -> None:
    key = Keys.Enter if character == "\r" else character
    event.key_processor.feed(KeyPress(key, character), first=True)


def _join_keys(*keys: str) -> str:
    """The keys on one line, which breaks between two of them only."""
    return "\u00a0· ".join(key.replace(" ", "\u00a0") for key in keys)


def _show_text(parts: Callable[[], Texts]) -> Window:
    def set_lines() -> StyleAndTextTuples:
        lines = [(style, line) for style, text in parts() for line in wrap(text, count_columns())]
        return [(style, line + "\n" * (index < len(lines))) for index, (style, line) in enumerate(lines, 1)]

    return Window(FormattedTextControl(set_lines), wrap_lines=True, dont_extend_height=True)


def _is_roomy() -> bool:
    size = get_app().output.get_size()
    return size.rows >= _ROOMY_ROWS and size.rows * size.columns >= _ROOMY_CELLS
