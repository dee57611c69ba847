"""The report's blocks as JSON, for other programs; docs/report.md describes it."""

from dataclasses import asdict

from impact_cli.printing import write_json
from impact_cli.report.blocks import Block, Report

FORMAT = 1


def render_json(report: Report) -> str:
    """One object, ended by a newline. Texts are as typed: a program, not a person, reads them."""
    head = {name: value for name, value in asdict(report).items() if name not in {"blocks", "contents_title"}}
    blocks = [_set_block(block) for block in report.blocks]
    document = {
        "format": FORMAT,
        **head,
        "made": report.made.isoformat(),
        "untold": dict(report.untold),
        "blocks": blocks,
    }
    return write_json(document) + "\n"


def _set_block(block: Block) -> dict[str, object]:
    return {"type": type(block).__name__.lower(), **asdict(block)}
