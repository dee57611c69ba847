"""The report as one web page: no script, nothing fetched, light, dark and on paper."""

from importlib.resources import files
from typing import TYPE_CHECKING

from impact_cli.errors import missing_extra
from impact_cli.render.outline import outline
from impact_cli.render.palette import DARK, LIGHT, Palette, position
from impact_cli.render.rings import rings
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Report

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(report: Report) -> str:
    """The whole page, ending in a newline; written as UTF-8, it opens in a browser as it is."""
    report = make_report_visible(report)
    page = _environment().get_template("page.html.jinja")
    return page.render(report=report, outline=outline(report), style=_style()) + "\n"


def _environment() -> "Environment":
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise missing_extra("HTML", "html") from error
    environment = Environment(
        loader=FileSystemLoader(str(files("impact_cli.render") / "assets")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["position"] = position
    environment.filters["rings"] = rings
    environment.tests["a"] = lambda block, kind: type(block).__name__ == kind
    return environment


def _style() -> str:
    """The style sheet behind the colours of both palettes."""
    sheet = (files("impact_cli.render") / "assets" / "style.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_properties(DARK)}}}\n"
    return f"{_properties(LIGHT)}{dark}{sheet}"


def _properties(palette: Palette) -> str:
    """The palette as custom properties, and the class that sets the colours of one family."""
    tones = ("paper", "card", "ink", "muted", "line")
    base = " ".join(f"--{tone}: {getattr(palette, tone)};" for tone in tones)
    families = (
        f".accent-{number} {{ --accent: {palette.accent(number)}; --tint: {palette.tint(number)}; }}\n"
        for number in range(len(palette.accents))
    )
    return f":root {{ {base} }}\n{''.join(families)}"
