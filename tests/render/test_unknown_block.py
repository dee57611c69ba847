"""A block that a format has not learned is an error of the program, never a gap in a report."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from render.samples import DAY

import impact_cli
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
def test_every_format_refuses_a_block_it_does_not_know(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("docx", "html", "markdown", "pdf", "terminal"):  # else their first step, shared by all, refuses it
        monkeypatch.setattr(f"impact_cli.render.{module}.make_report_visible", lambda report: report)
    monkeypatch.setattr("impact_cli.render.pdf.map_texts", lambda _change, report: report)
    blocks = (Heading(1, "Titre", "rapport"), Heading(2, "Partie", "partie"), Map("Ici."))
    report = Report("Titre", "Lieu", "2026", "fr", blocks, (), DAY)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="Map"):
        RENDERERS[form](report)
    with pytest.raises(AssertionError, match="Map"):
        make_report_visible(report)


@pytest.mark.slow
def test_mypy_names_every_place_that_must_learn_a_new_block(tmp_path: Path) -> None:
    root = Path(impact_cli.__file__).parents[1]
    shutil.copytree(root / "impact_cli", tmp_path / "impact_cli")
    blocks = tmp_path / "impact_cli" / "report" / "blocks.py"
    text = blocks.read_text(encoding="utf-8")
    new = "@dataclass(frozen=True, slots=True)\nclass Map:\n    tells: tuple[str, ...] = ()\n\n\nBlock = Map | "
    blocks.write_text(text.replace("\nBlock = ", f"\n{new}", 1), encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--strict", "impact_cli/render", "impact_cli/report")
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    named = {line.split(":")[0] for line in said.splitlines() if "assert_never" in line}
    files = ("docx", "markdown", "terminal", "text", "visible")
    assert named == {f"impact_cli/render/{name}.py" for name in files}
