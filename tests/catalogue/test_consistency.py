"""What cannot all be true, said as data."""

from pathlib import Path

import pytest
from writing import list_faults, write_catalogue

from impact_cli.catalogue.consistency import Contradiction, find_contradictions
from impact_cli.catalogue.loading import load_catalogue

HEAD = """
id: essai
version: "1"
title: Effets
families: [famille]
consistency:
  - {id: forte, when: {une.types: rien, deux.force: {min: 4}}, ask: Que changer ?}
"""
SECTIONS = """
- id: une
  title: Une
  questions:
    - id: types
      kind: many
      ask: Quoi ?
      topic: les types
      options:
        - {id: un, label: un}
        - {id: deux, label: deux}
        - {id: trois, label: trois}
        - {id: rien, label: rien, exclusive: true, tell: Rien.}
      tell: Des {types}.
    - {id: combien, kind: number, ask: Combien ?, topic: le nombre, tell: "Nombre : {combien}."}
  consistency:
    - {id: personne, when: {combien: {max: 0}, types: {not: rien}}, ask: Combien ?}
    - {id: ensemble, when: {types: {all: deux, includes: [trois]}}, ask: Lequel ?}
    - {id: beaucoup, when: {types: {min: 2}, combien: {max: 1}}, ask: Combien ?}
- id: deux
  title: Deux
  questions:
    - {id: force, kind: rating, ask: Fort ?, topic: la force, levels: [a, b, c, d, e], tell: "Force :{force:rating}"}
"""
PERSONNE = Contradiction("une.personne", ("une.types", "une.combien"), "Combien\u202f?")
BEAUCOUP = Contradiction("une.beaucoup", ("une.types", "une.combien"), "Combien\u202f?")
ENSEMBLE = Contradiction("une.ensemble", ("une.types",), "Lequel\u202f?")
FORTE = Contradiction("forte", ("une.types", "deux.force"), "Que changer\u202f?")


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"une.combien": 0}, []),
        ({"une.types": ("un",)}, []),
        ({"une.types": ("un",), "une.combien": 0}, [PERSONNE]),
        ({"une.types": ("un", "deux"), "une.combien": 0}, [PERSONNE, BEAUCOUP]),
        ({"une.types": ("un", "deux"), "une.combien": 1}, [BEAUCOUP]),
        ({"une.types": ("un", "deux"), "une.combien": 2}, []),
        ({"une.types": ("rien",), "une.combien": 0}, []),
        ({"une.types": ("un", "deux")}, []),
        ({"une.types": ("un", "trois")}, []),
        ({"une.types": ("deux", "trois")}, [ENSEMBLE]),
        ({"une.types": ("rien",), "deux.force": 4}, [FORTE]),
        ({"une.types": ("rien",), "deux.force": 3}, []),
    ],
)
def test_only_answers_that_are_there_contradict_each_other(
    values: dict[str, object], found: list[Contradiction], tmp_path: Path
) -> None:
    catalogue = load_catalogue(write_catalogue(tmp_path, SECTIONS, head=HEAD))
    assert find_contradictions(catalogue, values) == found
    assert [each.section for each in found] == [each.keys[-1][: each.keys[-1].index(".")] for each in found]


FAULTS = {
    "one answer": ("{combien: {max: 0}, types: {not: rien}}", "{combien: {max: 0}}", "il faut deux réponses"),
    "no question": ("combien: {max: 0}", "combient: {max: 0}", "la question « combient » n’existe pas."),
    "no option": ("types: {not: rien}", "types: {not: riens}", "l’option « riens » n’existe pas dans « types »."),
    "no mark": ("deux.force: {min: 4}", "deux.force: {min: 6}", "cette condition n’est jamais vraie"),
    "no whole key": ("deux.force: {min: 4}", "force: {min: 4}", "la question « force » n’existe pas."),
    "no question mark": ("ask: Que changer ?", "ask: Non.", "« ask » est la question à poser"),
    "twice": ("id: beaucoup", "id: personne", "« personne » est déjà pris dans cette liste."),
    "one option": ("types: {all: deux, includes: [trois]}", "types: {all: deux}", "ou deux options d’une question"),
    "no option at all": ("all: deux", "all: quatre", "l’option « quatre » n’existe pas dans « types »."),
    "wanted and refused": ("{all: deux, includes: [trois]}", "{all: [deux, trois], not: deux}", "veut et refuse"),
    "all of one alone": ("{all: deux, includes: [trois]}", "{all: [rien, trois]}", "ces réponses ne se rencontrent"),
    "never together": (
        "types: {not: rien}",
        "types: {includes: [rien], min: 2}",
        "ces réponses ne se rencontrent jamais",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_of_what_cannot_be_true_is_told(case: str, tmp_path: Path) -> None:
    old, new, what = FAULTS[case]
    assert old in HEAD + SECTIONS
    faults = list_faults(write_catalogue(tmp_path, SECTIONS.replace(old, new), head=HEAD.replace(old, new)))
    assert any(what in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("left_out", "kept"),
    [
        ("une.combien", {"ensemble", "forte"}),
        ("deux", {"personne", "ensemble", "beaucoup"}),
        ("une.types.rien", {"ensemble", "beaucoup"}),
        ("une.personne", {"beaucoup", "ensemble", "forte"}),
        ("une.types.trois", {"personne", "beaucoup", "forte"}),
    ],
)
def test_what_is_left_out_takes_its_contradictions_along(left_out: str, kept: set[str], tmp_path: Path) -> None:
    write_catalogue(tmp_path / "base", SECTIONS, head=HEAD)
    head = f'id: autre\nversion: "1"\ntitle: Effets\nextends: ../base\nleave_out: [{left_out}]\n'
    folder = tmp_path / "autre"
    folder.mkdir()
    (folder / "catalogue.yaml").write_text(head, encoding="utf-8")
    catalogue = load_catalogue(folder)
    entries = [*catalogue.consistency, *(entry for section in catalogue.sections for entry in section.consistency)]
    assert {entry.id for entry in entries} == kept


def test_an_extension_adds_and_changes_them_by_id(tmp_path: Path) -> None:
    write_catalogue(tmp_path / "base", SECTIONS, head=HEAD)
    head = (
        HEAD.replace("families: [famille]", "extends: ../base").replace("forte", "faible").replace("min: 4", "max: 2")
    )
    section = "- {id: une, consistency: [{id: personne, ask: Vraiment ?}]}"
    catalogue = load_catalogue(write_catalogue(tmp_path / "autre", section, head=head))
    assert [entry.id for entry in catalogue.consistency] == ["forte", "faible"]
    assert [entry.ask for entry in next(catalogue.sections).consistency] == [
        *("Vraiment\u202f?", "Lequel\u202f?", "Combien\u202f?")
    ]
