"""The fingerprint is of what is asked and told: of nothing less, and of nothing else."""

from pathlib import Path

import pytest
from writing import HEAD, write_files

from impact_cli.catalogue.loading import load_catalogue

FAMILY = """
id: famille
title: Famille
sections:
  - id: rubrique
    title: Rubrique
    questions:
      - id: qui
        kind: many
        ask: Qui ?
        topic: l'usage
        options: [{id: jeunes, label: jeunes}, {id: vieux, label: vieux}]
        tell: Des {qui}.
      - {id: ou, kind: text, ask: "Où ?", topic: un lieu, when: {qui: jeunes}, tell: "Lieu : {ou}."}
    tell: ["Des {qui} à {ou}."]
"""
SAME = {
    "comment": ("title: Famille", "title: Famille  # rien"),
    "lines": ("    questions:", "\n\n    questions:"),
    "quotes": ("Des {qui}.", '"Des {qui}."'),
    "order of keys": ("        ask: Qui ?\n        topic: l'usage", "        topic: l'usage\n        ask: Qui ?"),
    "apostrophe": ("l'usage", "l’usage"),
    "short form": ("when: {qui: jeunes}", "when: {qui: [jeunes]}"),
    "default written out": ("kind: text", "kind: text, public: false"),
    "telling in the section": (
        "        tell: Des {qui}.\n",
        "",
        '    tell: ["Des {qui} à {ou}."]',
        '    tell: [["Des {qui} à {ou}.", "Des {qui}."]]',
    ),
    "reading": ("title: Famille", "title: Famille\ntitles_read: [Autre]"),
}
OTHER = {
    "title": ("Rubrique", "Effet"),
    "question": ("Qui ?", "Lesquels ?"),
    "telling": ("Des {qui}.", "Les {qui}."),
    "line": ("Des {qui} à {ou}.", "Les {qui} à {ou}."),
    "option": ("label: vieux", "label: anciens"),
    "condition": ("qui: jeunes", "qui: vieux"),
    "order": (
        "{id: jeunes, label: jeunes}, {id: vieux, label: vieux}",
        "{id: vieux, label: vieux}, {id: jeunes, label: jeunes}",
    ),
    "former id": ("kind: many", "kind: many\n        was: [publics]"),
    "hint": ("kind: many", "kind: many\n        hint: Cochez."),
}


def _fingerprint(folder: Path, *changes: str) -> str:
    family = FAMILY
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in family
        family = family.replace(old, new)
    return load_catalogue(write_files(folder, catalogue=HEAD, famille=family)).fingerprint


@pytest.mark.parametrize("change", SAME)
def test_what_is_neither_asked_nor_told_is_not_in_the_fingerprint(change: str, tmp_path: Path) -> None:
    assert _fingerprint(tmp_path / "a", *SAME[change]) == _fingerprint(tmp_path / "b")


@pytest.mark.parametrize("change", OTHER)
def test_each_word_that_is_asked_or_told_is_in_the_fingerprint(change: str, tmp_path: Path) -> None:
    assert _fingerprint(tmp_path / "a", *OTHER[change]) != _fingerprint(tmp_path / "b")


def test_readings_beside_the_questionnaire_are_read_on_demand_and_not_in_the_fingerprint(tmp_path: Path) -> None:
    alone = _fingerprint(tmp_path)
    write_files(
        tmp_path / "readings",
        famille="""
        id: famille
        titles_read: [Autre]
        sections: [{id: rubrique, read: ["De {qui}."], questions: [{id: qui, options: [{id: vieux, read: [anciens]}]}]}]
        """,
        catalogue="furniture: [Accueil]",
    )
    without, with_readings = load_catalogue(tmp_path), load_catalogue(tmp_path, readings=True)
    assert (without.furniture, with_readings.furniture) == ((), ("Accueil",))
    assert "anciens" in repr(with_readings)
    assert "anciens" not in repr(without)
    assert with_readings.fingerprint == without.fingerprint == alone
