"""Where an answer is chosen on a terminal: a list to point at, a list to tick."""

from collections.abc import Callable, Sequence
from functools import partial

import questionary
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ScrollOffsets, UIContent, Window
from prompt_toolkit.layout.containers import WindowRenderInfo
from prompt_toolkit.layout.margins import Margin
from questionary.prompts.common import InquirerControl

from impact_cli.survey.prompter import Draft
from impact_cli.survey.terminal.field import ENTER, QUIET, STRONG, count_columns, ends_burst
from impact_cli.typography import fold, wrap

ALL_OF_THEM = ""  # the value of the line that ticks several others
_HANGING = "  "  # what the further lines of an option are set in, where no box or number stands before the first
_LEAP = 8  # options that a page key passes over: less than a window of 24 rows shows
# Where a key leads from the option pointed at, -1 where none is yet, among so many.
_MOVES: dict[Keys, Callable[[int, int], int]] = {
    Keys.Down: lambda pointed, count: (pointed + 1) % count,
    Keys.Up: lambda pointed, count: (max(pointed, 0) - 1) % count,
    Keys.PageDown: lambda pointed, count: min(max(pointed, 0) + _LEAP, count - 1),
    Keys.PageUp: lambda pointed, _count: max(pointed - _LEAP, 0),
    Keys.Home: lambda _pointed, _count: 0,
    Keys.End: lambda _pointed, count: count - 1,
}


