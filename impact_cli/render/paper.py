"""The questionnaire as a PDF to print: boxes to tick with a pen, lines to write on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from impact_cli.render.palette import LIGHT
from impact_cli.render.typesetting import Tell, typeset_pdf


def render_paper(paper: Mapping[str, Any], made: date, tell_missing: Tell) -> bytes:
    """The bytes of a form's PDF; `paper` has the fields of `catalogue.paper.Paper`, and `made` is the day it bears."""
    moment = datetime.combine(made, time(12), UTC)
    content = {**paper, "language": str(paper["language"]).partition("-")[0], "ink": LIGHT.ink, "muted": LIGHT.muted}
    return typeset_pdf("paper.typ", content, int(moment.timestamp()), tell_missing)
