"""Which face the conversation has, here and now."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impact_cli.report.blocks import Block
    from impact_cli.survey.prompter import Prompter


def open_prompter(*, plain: bool = False) -> "Prompter":
    """Prompts with keys on a terminal; lines in and out where that is asked for or nothing else is possible."""
    wanted = plain or os.environ.get("ACCESSIBLE", "") not in {"", "0"} or os.environ.get("TERM") == "dumb"
    if wanted or not is_interactive():
        from impact_cli.survey.plain import PlainPrompter

        return PlainPrompter(sys.stdin, sys.stderr if sys.stderr.isatty() else sys.stdout, set_for_ears)
    from impact_cli.survey.terminal.face import TerminalPrompter

    return TerminalPrompter(set_for_terminal)


@contextlib.contextmanager
def open_conversation(*, plain: bool) -> "Iterator[Prompter]":
    """The prompter of a long talk: keys show nowhere while nothing is asked."""
    prompter = open_prompter(plain=plain)
    from impact_cli.survey.keyboard import unechoed
    from impact_cli.survey.plain import PlainPrompter

    with contextlib.nullcontext() if isinstance(prompter, PlainPrompter) else unechoed(sys.stdin.fileno()):
        yield prompter


def is_interactive() -> bool:
    """Whether somebody types on a terminal and sees what is asked there."""
    return sys.stdin is not None and sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())


def set_for_terminal(blocks: "Sequence[Block]", columns: int) -> Iterable[str]:
    """The report's blocks in lines that break between words."""
    from impact_cli.render.terminal import set_blocks
    from impact_cli.render.visible import make_lines_visible, map_texts

    return set_blocks(map_texts(make_lines_visible, tuple(blocks)), columns, styled=False)


def set_for_ears(blocks: "Sequence[Block]", columns: int) -> Iterable[str]:
    """The report's blocks in lines without drawings, cut by whoever shows them: a screen reader says each sign."""
    from impact_cli.render.text import render_blocks

    del columns
    return filter(None, render_blocks(blocks).split("\n"))