class OptionField:
    """A list of options: one is pointed at once somebody points or, where there are boxes, some are ticked.

    `pointed` is the index of what was chosen before, None where nothing was: then Enter chooses nothing. Digits point
    at the numbers before the options or, where they are not `numbered`, at their values.
    """

    def __init__(
        self,
        lines: Sequence[questionary.Choice],
        pointed: int | None = None,
        *,
        headings: Sequence[str] = (),
        numbered: bool = True,
    ) -> None:
        self.application = self._prompt(lines).application
        controls = self.application.layout.find_all_controls()
        self.control = next(control for control in controls if isinstance(control, InquirerControl))
        self.control.text = self._show
        self.pointed = pointed
        self._headings = [*headings] or [""] * len(lines)
        self._numbered = numbered
        self._names = [str(place if numbered else one.value) for place, one in enumerate(self.control.choices, 1)]
        self._typed = ""
        self._pasting = False
        self.keys = self._bind_keys()
        self.window = Window(
            self.control,
            right_margins=[_MoreMargin()],
            scroll_offsets=ScrollOffsets(top=self._reach, bottom=self._reach),
            dont_extend_height=True,
        )

    def _prompt(self, lines: Sequence[questionary.Choice]) -> questionary.Question:
        return questionary.select("", lines, use_jk_keys=False)

    def _bind_keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Any)(self._seek)
        for digit in "0123456789":
            keys.add(digit, eager=True)(partial(self._point, digit))
        for key, find in _MOVES.items():
            keys.add(key, eager=True)(partial(self._move, find))
        return keys

    @property
    def draft(self) -> Draft:
        """The id pointed at, empty where none is."""
        return "" if self.pointed is None else str(self.control.choices[self.pointed].value)

    def enter(self, event: KeyPressEvent) -> bool:
        """Enter takes what is pointed at, or nothing; at the end of a paste it takes nothing."""
        return not self._is_pasted(event)

    @property
    def actions(self) -> tuple[str, ...]:
        """Enter takes what is pointed at; before that, what points."""
        return ("Flèches ou chiffres choisissent",) if self.pointed is None else (ENTER, "Flèches changent")

    def take_tab(self) -> None:
        """A Tab within a paste chooses nothing."""

    def mark(self, index: int) -> str:
        """What stands before an option, after the pointer."""
        widest = len(str(len(self.control.choices)))
        return f"{index + 1:>{widest}}. " if self._numbered else ""

    def _show(self) -> StyleAndTextTuples:
        return [part for index in range(len(self.control.choices)) for part in self._show_option(index)]

    def _show_option(self, index: int) -> StyleAndTextTuples:
        pointed = index == self.pointed
        lines = self._set_option(index)
        parts: StyleAndTextTuples = [(STRONG if pointed else "", line + "\n") for line in lines]
        if pointed:
            parts.insert(len(lines) // 2, ("[SetCursorPosition]", ""))
        if heading := self._headings[index]:
            parts[:0] = [(QUIET, line + "\n") for line in wrap(heading, count_columns() - 2)]
        if index == len(self.control.choices) - 1:
            parts[-1] = (parts[-1][0], parts[-1][1].removesuffix("\n"))
        return parts

    def _set_option(self, index: int) -> list[str]:
        mark = self.mark(index)
        lead = ("\u00a0» " if index == self.pointed else "   ") + mark
        follow = " " * len(lead if mark else lead + _HANGING)
        return wrap(str(self.control.choices[index].title), count_columns() - 2, lead, follow)

    def _reach(self) -> int:
        """Lines to keep in sight on both sides of the middle of the option pointed at: all of it, and one more."""
        return len(self._set_option(self.pointed or 0)) // 2 + 1

    def _move(self, find: Callable[[int, int], int], _event: KeyPressEvent) -> None:
        self.pointed = find(-1 if self.pointed is None else self.pointed, len(self.control.choices))
        self._typed = ""

    def _seek(self, event: KeyPressEvent) -> None:
        """Point at the next option that begins with the letter, where one does; those of a paste mean none."""
        self._typed = ""
        if self._is_pasted(event) or not event.data.isalpha():
            return
        count, start = len(self.control.choices), -1 if self.pointed is None else self.pointed
        around = ((start + step) % count for step in range(1, count + 1))
        letter = fold(event.data)
        begins = (index for index in around if fold(str(self.control.choices[index].title)).startswith(letter))
        self.pointed = next(begins, self.pointed)

    def _is_pasted(self, event: KeyPressEvent) -> bool:
        """Whether a key is part of a paste that nobody announced: letters, and all that comes at once with them."""
        before, self._pasting = self._pasting, not ends_burst(event)
        return before or self._pasting

    def _point(self, digit: str, event: KeyPressEvent) -> None:
        """Point at the number that the digits make so far, else at the last digit's."""
        if self._pasting and self._is_pasted(event):
            return
        self._typed = self._typed + digit if self._typed + digit in self._names else digit
        if self._typed in self._names:
            self.pointed = self._names.index(self._typed)


class TickField(OptionField):
    """A list of options with boxes; an exclusive one and the others never stand ticked together.

    The line ALL_OF_THEM, where there is one, ticks those that go `together`.
    """

    def __init__(
        self,
        boxes: Sequence[questionary.Choice],
        exclusive: frozenset[str] = frozenset(),
        together: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(boxes, pointed=0, numbered=False)
        self._names = []  # what is ticked has no numbers
        self._exclusive = exclusive
        self._together = together
        self.keys.add(" ", eager=True)(self._toggle)

    def _prompt(self, lines: Sequence[questionary.Choice]) -> questionary.Question:
        return questionary.checkbox("", lines, use_jk_keys=False)

    @property
    def draft(self) -> Draft:
        """The ids ticked, in the order of the list."""
        return tuple(str(choice.value) for choice in self.control.get_selected_values())

    @property
    def actions(self) -> tuple[str, ...]:
        """Space ticks, and Enter takes the ticks."""
        return ("Espace coche", ENTER) if self.draft else ("Espace coche",)

    def mark(self, index: int) -> str:
        """A box, ticked or not."""
        option = str(self.control.choices[index].value)
        named = self._together if option == ALL_OF_THEM else {option}
        return "[x] " if named.issubset(self.control.selected_options) else "[ ] "

    def _toggle(self, event: KeyPressEvent) -> None:
        if self._pasting and self._is_pasted(event):
            return
        pointed = str(self.control.choices[self.pointed or 0].value)
        ticked = self.control.selected_options
        if pointed != ALL_OF_THEM:
            self.control.selected_options = toggle_option(ticked, pointed, self._exclusive)
        elif self._together.issubset(ticked):
            self.control.selected_options = [option for option in ticked if option not in self._together]
        else:
            self.control.selected_options = [*ticked, *self._together.difference(ticked)]


def toggle_option(ticked: Sequence[str], option: str, exclusive: frozenset[str]) -> list[str]:
    """The ticked options after a stroke on one: an exclusive one takes the others' ticks away, and the reverse."""
    if option in ticked:
        return [other for other in ticked if other != option]
    if option in exclusive:
        return [option]
    return [*(other for other in ticked if other not in exclusive), option]


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
