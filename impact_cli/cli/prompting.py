"""Which face the conversation has, here and now."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impact_cli.report.blocks import Block
    from impact_cli.survey.prompter import Prompter


def open_prompter(*, plain: bool = False) -> "Prompter":
    """Prompts with keys on a terminal; lines in and out where that is asked for or nothing else is possible."""
    wanted = plain or os.environ.get("ACCESSIBLE", "") not in {"", "0"} or os.environ.get("TERM") == "dumb"
    if wanted or not is_interactive():
        from impact_cli.survey.plain import PlainPrompter

        return PlainPrompter(sys.stdin, sys.stderr if sys.stderr.isatty() else sys.stdout, set_report=_set_report)
    from impact_cli.survey.terminal import TerminalPrompter

    return TerminalPrompter(set_report=_set_report)


def is_interactive() -> bool:
    """Whether somebody types on a terminal and sees what is asked there."""
    return sys.stdin is not None and sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())


def _set_report(blocks: "Sequence[Block]", columns: int) -> Iterable[str]:
    from impact_cli.render.terminal import set_blocks

    return set_blocks(blocks, columns, styled=False)
