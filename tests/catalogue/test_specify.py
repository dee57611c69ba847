"""An option that asks for its own words: one question more, which nothing else in the program need know of."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from writing import list_faults, load_section, new_sheet, write_section

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet_schema import describe_sheet
from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue, Text

SECTION = """
questions:
  - id: types
    kind: many
    ask: Quoi ?
    topic: les types
    options:
      - {id: livres, label: Livres, tell: livres}
      - {id: autre, label: Autre chose, tell: autre chose, specify: true}
      - {id: rien, label: Rien, exclusive: true, tell: Rien.}
    tell: On y prête {types}.
  - {id: ou, kind: text, ask: Où ?, topic: un lieu, tell: "Lieu : {ou}."}
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


def test_the_words_are_asked_right_after_the_option_is_ticked(catalogue: Catalogue) -> None:
    assert list(catalogue.questions) == ["rubrique.types", "rubrique.types.autre", "rubrique.ou"]
    words = catalogue.questions["rubrique.types.autre"]
    assert isinstance(words, Text)
    assert words.ask == "«\u00a0Autre chose\u00a0»\u00a0: pouvez-vous préciser\u202f?"
    assert words.when == {"types": Test(includes=("autre",))}
    assert not words.lines
    assert not words.public


def test_they_are_on_the_path_only_where_the_option_is_ticked(catalogue: Catalogue) -> None:
    key = "rubrique.types.autre"
    assert key in trace_path(catalogue, new_sheet(catalogue, {"rubrique.types": ("autre",)})).answers
    aside = trace_path(catalogue, new_sheet(catalogue, {"rubrique.types": ("livres",), key: "des graines"}))
    assert aside.aside == {key}


def test_answers_and_the_schema_name_them_by_their_key(catalogue: Catalogue) -> None:
    given = {"rubrique.types": ["autre"], "rubrique.types.autre": "des graines."}
    assert read_answers(catalogue, json.dumps(given).encode(), "r.json")["rubrique.types.autre"] == "des graines"
    assert "rubrique.types.autre" in describe_sheet(catalogue)["properties"]["answers"]["properties"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: types", "id: genres, was: [types]"),
        ("id: autre,", "id: divers, was: [autre],"),
        ("id: types", "id: genres, was: [rubrique.types]"),
    ],
)
def test_they_follow_a_question_or_an_option_that_is_renamed(
    old: str, new: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    section = SECTION.replace(old, new.replace(", was", "\n    was") if "genres" in new else new)
    renamed = load_catalogue(
        write_section(tmp_path / "apres", section.replace("{types}", "{genres}") if "genres" in new else section)
    )
    sheet = new_sheet(catalogue, {"rubrique.types": ("autre",), "rubrique.types.autre": "des graines"})
    followed = follow_catalogue(renamed, sheet).sheet
    values = trace_path(renamed, followed).values
    assert list(values.values()) == [(new.partition(",")[0][4:] if "divers" in new else "autre",), "des graines"]


def test_a_catalogue_that_asks_for_words_has_no_fault_and_its_faults_have_their_lines(tmp_path: Path) -> None:
    assert list_faults(write_section(tmp_path / "a", SECTION)) == []
    wrong = SECTION.replace("Lieu : {ou}.", "Lieu : {ou}")
    assert list_faults(write_section(tmp_path / "b", wrong)) == [
        "famille.yaml:16: rubrique.ou: la phrase doit finir par « . »."
    ]


def test_one_that_is_offered_no_more_asks_for_words_no_more() -> None:
    catalogue = load_section(SECTION.replace("specify: true", "specify: true, asked: false"))
    assert (
        "rubrique.types.autre"
        not in trace_path(catalogue, new_sheet(catalogue, {"rubrique.types": ("autre",)})).answers
    )
    sheet = new_sheet(catalogue, {"rubrique.types": ("autre",), "rubrique.types.autre": "des graines"})
    assert "rubrique.types.autre" in trace_path(catalogue, replace(sheet)).values
