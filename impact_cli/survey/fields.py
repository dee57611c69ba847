"""Where an answer is given on a terminal: a list to point at, a list to tick, words to type."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ScrollOffsets, UIContent, Window
from prompt_toolkit.layout.containers import WindowRenderInfo
from prompt_toolkit.layout.margins import Margin
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from questionary.prompts.common import InquirerControl

from impact_cli.answers.reading import AnswerError
from impact_cli.survey import wording
from impact_cli.survey.display import wrap
from impact_cli.survey.prompter import Draft
from impact_cli.typography import make_visible

STRONG = "class:strong"  # what is pointed at, and the question itself


class Field(Protocol):
    """Where the answer is given: the prompt that holds it, the window that shows it, the keys of its own."""

    application: Application[Any]
    window: Window
    keys: KeyBindings

    @property
    def draft(self) -> Draft:
        """What stands in the field."""

    def enter(self, event: KeyPressEvent) -> bool:
        """Take the Enter key; whether it ends the answer. Raises AnswerError where it cannot."""


class OptionField:
    """A list of options: one is pointed at once somebody points or, where there are boxes, some are ticked.

    `pointed` is the index of what was chosen before, None where nothing was: then Enter chooses nothing.
    """

    def __init__(
        self,
        prompt: questionary.Question,
        pointed: int | None = None,
        *,
        numbered: bool = False,
        pointing: bool = False,
    ) -> None:
        self.application = prompt.application
        self.control = next(
            control for control in self.application.layout.find_all_controls() if isinstance(control, InquirerControl)
        )
        self.control.text = self._show
        self.pointed = pointed
        self.keys = KeyBindings()
        self.keys.add(Keys.Any)(self._forget_digits)
        for digit in "0123456789" if numbered or pointing else "":
            self.keys.add(digit, eager=True)(partial(self._point, digit))
        for key, find in _MOVES.items():
            self.keys.add(key, eager=True)(partial(self._move, find))
        self.window = Window(
            self.control,
            right_margins=[_MoreMargin()],
            scroll_offsets=ScrollOffsets(top=self._reach, bottom=self._reach),
            dont_extend_height=True,
        )
        self._numbered = numbered
        self._takes_digits = numbered or pointing
        self._typed = ""

    @property
    def draft(self) -> Draft:
        """The id pointed at, empty where none is."""
        return "" if self.pointed is None else str(self.control.choices[self.pointed].value)

    def enter(self, event: KeyPressEvent) -> bool:
        """Enter chooses what is pointed at. Raises AnswerError where nothing is."""
        if self.pointed is None:
            raise AnswerError(wording.POINT_FIRST if self._takes_digits else wording.POINT_BY_ARROWS)
        return _ends_burst(event)

    def mark(self, index: int) -> str:
        """What stands before an option, after the pointer."""
        return f"{index + 1}. " if self._numbered else ""

    def _show(self) -> StyleAndTextTuples:
        return [part for index in range(len(self.control.choices)) for part in self._show_option(index)]

    def _show_option(self, index: int) -> StyleAndTextTuples:
        pointed = index == self.pointed
        lines = self._set_option(index)
        parts: StyleAndTextTuples = [(STRONG if pointed else "", line + "\n") for line in lines]
        if pointed:
            parts.insert(len(lines) // 2, ("[SetCursorPosition]", ""))
        if index == len(self.control.choices) - 1:
            parts[-1] = (parts[-1][0], parts[-1][1].removesuffix("\n"))
        return parts

    def _set_option(self, index: int) -> list[str]:
        lead = (" » " if index == self.pointed else "   ") + self.mark(index)
        return wrap(str(self.control.choices[index].title), count_columns() - 2, lead, " " * len(lead))

    def _reach(self) -> int:
        """Lines to keep in sight on both sides of the middle of the option pointed at: all of it, and one more."""
        return len(self._set_option(self.pointed or 0)) // 2 + 1

    def _move(self, find: Callable[[int | None, int], int], _event: KeyPressEvent) -> None:
        self.pointed = find(self.pointed, len(self.control.choices))
        self._typed = ""

    def _forget_digits(self, _event: KeyPressEvent) -> None:
        self._typed = ""

    def _point(self, digit: str, _event: KeyPressEvent) -> None:
        """Point at the number that the digits make so far, else at the last digit's."""
        choices = self.control.choices
        numbers = [str(number) for number in range(1, len(choices) + 1)]
        names = numbers if self._numbered else [str(choice.value) for choice in choices]
        self._typed = self._typed + digit if self._typed + digit in names else digit
        if self._typed in names:
            self.pointed = names.index(self._typed)


