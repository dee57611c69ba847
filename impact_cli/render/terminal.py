"""The report in a terminal: reflowed to its width, with rich."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, assert_never

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from impact_cli.render.visible import make_report_visible
from impact_cli.report import blocks
from impact_cli.report.blocks import Block, Report
from impact_cli.typography import draw_bar, draw_dots

if TYPE_CHECKING:
    from rich.table import Table as RichTable

_WIDEST = 88  # columns; longer lines are hard to read
_NARROWEST = 20  # columns; in fewer, rich would cut words
# rich breaks lines at every space, so those that must not break are letters to it until the lines are made: characters
# that no text still has once it is visible.
_HOLD = str.maketrans({"\u00a0": "\ufdd0", "\u202f": "\ufdd1"})
_RELEASE = str.maketrans({"\ufdd0": "\u00a0", "\ufdd1": "\u202f"})
_BAR = "▌ "
_BULLET = "• "
_GAP = 2  # columns between those of a table
_NARROWEST_NAMES = 18  # columns for the names of a table's rows
_TITLES = {1: "bold", 2: "bold cyan", 3: "bold underline"}


def render_terminal(report: Report, width: int, *, styled: bool = True) -> str:
    """The whole report in lines of at most `width` columns; unstyled, there is no escape sequence in it at all."""
    report = make_report_visible(report)
    foot = map(blocks.Paragraph, report.colophon)
    return "\n".join(set_blocks([*report.blocks, *foot], width, styled=styled)) + "\n"


def set_blocks(told: Sequence[Block], width: int, *, styled: bool = True) -> Iterator[str]:
    """The blocks as lines of at most `width` columns, their texts already visible; none follows the last."""
    output = io.StringIO()
    console = Console(
        file=output,
        width=max(_NARROWEST, min(width, _WIDEST)),
        force_terminal=styled,
        color_system="standard" if styled else None,
        highlight=False,
        legacy_windows=False,
    )
    for block in told:
        if isinstance(block, blocks.Table) and fits(block, console.width):
            console.print(_hold(block.caption, "bold"), _set_table(block), sep="\n")
        else:
            for text, lead, follow in _set_block(block, console.width):
                _print_wrapped(console, text, lead, follow)
        if not isinstance(block, blocks.Paragraph) or not block.text.endswith(":"):
            console.print()
    yield from (line.rstrip(" ") for line in output.getvalue().translate(_RELEASE).rstrip("\n").split("\n"))


def _print_wrapped(console: Console, text: Text, lead: str, follow: str) -> None:
    for line in text.wrap(console, console.width - max(len(lead), len(follow))):
        line.rstrip()
        console.print(Text.assemble((lead if line else lead.rstrip(), "cyan"), line))
        lead = follow


def _set_block(block: Block, width: int) -> Iterator[tuple[Text, str, str]]:  # noqa: C901  one case a block
    """The texts of a block, each with what stands before its first line and before the others."""
    match block:
        case blocks.Heading(level=level, text=text):
            yield _hold(text.upper() if level == 2 else text, _TITLES[level]), "", ""  # noqa: PLR2004  a family's
        case blocks.Paragraph(text=text):
            yield _hold(text), "", ""
        case blocks.Bullets(items=items):
            yield from ((_hold(line), _BULLET, " " * len(_BULLET)) for line in items)
        case blocks.Quote(text=text):
            yield _hold(text, "italic"), _BAR, _BAR
        case blocks.Rating(text=text):
            yield Text.assemble(_hold(text), " ", (draw_dots(block.value, block.maximum), "cyan")), "", ""
        case blocks.Facts(rows=rows):
            yield from ((_hold(row.text), "", " " * len(_BULLET)) for row in rows)
        case blocks.Figures(items=figures):
            yield from ((_set_figure(figure), _BULLET, " " * len(_BULLET)) for figure in figures)
        case blocks.Keywords(words=words):
            yield Text(" ").join(_hold(f"#{word}", "cyan") for word in words), "", ""
        case blocks.Table(caption=caption, lines=lines):
            yield _hold(f"{caption}\u00a0:", "bold"), "", ""
            whole = (line.replace("\u00a0: ", "\u00a0:\u00a0") for line in lines)  # no cell is parted from its column
            yield from ((_hold(line), _BULLET, " " * len(_BULLET)) for line in whole)
        case blocks.Bars(caption=caption):
            yield _hold(f"{caption}\u00a0:", "bold"), "", ""
            yield from _set_bars(block, width // 4)
        case _:
            assert_never(block)


def fits(table: blocks.Table, width: int) -> bool:
    """Whether a table can stand in so many columns with only the names of its rows in several lines."""
    cells = zip(table.columns, *table.rows, strict=True)
    first, *others = (max(cell_len(line) for cell in column for line in cell.split("\n")) for column in cells)
    return min(first, _NARROWEST_NAMES) + sum(_GAP + each for each in others) <= width


def _set_table(table: blocks.Table) -> "RichTable":
    from rich.table import Table as RichTable

    grid = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False)
    for place, (name, numeric) in enumerate(zip(table.columns, table.numeric, strict=True)):
        grid.add_column(_hold(name, "cyan"), justify="right" if numeric else "left", no_wrap=place > 0, overflow="fold")
    for row in table.rows:
        grid.add_row(*map(_hold, row))
    return grid


def _set_bars(bars: blocks.Bars, width: int) -> Iterator[tuple[Text, str, str]]:
    for bar in bars.items:
        yield _hold(bar.line), f"{draw_bar(bar.value, bars.maximum, width)} ", " " * (width + 1)


def _set_figure(figure: blocks.Figure) -> Text:
    return Text.assemble(_hold(figure.value, "bold"), _hold(figure.text[len(figure.value) :]))


def _hold(text: str, style: str = "") -> Text:
    return Text(text.translate(_HOLD), style)
