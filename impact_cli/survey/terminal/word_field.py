"""Where words are typed: a field of one line or of several, cut between words, that scrolls with the cursor."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import questionary
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, UIContent, Window
from prompt_toolkit.utils import get_cwidth

from impact_cli.survey.prompter import Draft
from impact_cli.survey.terminal.field import ENTER, ends_burst
from impact_cli.typography import make_visible

_MARK, _INDENT = "> ", "  "
_LEAP = 8  # rows that a page key passes over: less than a window of 24 shows
_UNPARTED = ";:?!»"  # signs that never begin a row


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the window shows of a text, and where in the text it starts."""

    start: int
    text: str


@lru_cache(maxsize=4)
def set_rows(text: str, width: int) -> tuple[Row, ...]:
    """The text in rows of at most `width` cells, cut after spaces; the spaces of a cut may stand beyond the edge."""
    rows, start = [], 0
    for line in text.split("\n"):
        rows += _set_line(line, start, max(1, width))
        start += len(line) + 1
    return tuple(rows)


def _set_line(line: str, offset: int, width: int) -> list[Row]:
    rows, begin, cells, cut = [], 0, 0, 0
    for index, character in enumerate(line):
        cells += max(0, get_cwidth(character))
        if cells > width and character != " ":
            end = cut if cut > begin else index
            rows.append(Row(offset + begin, line[begin:end]))
            begin = end
            cells = get_cwidth(line[begin : index + 1])
        if character == " " and line[index + 1 : index + 2] not in _UNPARTED:
            cut = index + 1
    return [*rows, Row(offset + begin, line[begin:])]


class WordField:
    """Words typed on one line or, where `lines`, on several. The first character takes the place of a `proposed` draft.

    `joint` stands between the lines of a paste into a field of one.
    """

    def __init__(self, draft: str, *, lines: bool = False, joint: str = " ", proposed: bool = False) -> None:
        self.application = questionary.text("").application
        # Keys that accept a line elsewhere (Ctrl-O) would empty a buffer that does not keep its text.
        self._buffer = Buffer(document=Document(draft), multiline=lines, accept_handler=lambda _buffer: True)
        self._paper = _Paper(self._buffer)
        self.window = Window(self._paper, dont_extend_height=True)
        self._lines = lines
        self._joint = joint
        self._pasting = False
        self._proposed = proposed and bool(draft)
        self._buffer.on_text_changed += self._accept
        self._buffer.on_cursor_position_changed += self._accept
        self.keys = self._bind_keys()

    @property
    def draft(self) -> Draft:
        """The words typed."""
        return self._buffer.text

    @property
    def actions(self) -> tuple[str, ...]:
        """Enter takes what was typed, and nothing where nothing was."""
        if not self._buffer.text.strip():
            return ()
        return (ENTER, "Ctrl-J à la ligne") if self._lines else (ENTER,)

    def enter(self, event: KeyPressEvent) -> bool:
        """Enter ends the answer; within a paste it is the end of a line, as is the last of a paste of lines."""
        ends = ends_burst(event)
        if ends and not (self._lines and self._pasting):
            return True
        self._pasting = not ends
        self._buffer.insert_text("\n" if self._lines else self._joint)
        return False

    def take_tab(self) -> None:
        """A Tab within a paste is a space."""
        self._buffer.insert_text(" ")

    def _bind_keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.BracketedPaste, eager=True)(self._paste)
        keys.add(Keys.Any)(self._type)
        for key, count in {Keys.Up: -1, Keys.Down: 1, Keys.PageUp: -_LEAP, Keys.PageDown: _LEAP}.items():
            keys.add(key, eager=True)(partial(self._move, count))
        for key, find in {Keys.Home: self._paper.find_home, Keys.End: self._paper.find_end}.items():
            keys.add(key, eager=True)(partial(self._go, find))
        if self._lines:
            keys.add(Keys.ControlJ, eager=True)(self._break_line)
            keys.add(Keys.Escape, Keys.Enter, eager=True)(self._break_line)
        return keys

    def _type(self, event: KeyPressEvent) -> None:
        self._pasting = self._pasting and not ends_burst(event)
        if event.data >= " ":  # keys of control write nothing
            self._insert(event.data)

    def _break_line(self, _event: KeyPressEvent) -> None:
        self._buffer.insert_text("\n")

    def _paste(self, event: KeyPressEvent) -> None:
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        self._insert(pasted if self._lines else self._joint.join(pasted.split("\n")).strip())

    def _insert(self, typed: str) -> None:
        if self._proposed:
            self._buffer.document = Document()
        self._buffer.insert_text(typed)

    def _accept(self, _buffer: Buffer) -> None:
        self._proposed = False

    def _move(self, count: int, _event: KeyPressEvent) -> None:
        self._buffer.cursor_position = self._paper.find_beside(count)

    def _go(self, find: Callable[[], int], _event: KeyPressEvent) -> None:
        self._buffer.cursor_position = find()


class _Paper(BufferControl):
    """Shows a buffer in rows cut between words, each its own line: so that the window scrolls by rows.

    A stand-in is shown for each character that a terminal would obey; the text itself keeps them.
    """

    _width = 80

    def create_content(self, width: int, height: int, preview_search: bool = False) -> UIContent:
        """The rows, and where the cursor stands among them."""
        del height, preview_search
        self._width = width
        rows = self._rows
        here = self._find_row(self.buffer.cursor_position)
        cells = get_cwidth(rows[here].text[: self.buffer.cursor_position - rows[here].start])
        cursor = Point(x=min(len(_MARK) + cells, max(width - 1, 0)), y=here)

        def set_row(index: int) -> StyleAndTextTuples:
            return [("", (_INDENT if index else _MARK) + rows[index].text)]

        return UIContent(set_row, len(rows), cursor)

    @property
    def _rows(self) -> tuple[Row, ...]:
        return set_rows(make_visible(self.buffer.text), self._width - len(_MARK) - 1)

    def _find_row(self, position: int) -> int:
        return bisect_right(self._rows, position, key=lambda row: row.start) - 1

    def find_beside(self, count: int) -> int:
        """The position `count` rows below the cursor, or above."""
        rows, here = self._rows, self._find_row(self.buffer.cursor_position)
        there = min(max(here + count, 0), len(rows) - 1)
        if there == here:
            return 0 if count < 0 else len(self.buffer.text)
        return min(rows[there].start + self.buffer.cursor_position - rows[here].start, self._end(there))

    def find_home(self) -> int:
        """The position of the start of the row."""
        return self._rows[self._find_row(self.buffer.cursor_position)].start

    def find_end(self) -> int:
        """The position of the end of the row."""
        return self._end(self._find_row(self.buffer.cursor_position))

    def _end(self, index: int) -> int:
        """Where a row ends: before the space at which it was cut, if one was."""
        row = self._rows[index]
        is_cut = index + 1 < len(self._rows) and self._rows[index + 1].start == row.start + len(row.text)
        return row.start + len(row.text) - (is_cut and row.text.endswith(" "))
