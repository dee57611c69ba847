"""The report as one web page: no script, nothing fetched, light, dark and on paper."""

from importlib.resources import files
from typing import TYPE_CHECKING

from impact_cli.errors import missing_extra
from impact_cli.render.outline import outline
from impact_cli.render.palette import DARK, LIGHT, Palette, position
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Report

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(report: Report) -> str:
    """The whole page, ending in a newline; written as UTF-8, it opens in a browser as it is."""
    report = make_report_visible(report)
    page = _environment().get_template("page.html.jinja")
    return page.render(report=report, outline=outline(report), style=_style(report.foot)) + "\n"


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
    environment.tests["a"] = lambda block, kind: type(block).__name__ == kind
    environment.globals["refuse"] = _refuse
    return environment


def _refuse(block: object) -> None:
    """A block that the template does not know is a fault of ours, never a gap in a report."""
    raise TypeError(type(block).__name__)


def _style(foot: str) -> str:
    """The style sheet behind the colours of both palettes."""
    sheet = (files("impact_cli.render") / "assets" / "style.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_properties(DARK)}}}\n"
    return f"{_properties(LIGHT)}{dark}{sheet}{_page_foot(foot)}"


def _page_foot(foot: str) -> str:
    """What stands at the foot of each printed page: letters by number, for they are a string of the style sheet."""
    letters = "".join(f"\\{ord(letter):x} " for letter in foot)
    return f'@media print {{ @page {{ @bottom-left {{ content: "{letters}"; font: 9pt serif; }} }} }}\n'


def _properties(palette: Palette) -> str:
    """The palette as custom properties, and the class that sets the colours of one family."""
    tones = ("paper", "card", "ink", "muted", "line")
    base = " ".join(f"--{tone}: {getattr(palette, tone)};" for tone in tones)
    families = (
        f".accent-{number} {{ --accent: {palette.accent(number)}; --tint: {palette.tint(number)}; }}\n"
        for number in range(len(palette.accents))
    )
    return f":root {{ {base} }}\n{''.join(families)}"
