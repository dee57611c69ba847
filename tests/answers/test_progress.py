"""One count of progress, and the same everywhere."""

from pathlib import Path

import pytest
from cli.commands import run
from writing import load_section, new_sheet, write_section

from impact_cli.answers.keeping.store import Stored, save_sheet
from impact_cli.answers.progress import measure_progress
from impact_cli.answers.sheet import Sheet, Silence
from impact_cli.catalogue.model import Catalogue

SECTION = """
questions:
  - {id: image, kind: one, ask: Quoi ?, topic: l’image, options: [{id: mieux, label: mieux}, {id: moins, label: moins}]}
  - {id: points, kind: many, ask: Quoi ?, topic: les points, when: {image: moins}, options: [{id: a, label: a}]}
  - {id: passe, kind: one, ask: Quoi ?, topic: ce qu’on passe, options: [{id: a, label: a}]}
  - {id: inconnu, kind: one, ask: Quoi ?, topic: l’inconnu, options: [{id: a, label: a}]}
  - {id: parite, kind: grid, ask: Qui ?, topic: la parité, rows: [{id: a, label: a}, {id: b, label: b}],
     choices: [{id: plus, label: plus}]}
tell: ["Elle est {image}.", "Points : {points}.", "Passé : {passe}.", "Inconnu : {inconnu}.",
  "Pour {parite:rows}, {parite:choice}."]
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


def _sheet(catalogue: Catalogue, rows: str) -> Sheet:
    """One question aside, one passed, one not known, and a grid with these rows."""
    return new_sheet(
        catalogue,
        {"rubrique.image": "mieux", "rubrique.points": ("a",), "rubrique.parite": dict.fromkeys(rows, "plus")},
        {"rubrique.passe": Silence.SKIPPED, "rubrique.inconnu": Silence.NOT_KNOWN},
    )


@pytest.mark.parametrize(("rows", "told"), [("ab", "3 réponses sur 4"), ("a", "2 réponses sur 4")])
def test_what_is_passed_or_half_said_is_open_and_what_is_aside_does_not_count(
    catalogue: Catalogue, rows: str, told: str
) -> None:
    assert measure_progress(catalogue, _sheet(catalogue, rows)).told == told
    assert measure_progress(catalogue, _sheet(catalogue, rows), ["elsewhere"]).concerned == 0


def test_list_and_survey_count_alike(catalogue: Catalogue, tmp_path: Path) -> None:
    save_sheet(Stored(tmp_path / "remise" / "2026.json", _sheet(catalogue, "a"), digest=""))
    questions = ("--questions", str(write_section(tmp_path / "questions", SECTION)))
    for command in (("list",), ("survey", "La Remise", "--edition", "2026", "--plain")):
        outcome = run(*command, *questions, home=tmp_path)
        assert "2 réponses sur 4" in outcome.out + outcome.err
