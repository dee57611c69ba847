"""One prompt on a terminal: the field, what is asked above it, what was refused and the keys below it."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    ScrollOffsets,
    UIContent,
    Window,
)
from prompt_toolkit.layout.containers import WindowRenderInfo
from prompt_toolkit.layout.margins import Margin
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.renderer import CPR_Support
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from impact_cli.answers.reading import AnswerError
from impact_cli.survey.display import wrap
from impact_cli.survey.keyboard import forget_waiting
from impact_cli.survey.prompter import Aside, Draft, Wish
from impact_cli.survey.wording import capitalize
from impact_cli.typography import make_visible

Texts = list[tuple[str, str]]  # each with its style before it

# Weight alone, no colour: nothing is told by a style that is not told by a sign or a word as well.
STYLE = Style.from_dict({"strong": "bold", "quiet": "dim", "nbsp": "nounderline"})
STRONG, QUIET = "class:strong", "class:quiet"
_ROOMY_ROWS, _ROOMY_CELLS = 16, 640  # from which there are blank lines and hints
_ESCAPE_WAIT = 0.05  # seconds a lone Esc waits for the rest of a key


class Field(Protocol):
    """Where the answer is given: the prompt that holds it, the window that shows it, the keys of its own."""

    application: Application[Any]
    window: Window
    keys: KeyBindings

    @property
    def draft(self) -> Draft:
        """What stands in the field."""

    def enter(self, event: KeyPressEvent) -> bool:
        """Take the Enter key; whether it ends the answer."""


class OptionField:
    """A list of options: one is pointed at or, where there are boxes, some are ticked."""

    def __init__(self, prompt: questionary.Question, *, numbered: bool = False, pointing: bool = False) -> None:
        self.application = prompt.application
        self.control = next(
            control for control in self.application.layout.find_all_controls() if isinstance(control, InquirerControl)
        )
        self.control.text = self._show
        self.keys = KeyBindings()
        for digit in "0123456789" if numbered or pointing else "":
            self.keys.add(digit, eager=True)(partial(self._point, digit))
        self.window = Window(
            self.control,
            right_margins=[_MoreMargin()],
            scroll_offsets=ScrollOffsets(top=self._reach, bottom=self._reach),
            dont_extend_height=True,
        )
        self._numbered = numbered
        self._typed = ""

    @property
    def draft(self) -> Draft:
        """The id pointed at."""
        return str(self.control.get_pointed_at().value)

    def enter(self, event: KeyPressEvent) -> bool:
        """Enter chooses."""
        return _ends_burst(event)

    def mark(self, index: int) -> str:
        """What stands before an option, after the pointer."""
        return f"{index + 1}. " if self._numbered else ""

    def _show(self) -> StyleAndTextTuples:
        return [part for index in range(len(self.control.choices)) for part in self._show_option(index)]

    def _show_option(self, index: int) -> StyleAndTextTuples:
        pointed = index == self.control.pointed_at
        lines = self._set_option(index)
        parts: StyleAndTextTuples = [(STRONG if pointed else "", line + "\n") for line in lines]
        if pointed:
            parts.insert(len(lines) // 2, ("[SetCursorPosition]", ""))
        if index == len(self.control.choices) - 1:
            parts[-1] = (parts[-1][0], parts[-1][1].removesuffix("\n"))
        return parts

    def _set_option(self, index: int) -> list[str]:
        lead = (" » " if index == self.control.pointed_at else "   ") + self.mark(index)
        return wrap(str(self.control.choices[index].title), _columns() - 2, lead, " " * len(lead))

    def _reach(self) -> int:
        """Lines to keep in sight on both sides of the middle of the option pointed at: all of it, and one more."""
        return len(self._set_option(self.control.pointed_at)) // 2 + 1

    def _point(self, digit: str, _event: KeyPressEvent) -> None:
        """Point at the number that the digits make so far, else at the last digit's."""
        numbers = range(1, len(self.control.choices) + 1)
        self._typed = self._typed + digit if int(self._typed + digit) in numbers else digit
        if int(self._typed) in numbers:
            self.control.pointed_at = int(self._typed) - 1