class TickField(OptionField):
    """A list of options with boxes; an exclusive one and the others never stand ticked together."""

    def __init__(self, prompt: questionary.Question, exclusive: frozenset[str]) -> None:
        super().__init__(prompt, pointed=0)
        self._exclusive = exclusive
        self.keys.add(" ", eager=True)(self._toggle)
        for letter in "ai":  # questionary ticks all of them and inverts them: not what somebody who types means
            self.keys.add(letter, eager=True)(ignore_key)

    @property
    def draft(self) -> Draft:
        """The ids ticked, in the order of the list."""
        return tuple(str(choice.value) for choice in self.control.get_selected_values())

    def mark(self, index: int) -> str:
        """A box, ticked or not."""
        return "[x] " if self.control.choices[index].value in self.control.selected_options else "[ ] "

    def _toggle(self, _event: KeyPressEvent) -> None:
        pointed = self.control.choices[self.pointed or 0].value
        ticked = self.control.selected_options
        self.control.selected_options = toggle_option(ticked, str(pointed), self._exclusive)


def _step_down(pointed: int | None, count: int) -> int:
    return 0 if pointed is None else (pointed + 1) % count


def _step_up(pointed: int | None, count: int) -> int:
    return (pointed or count) - 1


def _leap_down(pointed: int | None, count: int) -> int:
    return min((pointed or 0) + _LEAP, count - 1)


def _leap_up(pointed: int | None, _count: int) -> int:
    return max((pointed or 0) - _LEAP, 0)


_LEAP = 8  # options that a page key passes over
_MOVES: dict[Keys, Callable[[int | None, int], int]] = {
    Keys.Down: _step_down,
    Keys.Up: _step_up,
    Keys.PageDown: _leap_down,
    Keys.PageUp: _leap_up,
    Keys.Home: lambda _pointed, _count: 0,
    Keys.End: lambda _pointed, count: count - 1,
}


class WordField:
    """Words typed on one line or, where `lines`, on several: there Enter on an empty last line ends the answer.

    Of a `proposed` draft, the first character typed takes the place.
    """

    def __init__(
        self,
        prompt: questionary.Question,
        draft: str,
        *,
        lines: bool = False,
        joint: str = " ",
        proposed: bool = False,
    ) -> None:
        self.application = prompt.application
        # Keys that accept a line elsewhere (Ctrl-O, Alt-Enter) would empty a buffer that does not keep its text.
        self._buffer = Buffer(document=Document(draft), multiline=lines, accept_handler=lambda _buffer: True)
        control = BufferControl(self._buffer, input_processors=[_ShowHidden()])
        self.window = Window(control, wrap_lines=True, get_line_prefix=_prefix, dont_extend_height=True)
        self.keys = KeyBindings()
        self.keys.add(Keys.BracketedPaste, eager=True)(self._paste)
        self._lines = lines
        self._joint = joint
        self._proposed = proposed and bool(draft)
        if self._proposed:
            self.keys.add(Keys.Any)(self._type)
            self._buffer.on_text_changed += self._accept
            self._buffer.on_cursor_position_changed += self._accept

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

    def _type(self, event: KeyPressEvent) -> None:
        if self._proposed:
            self._buffer.document = Document()
        self._buffer.insert_text(event.data)

    def _accept(self, _buffer: Buffer) -> None:
        self._proposed = False

    def _paste(self, event: KeyPressEvent) -> None:
        if self._proposed:
            self._buffer.document = Document()
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n")
        self._buffer.insert_text(pasted if self._lines else self._joint.join(pasted.split("\n")).strip())


def toggle_option(ticked: Sequence[str], option: str, exclusive: frozenset[str]) -> list[str]:
    """The ticked options after a stroke on one: an exclusive one takes the others' ticks away, and the reverse."""
    if option in ticked:
        return [other for other in ticked if other != option]
    if option in exclusive:
        return [option]
    return [*(other for other in ticked if other not in exclusive), option]


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


def count_columns() -> int:
    """The width of the terminal in which the prompt runs."""
    return get_app().output.get_size().columns


def _prefix(line: int, wrapped: int) -> str:
    return "  " if line or wrapped else "> "


def _ends_burst(event: KeyPressEvent) -> bool:
    """Whether nothing came together with this Enter after it; else it is a newline of a paste, and not a key."""
    return not event.key_processor.input_queue


def ignore_key(_event: KeyPressEvent) -> None:
    """What a key does that must do nothing."""
