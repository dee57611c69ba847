"""The report with its sources: after each sentence, the questions it tells; at the end, those that nothing tells."""

from collections.abc import Iterator
from dataclasses import replace

from impact_cli.report.blocks import Block, Paragraph, Report, tells_of
from impact_cli.report.wording import UNTOLD


def add_trace(report: Report) -> Report:
    """A copy in which a line of question keys follows what tells them; a list and its lead count as one."""
    return replace(report, blocks=(*_add_sources(report.blocks), *_add_untold(report)))


def _add_sources(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        yield block
        tells = tells_of(block)
        continued = following is not None and tells_of(following) == tells
        if tells and not (continued and isinstance(block, Paragraph) and block.text.endswith(":")):
            yield Paragraph(f"[{', '.join(tells)}]")


def _add_untold(report: Report) -> Iterator[Block]:
    """What the last section leaves out for its readers: every key that is not told, after the reason."""
    for reason in dict.fromkeys(reason for _, reason in report.untold):
        keys = ", ".join(key for key, why in report.untold if why == reason)
        yield Paragraph(f"[{UNTOLD[reason]}\u00a0: {keys}]")
