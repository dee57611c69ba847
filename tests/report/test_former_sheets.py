"""Sheets of the questionnaire of 2026.1 are told by today's without a loss."""

import json
from datetime import date
from pathlib import Path

import pytest
from report.test_promises import tells_every_answer
from writing import new_sheet, real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.render.text import render_text
from impact_cli.report.build import build_report

# Every question of 2026.1 with all that could be ticked together, as its sheets keep it.
FULL = json.loads((Path(__file__).parents[1] / "seeds" / "full-2026.1.json").read_text(encoding="utf-8"))
# What it ticked alone, and the single choices.
ALONE = {
    "lien_social.publics": ["aucun"],
    "lien_social.frequence": "mois",
    "sante.changements": ["aucun"],
    "insertion.resultats": ["aucun"],
    "capacite_agir.porteurs": ["aucun"],
    "solidarite.types": ["aucun"],
    "reseau.autour": ["aucun"],
    "inclusion.ressenti": ["aucun"],
    "cadre_de_vie.image": "inchangee",
    "entretien.ameliorations": ["aucun"],
    "entretien.degradations": ["aucun"],
    "services.gestion": "non_geres",
    "services.besoins": ["aucun"],
    "innovation.evolution": "non",
    "bilan_collectif.intensite": 1,
}


def _sheet(answers: dict[str, object]) -> Sheet:
    return new_sheet(real_catalogue(), {key: _frozen(value) for key, value in answers.items()})


def _frozen(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def test_a_full_sheet_is_understood_and_told_whole() -> None:
    sheet = _sheet(FULL)
    path = trace_path(real_catalogue(), sheet)
    assert not path.misread
    assert not path.aside
    assert path.values.keys() == FULL.keys()
    tells_every_answer(sheet)
    told = render_text(build_report(real_catalogue(), sheet, date(2026, 3, 1), "1.0"))
    assert all(str(text) in told for text in FULL.values() if isinstance(text, str) and text.startswith("Dit de"))


@pytest.mark.parametrize("key", ALONE)
def test_what_stood_alone_is_told(key: str) -> None:
    sheet = _sheet({key: ALONE[key]})
    assert trace_path(real_catalogue(), sheet).values.keys() == {key}
    tells_every_answer(sheet)


def test_marks_keep_the_words_they_were_given_for() -> None:
    levels = ("très faible", "faible", "moyenne", "forte", "très forte")
    for mark, name in enumerate(levels, 1):
        sheet = _sheet({"bilan_collectif.intensite": mark})
        assert f"{mark} sur 5 ({name})" in render_text(build_report(real_catalogue(), sheet, date(2026, 3, 1), "1.0"))
