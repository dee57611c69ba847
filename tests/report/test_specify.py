"""The words of "Autre" are told in the place of that option, and nowhere else."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from strategies import sheets
from writing import load_section, new_sheet

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.report.blocks import Bullets, Paragraph
from impact_cli.report.build import build_report, tell_one_section

SECTION = """
questions:
  - {id: sans, kind: many, ask: A ?, topic: a, tell: "On y prête {sans}.", options: [OPTIONS]}
  - {id: avec_de, kind: many, ask: B ?, topic: b, tell: "Des prêts {avec_de:de}.", options: [OPTIONS]}
  - {id: liste, kind: many, ask: C ?, topic: c, tell: "On prête :{liste:bullets}", options: [OPTIONS]}
  - {id: seule, kind: one, ask: D ?, topic: d, tell: "On prête surtout {seule}.", options: [OPTIONS]}
  - {id: ou, kind: text, ask: E ?, topic: e, tell: "Lieu : {ou}."}
tell: ["Près de {ou}, on prête {sans}."]
""".replace(
    "OPTIONS",
    "{id: livres, label: livres}, {id: autre, label: autre chose, specify: true},"
    " {id: encore, label: encore autre chose, specify: true}",
)
ASKED = ("sans", "avec_de", "liste", "seule")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_section(SECTION)


def _tell(catalogue: Catalogue, answers: dict[str, Value]) -> list[str]:
    (section,) = catalogue.sections
    sheet = new_sheet(catalogue, {f"rubrique.{key}": value for key, value in answers.items()})
    told: list[str] = []
    for block in tell_one_section(catalogue, sheet, section):
        assert isinstance(block, Bullets | Paragraph)
        told += _texts(block)
    return [text.replace("\u00a0", " ") for text in told]


def _texts(block: Bullets | Paragraph) -> tuple[str, ...]:
    return block.items if isinstance(block, Bullets) else (block.text,)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"sans": ("livres", "autre")}, ["On y prête livres et autre chose."]),
        (
            {"sans": ("livres", "autre"), "sans.autre": "des graines"},
            ["On y prête livres et autre chose (« des graines »)."],
        ),
        (
            {"avec_de": ("autre", "encore"), "avec_de.autre": "vélos", "avec_de.encore": "outils"},
            ["Des prêts d’autre chose (« vélos ») et d’encore autre chose (« outils »)."],
        ),
        (
            {"liste": ("livres", "autre"), "liste.autre": "des graines"},
            ["On prête :", "livres", "autre chose (« des graines »)"],
        ),
        ({"seule": "autre", "seule.autre": "des graines"}, ["On prête surtout autre chose (« des graines »)."]),
        ({"seule": "livres", "seule.autre": "des graines"}, ["On prête surtout livres."]),
        (
            {"ou": "la gare", "sans": ("autre",), "sans.autre": "des graines"},
            ["Près de la gare, on prête autre chose (« des graines »)."],
        ),
        ({"sans.autre": "des graines"}, []),
    ],
)
def test_words_are_told_after_their_option(answers: dict[str, Value], told: list[str], catalogue: Catalogue) -> None:
    assert _tell(catalogue, answers) == told


def test_any_words_are_told_once_in_the_place_of_their_option(catalogue: Catalogue) -> None:
    (section,) = catalogue.sections

    @given(sheet=sheets(catalogue))
    def holds(sheet: Sheet) -> None:
        values = trace_path(catalogue, sheet).values
        told = tell_one_section(catalogue, sheet, section)
        texts = [
            (text, block.tells) for block in told if isinstance(block, Bullets | Paragraph) for text in _texts(block)
        ]
        for name, option in product(ASKED, ("autre", "encore")):
            key = f"rubrique.{name}.{option}"
            about = [(text, tells) for text, tells in texts if f"rubrique.{name}" in tells]
            if key in values:
                assert any(f"(«\u00a0{values[key]}\u00a0»)" in text and key in tells for text, tells in about)
            else:
                assert all(key not in tells for _, tells in texts)

    holds()


def test_words_that_may_not_leave_are_left_out_and_their_option_is_told(catalogue: Catalogue) -> None:
    sheet = new_sheet(catalogue, {"rubrique.seule": "autre", "rubrique.seule.autre": "chez Aline"}, consent=False)
    public = build_report(catalogue, sheet, date(2026, 3, 1), "1")
    assert "On prête surtout autre chose." in [block.text for block in public.blocks if isinstance(block, Paragraph)]
    assert "Aline" not in repr(public)
    agreed = sheet.with_consent("rubrique.seule.autre", publish=True)
    assert "Aline" in repr(build_report(catalogue, agreed, date(2026, 3, 1), "1"))
