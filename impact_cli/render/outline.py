"""The blocks of a report gathered as a reader sees them: parts (level 2) that hold sections (level 3)."""

import re
from dataclasses import dataclass, field, replace

from impact_cli.report.blocks import Block, Heading, Report

_MANY = 3  # sections
_SMALL_WORD = re.compile(r"\b(à|au|aux|de|des|du|en|et|la|le|les|ou|par|sur|un|une) +(?=\S)", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """A heading, what stands right under it, and the parts below it: of the whole report, its parts and sections."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def front(self) -> list["Part"]:
        """The parts of the first page."""
        return [part for part in self.parts if part.heading.front]

    @property
    def body(self) -> list["Part"]:
        """The parts after it."""
        return [part for part in self.parts if not part.heading.front]

    @property
    def is_long(self) -> bool:
        """Whether a reader wants a table of contents."""
        return len(self.body) > 1 and sum(len(part.parts) for part in self.body) >= _MANY


def outline(report: Report) -> Part:
    """The whole report, its blocks by part and section in their order."""
    title, *blocks = report.blocks
    if not isinstance(title, Heading) or title.level != 1:
        raise ValueError("A report starts with its heading of level 1")
    open_parts = [Part(_bind(title))]
    for block in blocks:
        if isinstance(block, Heading):
            del open_parts[block.level - 1 :]
            part = Part(_bind(block))
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        else:
            open_parts[-1].blocks.append(block)
    return open_parts[0]


def _bind(heading: Heading) -> Heading:
    """A title that no line leaves on a small word: "des Halles" stays together."""
    return replace(heading, text=_SMALL_WORD.sub("\\1\u00a0", heading.text))