class TickField(OptionField):
    """A list of options with boxes; an exclusive one and the others never stand ticked together."""

    def __init__(self, prompt: questionary.Question, exclusive: frozenset[str]) -> None:
        super().__init__(prompt)
        self._exclusive = exclusive
        self.keys.add(" ", eager=True)(self._toggle)
        for letter in "ai":  # questionary ticks all of them and inverts them: not what somebody who types means
            self.keys.add(letter, eager=True)(_ignore)

    @property
    def draft(self) -> Draft:
        """The ids ticked, in the order of the list."""
        return tuple(str(choice.value) for choice in self.control.get_selected_values())

    def mark(self, index: int) -> str:
        """A box, ticked or not."""
        return "[x] " if self.control.choices[index].value in self.control.selected_options else "[ ] "

    def _toggle(self, _event: KeyPressEvent) -> None:
        pointed = self.control.get_pointed_at().value
        ticked = self.control.selected_options
        self.control.selected_options = toggle_option(ticked, str(pointed), self._exclusive)


class WordField:
    """Words typed on one line or, where `lines`, on several: there Enter on an empty last line ends the answer."""

    def __init__(self, prompt: questionary.Question, draft: str, *, lines: bool = False, joint: str = " ") -> None:
        self.application = prompt.application
        # Keys that accept a line elsewhere (Ctrl-O, Alt-Enter) would empty a buffer that does not keep its text.
        self._buffer = Buffer(document=Document(draft), multiline=lines, accept_handler=lambda _buffer: True)
        control = BufferControl(self._buffer, input_processors=[_ShowHidden()])
        self.window = Window(control, wrap_lines=True, get_line_prefix=_prefix, dont_extend_height=True)
        self.keys = KeyBindings()
        self.keys.add(Keys.BracketedPaste, eager=True)(self._paste)
        self._lines = lines
        self._joint = joint

    @property
    def draft(self) -> Draft:
        """The words typed."""
        return self._buffer.text

    def enter(self, event: KeyPressEvent) -> bool:
        """Enter ends one line; of several, only on an empty last one. Within a paste it ends nothing."""
        if not _ends_burst(event):
            self._buffer.insert_text("\n" if self._lines else self._joint)
            return False
        document = self._buffer.document
        if not self._lines or not (document.current_line.strip() or document.text_after_cursor.strip()):
            return True
        self._buffer.insert_text("\n")
        return False

    def _paste(self, event: KeyPressEvent) -> None:
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
        self._buffer.insert_text(pasted if self._lines else self._joint.join(pasted.split("\n")).strip())


def toggle_option(ticked: Sequence[str], option: str, exclusive: frozenset[str]) -> list[str]:
    """The ticked options after a stroke on one: an exclusive one takes the others' ticks away, and the reverse."""
    if option in ticked:
        return [other for other in ticked if other != option]
    if option in exclusive:
        return [option]
    return [*(other for other in ticked if other not in exclusive), option]


