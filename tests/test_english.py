"""The English of other programs that ours looks for: their words, in the versions of them that are installed.

`VERSIONS` says with which these tests have passed: from the lowest that pyproject.toml allows to the newest there was.
`tests/versions.py` runs them with the lowest, the locked and today's newest; what fails then has reworded itself.
"""

import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import click
import pytest
import yaml
from render.samples import DAY
from typer.core import TyperGroup

from impact_cli.catalogue.yaml_files import _Explainer, _find_cause
from impact_cli.cli.translation import _TYPES, _USAGES
from impact_cli.errors import ImpactError
from impact_cli.render import pdf, typesetting
from impact_cli.report.blocks import Heading, Paragraph, Report

VERSIONS = {
    "click": ("8.4.2", "8.4.2"),  # the names of types, a group's usage
    "pyyaml": ("6.0.3", "6.0.4"),  # the sentences of its own parser; those of libyaml 0.2.5 and 0.2.6 are never read
    "typst": ("0.15", "0.15.2"),  # the character that a standard refuses, a panic's class
}
_ROOT = Path(__file__).parent.parent


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


@pytest.mark.parametrize("package", VERSIONS)
def test_the_versions_that_were_read_begin_with_the_lowest_that_is_allowed(package: str) -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    lowest, newest = VERSIONS[package]
    assert any(each.split(",")[0] == f"{package}>={lowest}" for each in named)
    assert _numbers(lowest) <= _numbers(version(package))
    assert _numbers(lowest) <= _numbers(newest)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a: b: c", "deux-points"),
        ("a: @x", "ne peut pas commencer"),
        ("a:\n\tb: c", "ne peut pas commencer"),
        ("a: *", "renvois"),
        ("a: & b", "renvois"),
        ('a: "\\q"', "deux fois"),
        ('a: "\\xzz"', "deux fois"),
        ('a: "b\nc: d', "n’est pas refermé"),
        ("a: 'b", "n’est pas refermé"),
        ("a: {b: c", "accolade"),
        ("a: [b\nc: d", "crochet"),
        ("- a\nb: c", "mise en page"),
    ],
)
def test_pyyaml_still_says_what_the_advice_is_chosen_by(text: str, advice: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as raised:
        list(yaml.parse(text + "\n", Loader=_Explainer))
    assert advice in _find_cause(raised.value)[1]


@pytest.mark.parametrize("name", _TYPES)
def test_click_still_names_its_types_so(name: str) -> None:
    kinds = [click.STRING, click.INT, click.IntRange(), click.FLOAT, click.FloatRange(), click.BOOL, click.File()]
    assert name in {kind.name for kind in kinds}


def test_click_still_ends_the_usage_of_a_group_so() -> None:
    metavars = {
        TyperGroup(name="a").subcommand_metavar,
        TyperGroup(name="a", chain=True).subcommand_metavar,
        TyperGroup(name="a", invoke_without_command=True).subcommand_metavar,
    }
    assert metavars & set(_USAGES)
    assert set(_USAGES) <= {*metavars, "[COMMAND] [ARGS]..."}


def test_click_still_puts_names_between_straight_quotes() -> None:
    """In a process in which nobody has made it speak French."""
    program = 'import click; click.Command("a", params=[click.Argument(["b"], type=click.INT)]).main(["x"])'
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "'x'" in done.stderr


def _write(text: str) -> Report:
    return Report("Effets", "Lieu", "2025", "fr", (Heading(1, "Effets", "rapport"), Paragraph(text)), (), DAY)


def test_typst_still_names_the_character_that_the_standards_refuse() -> None:
    """Were it not named, all that is not Latin would become the stand-in."""
    told: set[str] = set()
    pdf.render_pdf(_write("Un 日 et un Ω"), told.update)
    assert told == {"日"}


def test_a_panic_of_typst_still_bears_the_name_by_which_it_is_known() -> None:
    """A letter of 100,000 bytes, which `typeset_pdf` cuts short, breaks its writer of PDF."""
    content = {**pdf._content(_write("a" + "\u200d" * 33_000))}
    with pytest.raises(ImpactError, match="trop long"):
        typesetting._compile("report.typ", content, 0)
