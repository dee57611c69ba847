"""A block that a format has not learned is an error of the program, never a gap in a report."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from copied import list_faults
from render.samples import DAY

from impact_cli.render.docx import render_docx
from impact_cli.render.html import render_html
from impact_cli.render.markdown import render_markdown
from impact_cli.render.pdf import render_pdf
from impact_cli.render.terminal import render_terminal
from impact_cli.render.text import render_text
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Heading, Report

RENDERERS: dict[str, Callable[[Report], object]] = {
    "docx": render_docx,
    "html": render_html,
    "markdown": render_markdown,
    "pdf": render_pdf,
    "terminal": lambda report: render_terminal(report, 80),
    "text": render_text,
}


@dataclass(frozen=True, slots=True)
class Map:
    """A block of tomorrow."""

    text: str
    tells: tuple[str, ...] = ()


@pytest.mark.parametrize("form", RENDERERS)
def test_every_format_refuses_a_block_it_does_not_know(form: str) -> None:
    blocks = (Heading(1, "Titre", "rapport"), Heading(2, "Partie", "partie"), Map("Ici."))
    report = Report("Titre", "Lieu", "2026", "fr", blocks, (), DAY)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="Map"):
        RENDERERS[form](report)


def test_no_block_hides_a_character() -> None:
    report = Report("Titre", "Lieu", "2026", "fr", (Map("I\u202eci"),), (), DAY)  # type: ignore[arg-type]
    assert str(make_report_visible(report).blocks[0]) == str(Map("I\ufffdci"))


@pytest.mark.slow
def test_mypy_names_every_place_that_must_learn_a_new_block(tmp_path: Path) -> None:
    new = "@dataclass\nclass Map:\n    tells: tuple[str, ...] = ()\n\n\nBlock = Map | Heading |"
    faults = list_faults(tmp_path, "report/blocks.py", "Block = Heading |", new)
    files = {f"render/{name}.py" for name in ("docx", "markdown", "terminal", "text")}
    assert {name for name, fault in faults.items() if "assert_never" in fault} == files
