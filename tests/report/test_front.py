"""What the first page says comes from the catalogue's data alone, and a difficulty weighs what a success does."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from writing import load_section, new_sheet, real_catalogue

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.report.blocks import Bullets, Paragraph, Quote
from impact_cli.report.build import build_report
from impact_cli.report.wording import CHANGED, DIFFICULT

SECTION = """
questions:
  - id: effets
    kind: many
    ask: A ?
    topic: a
    tell: "Effets :{effets:bullets}"
    options:
      - {id: amis, label: des amitiés, change: true}
      - {id: reseau, label: autour d’un projet}
      - {id: bruit, label: du bruit, difficulty: true}
      - {id: autre, label: autre chose, specify: true, change: true}
      - {id: rien, label: Rien, tell: Rien n’a changé., exclusive: true}
  - {id: publics, kind: many, ask: B ?, topic: b, tell: "Publics : {publics}.", options: [voisines, jeunes]}
  - id: image
    kind: one
    ask: C ?
    topic: c
    tell: "Le lieu {image}."
    options:
      - {id: mieux, label: en mieux, change: true}
      - {id: moins, label: en moins bien, difficulty: true}
      - {id: non, label: non}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_section(SECTION)


def _front(catalogue: Catalogue, answers: dict[str, Value]) -> dict[str, str]:
    """The lines of the first page, by what leads in them."""
    sheet = new_sheet(catalogue, {f"rubrique.{key}": value for key, value in answers.items()})
    told = build_report(catalogue, sheet, date(2026, 3, 1), "0").blocks
    return {
        lead.text: bullets.items[0].partition("\u00a0: ")[2]
        for lead, bullets in pairwise(told)
        if isinstance(lead, Paragraph) and isinstance(bullets, Bullets) and lead.text in {CHANGED, DIFFICULT}
    }


@pytest.mark.parametrize(
    ("answers", "changed", "difficult"),
    [
        ({"effets": ("amis", "bruit")}, "des amitiés", "du bruit"),
        ({"effets": ("reseau",)}, None, None),
        ({"effets": ("rien",)}, None, None),
        ({"publics": ("voisines", "jeunes")}, None, None),
        ({"image": "mieux"}, "en mieux", None),
        ({"image": "moins"}, None, "en moins bien"),
        ({"image": "non"}, None, None),
        ({"effets": ("amis",), "image": "moins"}, "des amitiés", "en moins bien"),
    ],
)
def test_effects_stand_on_their_side(
    catalogue: Catalogue, answers: dict[str, Value], changed: str | None, difficult: str | None
) -> None:
    front = _front(catalogue, answers)
    assert front.get(CHANGED) == changed
    assert front.get(DIFFICULT) == difficult


def test_own_words_of_an_effect_are_withheld_until_they_may_be_published(catalogue: Catalogue) -> None:
    answers: dict[str, Value] = {"rubrique.effets": ("autre",), "rubrique.effets.autre": "des graines"}
    sheet = new_sheet(catalogue, answers, consent=False)
    published = sheet.with_consent("rubrique.effets.autre", publish=True)
    assert "des graines" not in repr(build_report(catalogue, sheet, date(2026, 3, 1), "0").blocks)
    front = repr(build_report(catalogue, published, date(2026, 3, 1), "0").blocks[:4])
    assert "autre chose («\\xa0des graines\\xa0»)" in front


@pytest.mark.parametrize(("words", "shown"), [("Un jour.", "Un jour."), ("mot " * 200, f"{'mot ' * 99}mot […]")])
def test_long_words_are_shortened_on_the_first_page_and_whole_in_their_place(words: str, shown: str) -> None:
    sheet = replace(new_sheet(real_catalogue(), {"sante.exemple": words.strip()}), quotation="sante.exemple")
    told = build_report(real_catalogue(), sheet, date(2026, 3, 1), "0").blocks
    assert [block.text for block in told if isinstance(block, Quote)] == [shown, words.strip()]