class Screen:
    """A prompt that runs until `read` takes what stands in the field, or the person wants something else."""

    def __init__(self, head: Texts, field: Field, keys: str, read: Callable[[Draft], object]) -> None:
        self._head = head
        self._field = field
        self._keys = keys
        self._read = read
        self._refused = ""

    def run(self) -> Any:
        """What `read` made of the field, or an Aside with what stood in it. The prompt is erased at its end."""
        application = self._field.application
        application.erase_when_done = True
        application.timeoutlen = application.ttimeoutlen = _ESCAPE_WAIT
        application.style = STYLE
        application.layout = Layout(self._arrange(), focused_element=self._field.window)
        application.key_bindings = merge_key_bindings(
            [application.key_bindings or KeyBindings(), self._bind_keys(), self._field.keys]
        )
        application.renderer.cpr_support = CPR_Support.NOT_SUPPORTED  # else it may warn, in English
        application.key_processor.before_key_press += self._forget_refusal
        clear_typeahead(application.input)
        forget_waiting(application.input.fileno())
        return application.run(pre_run=partial(_raise_faults, application), set_exception_handler=False)

    def _arrange(self) -> HSplit:
        blank = ConditionalContainer(Window(height=1), Condition(_is_roomy))
        refused = Condition(lambda: bool(self._refused))
        return HSplit(
            [
                blank,
                _show_text(self._shorten_head),
                blank,
                self._field.window,
                ConditionalContainer(_show_text(lambda: [(STRONG, self._refused)]), refused),
                blank,
                _show_text(lambda: [(QUIET, self._keys)]),
            ]
        )

    def _shorten_head(self) -> Texts:
        """The head, without what is merely helpful in a window of few rows."""
        return [(style, text) for style, text in self._head if _is_roomy() or style != QUIET]

    def _bind_keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Enter, eager=True)(self._enter)
        for key, wish in {
            Keys.BackTab: Wish.BACK,
            Keys.Tab: Wish.OTHER,
            Keys.ControlC: Wish.PAUSE,
            Keys.ControlD: Wish.PAUSE,
            Keys.SIGINT: Wish.PAUSE,
        }.items():
            keys.add(key, eager=True)(partial(self._leave, wish))
        keys.add(Keys.ControlQ, eager=True)(_ignore)
        keys.add(Keys.ControlZ, eager=True)(lambda event: event.app.suspend_to_background())
        return keys

    def _forget_refusal(self, _processor: KeyProcessor) -> None:
        self._refused = ""

    def _leave(self, wish: Wish, event: KeyPressEvent) -> None:
        event.app.exit(result=Aside(wish, self._field.draft))

    def _enter(self, event: KeyPressEvent) -> None:
        if self._field.enter(event):
            try:
                event.app.exit(result=self._read(self._field.draft))
            except AnswerError as error:
                self._refused = capitalize(str(error))


class _ShowHidden(Processor):
    """Shows a stand-in for each character that a terminal would obey; the text itself keeps them."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        return Transformation([(part[0], make_visible(part[1])) for part in transformation_input.fragments])


class _MoreMargin(Margin):
    """An arrow where options stand above or below what the window shows."""

    def get_width(self, get_ui_content: Callable[[], UIContent]) -> int:
        del get_ui_content
        return 1

    def create_margin(self, window_render_info: WindowRenderInfo, width: int, height: int) -> StyleAndTextTuples:
        del width
        above = "↑" if window_render_info.vertical_scroll else " "
        below = "↓" if window_render_info.content_height > window_render_info.vertical_scroll + height else " "
        return [("", "\n".join([above, *[" "] * (height - 2), below][:height]))]


def _show_text(parts: Callable[[], Texts]) -> Window:
    def set_lines() -> StyleAndTextTuples:
        lines = [(style, line) for style, text in parts() for line in wrap(text, _columns())]
        return [(style, line + "\n" * (index < len(lines))) for index, (style, line) in enumerate(lines, 1)]

    return Window(FormattedTextControl(set_lines), wrap_lines=True, dont_extend_height=True)


def _columns() -> int:
    return get_app().output.get_size().columns


def _is_roomy() -> bool:
    size = get_app().output.get_size()
    return size.rows >= _ROOMY_ROWS and size.rows * size.columns >= _ROOMY_CELLS


def _prefix(line: int, wrapped: int) -> str:
    return "  " if line or wrapped else "> "


def _ends_burst(event: KeyPressEvent) -> bool:
    """Whether nothing came together with this Enter after it; else it is a newline of a paste, and not a key."""
    return not event.key_processor.input_queue


def _ignore(_event: KeyPressEvent) -> None:
    pass


def _raise_faults(application: Application[Any]) -> None:
    """Make a fault of ours end the prompt as an exception; prompt_toolkit would print it in English and wait."""

    def leave(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not application.is_done:
            application.exit(exception=context.get("exception") or RuntimeError(context["message"]))

    asyncio.get_running_loop().set_exception_handler(leave)
