"""The report with its sources: after each sentence, the questions it tells."""

from collections.abc import Iterator
from dataclasses import replace

from impact_cli.report.blocks import Block, Paragraph, Report, tells_of


def add_trace(report: Report) -> Report:
    """A copy in which a line of question keys follows what tells them; a list and its lead count as one."""
    return replace(report, blocks=tuple(_add_sources(report.blocks)))


def _add_sources(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        yield block
        tells = tells_of(block)
        continued = following is not None and tells_of(following) == tells
        if tells and not (continued and isinstance(block, Paragraph) and block.text.endswith(":")):
            yield Paragraph(f"[{', '.join(tells)}]")
