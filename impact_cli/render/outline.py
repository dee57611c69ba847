"""The blocks of a report gathered as a reader sees them: parts (level 2) that hold sections (level 3)."""

import re
from dataclasses import dataclass, field, replace

from impact_cli.report.blocks import Block, Heading, Report

_MANY = 3  # sections
_SMALL_WORD = re.compile(r"\b(à|au|aux|de|des|du|en|et|la|le|les|ou|par|sur|un|une) +(?=\S)", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A heading of level 3 and what follows it."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A heading of level 2, what stands right under it, then its sections."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def accent(self) -> int:
        """The number of the family whose colour the part has; 0: none."""
        return self.heading.accent


@dataclass(slots=True)
class Outline:
    """A whole report: its heading of level 1, what stands before the first part, and the parts."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def front(self) -> list[Part]:
        """The parts of the first page."""
        return [part for part in self.parts if part.heading.front]

    @property
    def body(self) -> list[Part]:
        """The parts after it."""
        return [part for part in self.parts if not part.heading.front]

    @property
    def is_long(self) -> bool:
        """Whether a reader wants a table of contents."""
        return len(self.body) > 1 and sum(len(part.sections) for part in self.body) >= _MANY


def outline(report: Report) -> Outline:
    """The report's blocks by part and section, in their order."""
    heading, *blocks = (_bind(block) for block in report.blocks)
    if not isinstance(heading, Heading) or heading.level != 1:
        raise ValueError("A report starts with its heading of level 1")
    whole = Outline(heading)
    here = whole.blocks
    for block in blocks:
        here = _place(block, whole, here)
    return whole


def _bind(block: Block) -> Block:
    """A title that no line leaves on a small word: "des Halles" stays together."""
    return replace(block, text=_SMALL_WORD.sub("\\1\u00a0", block.text)) if isinstance(block, Heading) else block


def _place(block: Block, whole: Outline, here: list[Block]) -> list[Block]:
    """Add the block; give the list that the next one belongs to."""
    if not isinstance(block, Heading):
        here.append(block)
        return here
    if block.level == 2:  # noqa: PLR2004  the levels are named in Heading
        whole.parts.append(Part(block))
        return whole.parts[-1].blocks
    whole.parts[-1].sections.append(Section(block))
    return whole.parts[-1].sections[-1].blocks
