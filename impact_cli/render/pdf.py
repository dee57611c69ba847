"""The report as a PDF."""

from dataclasses import asdict
from datetime import UTC, datetime, time

from impact_cli.render.outline import Part, outline
from impact_cli.render.palette import LIGHT, position
from impact_cli.render.typesetting import Tell, typeset_pdf
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Block, Figures, Report, Table


def render_pdf(report: Report, tell_missing: Tell = lambda _missing: None) -> bytes:
    """The document's bytes, as of noon of the report's day in UTC: see `typeset_pdf`."""
    moment = datetime.combine(report.made, time(12), UTC)
    return typeset_pdf("report.typ", _content(make_report_visible(report)), int(moment.timestamp()), tell_missing)


def _content(report: Report) -> dict[str, object]:
    """What the template reads."""
    whole = outline(report)
    return {
        **_set_part(whole),
        "title": report.title,
        "foot": report.foot,
        "language": report.language.partition("-")[0],
        "contents_title": report.contents_title,
        "palette": asdict(LIGHT),
        "is_long": whole.is_long,
        "front": [_set_part(part) for part in whole.front],
        "body": [_set_part(part) for part in whole.body],
        "colophon": report.colophon,
    }


def _set_part(part: Part) -> dict[str, object]:
    return {
        "heading": asdict(part.heading),
        "accent": position(part.heading.accent),
        "blocks": [{"kind": type(block).__name__, **_set_block(block)} for block in part.blocks],
        "parts": [_set_part(each) for each in part.parts],
    }


def _set_block(block: Block) -> dict[str, object]:
    """The fields of a block, what a figure says after its digits, which columns of a table hold numbers."""
    if isinstance(block, Figures):
        return {"items": [{"value": each.value, "words": each.words} for each in block.items]}
    if isinstance(block, Table):
        return {**asdict(block), "numeric": block.numeric}
    return asdict(block)
