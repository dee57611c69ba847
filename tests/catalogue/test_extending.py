from pathlib import Path
from textwrap import indent

import pytest
from msgspec.structs import replace
from writing import list_faults, write_files

from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Many, Number, Question
from impact_cli.errors import ImpactError

BASE = """
id: famille
title: Famille
sections:
  - id: lien
    title: Lien
    questions:
      - {id: publics, kind: many, ask: Qui ?, topic: les publics, options: [publics, {id: aucun, label: Aucun,
        exclusive: true, tell: Aucun public.}]}
      - {id: combien, kind: number, ask: Combien ?, topic: le nombre, prose: exemple, when: {publics: {not: aucun}}}
      - {id: exemple, kind: text, ask: Lequel ?, topic: un exemple, when: {publics: {not: [aucun, voisins]}}}
    tell:
      - ["Des {publics} : {combien}.", "Des {publics}.", "Nombre : {combien}."]
      - "{exemple:quote}"
  - id: suite
    title: Suite
    questions:
      - {id: avis, kind: text, ask: Quoi ?, topic: un avis,
        when: {lien.publics: [voisins, benevoles], lien.combien: {min: 1}}}
    tell: ["{avis:quote}"]
"""
LISTS = "publics: [{id: voisins, label: voisins}, {id: benevoles, label: bénévoles}]\n"
HEAD = 'id: {0}\nversion: "1"\ntitle: Effets\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    head = HEAD.format("base") + "families: [famille]\n"
    return write_files(tmp_path / "base", catalogue=head, famille=BASE, lists=LISTS)


def _extend(base: Path, head: str = "", sections: str = "", *, name: str = "autre", lists: str = "") -> Path:
    files = {"catalogue": HEAD.format(name) + f"extends: ../{base.name}\n" + head}
    if sections:
        files["famille"] = "id: famille\nsections:\n" + indent(sections.strip("\n"), "  ") + "\n"
    if lists:
        files["lists"] = lists
    return write_files(base.parent / name, **files)


def _question(folder: Path, key: str) -> Question:
    return load_catalogue(folder).questions[key]


def test_an_extension_of_three_lines_is_the_catalogue_it_extends(base: Path) -> None:
    ours, theirs = load_catalogue(base), load_catalogue(_extend(base))
    assert (theirs.id, theirs.families) == ("autre", ours.families)
    assert theirs.fingerprint != ours.fingerprint


def test_a_known_id_changes_only_the_keys_that_are_written(base: Path) -> None:
    folder = _extend(base, sections="- {id: lien, title: Liens, questions: [{id: exemple, ask: Un exemple ?}]}")
    before, after = _question(base, "lien.exemple"), _question(folder, "lien.exemple")
    assert after.ask == "Un exemple\u202f?"
    assert after == replace(before, ask=after.ask)
    assert [section.title for section in load_catalogue(folder).sections] == ["Liens", "Suite"]


def test_what_is_new_goes_to_the_end_or_after_what_it_names(base: Path) -> None:
    question = "{{id: q, kind: text, ask: Q ?, topic: un q}}"
    section = f"- {{{{id: {{0}}, title: x, {{1}} questions: [{question}], tell: ['{{{{q:quote}}}}']}}}}\n"
    options = "- {id: lien, questions: [{id: publics, options: [{id: eleves, label: élèves, after: voisins}]}]}\n"
    folder = _extend(base, sections=options + section.format("fin", "") + section.format("milieu", "after: lien,"))
    catalogue = load_catalogue(folder)
    publics = catalogue.questions["lien.publics"]
    assert [each.id for each in catalogue.sections] == ["lien", "milieu", "suite", "fin"]
    assert isinstance(publics, Many)
    assert [option.id for option in publics.options] == ["voisins", "eleves", "benevoles", "aucun"]


def test_a_place_after_nothing_is_a_fault(base: Path) -> None:
    folder = _extend(base, sections="- {id: neuve, after: lienn}")
    assert list_faults(folder) == ["famille.yaml:3: neuve: « lienn » n’existe pas ici. Vouliez-vous dire « lien » ?"]


def test_a_shared_list_changes_wherever_it_is_used(base: Path) -> None:
    folder = _extend(base, lists="publics: [{id: voisins, tell: voisins et voisines}]\n")
    publics = _question(folder, "lien.publics")
    assert isinstance(publics, Many)
    assert [option.told for option in publics.options][:2] == ["voisins et voisines", "bénévoles"]


def test_a_new_family_stands_where_the_head_names_it(base: Path) -> None:
    folder = _extend(base, "families: [premiere, famille]\n")
    write_files(
        folder,
        premiere="""
        id: premiere
        title: Première
        sections: [{id: une, title: Une, questions: [{id: q, kind: text, ask: Q ?, topic: un q}], tell: ["{q:quote}"]}]
        """,
    )
    assert [family.id for family in load_catalogue(folder).families] == ["famille", "premiere"]


def test_a_section_left_out_takes_the_conditions_on_it_along(base: Path) -> None:
    catalogue = load_catalogue(_extend(base, "leave_out: [lien]\n"))
    assert list(catalogue.questions) == ["suite.avis"]
    assert catalogue.questions["suite.avis"].when == {}


def test_a_question_left_out_takes_its_sentences_and_the_conditions_on_it_along(base: Path) -> None:
    catalogue = load_catalogue(_extend(base, "leave_out: [lien.publics]\n"))
    lien = next(catalogue.sections)
    assert lien.tell == (("Nombre\u00a0: {combien}.",), ("{exemple:quote}",))
    assert [question.when for question in lien.questions] == [{}, {}]
    assert list(catalogue.questions["suite.avis"].when) == ["lien.combien"]


def test_a_text_left_out_no_longer_keeps_the_words_around_a_number(base: Path) -> None:
    combien = _question(_extend(base, "leave_out: [lien.exemple]\n"), "lien.combien")
    assert isinstance(combien, Number)
    assert combien.prose is None


def test_an_option_left_out_is_no_longer_asked_nor_tested(base: Path) -> None:
    catalogue = load_catalogue(_extend(base, "leave_out: [lien.publics.aucun, lien.publics.voisins]\n"))
    publics = catalogue.questions["lien.publics"]
    assert isinstance(publics, Many)
    assert [option.id for option in publics.options] == ["benevoles"]
    assert catalogue.questions["lien.combien"].when == {}
    assert catalogue.questions["lien.exemple"].when == {}
    assert catalogue.questions["suite.avis"].when["lien.publics"].includes == ("benevoles",)


def test_names_left_out_that_are_nowhere_are_faults_together(base: Path) -> None:
    folder = _extend(base, "leave_out:\n  - liens\n  - lien.public\n  - lien.publics.rien.du.tout\n  - 3\n")
    assert list_faults(folder) == [
        "catalogue.yaml:6: leave_out: rien ne s’appelle « liens ». Vouliez-vous dire « lien » ?",
        "catalogue.yaml:7: leave_out: rien ne s’appelle « lien.public ». Vouliez-vous dire « lien.publics » ?",
        (
            "catalogue.yaml:8: leave_out: rien ne s’appelle « lien.publics.rien.du.tout »."
            " Vouliez-vous dire « lien.publics.aucun » ?"
        ),
        "catalogue.yaml:9: leave_out: rien ne s’appelle « 3 ».",
    ]


def test_an_extension_of_an_extension_has_the_changes_of_both(base: Path) -> None:
    middle = _extend(base, "leave_out: [suite]\n", "- {id: lien, title: Liens}", name="milieu")
    catalogue = load_catalogue(_extend(middle, sections="- {id: lien, hint: Des liens.}", name="bout"))
    (section,) = catalogue.sections
    assert (section.title, section.hint) == ("Liens", "Des liens.")


def test_a_catalogue_that_extends_itself_is_a_fault(base: Path) -> None:
    one = _extend(base, name="un")
    two = _extend(one, name="deux")
    (one / "catalogue.yaml").write_text(HEAD.format("un") + "extends: ../deux\n", encoding="utf-8")
    for folder in (one, two):
        (fault,) = list_faults(folder)
        assert fault.endswith("catalogue.yaml:4: extends: ce questionnaire s’étend lui-même.")


def test_a_base_that_is_nowhere_is_a_fault(base: Path) -> None:
    (fault,) = list_faults(write_files(base.parent / "seul", catalogue=HEAD.format("seul") + "extends: ../absent\n"))
    assert fault.startswith("catalogue.yaml:4: extends: aucun questionnaire dans « ")


def test_a_folder_without_a_catalogue_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="aucun questionnaire ici") as raised:
        load_catalogue(tmp_path / "rien")
    assert "--questions" in raised.value.hint


def test_a_fault_of_an_extension_stands_in_its_own_file(base: Path) -> None:
    folder = _extend(base, sections="- {id: lien, questions: [{id: exemple, kind: texte}]}")
    (fault,) = list_faults(folder)
    assert fault.startswith("famille.yaml:3: lien.exemple: le genre « texte » n’existe pas.")


TYPES = "{id: types, kind: many, ask: Quoi ?, topic: des types, options: [Livres, '3 à 5', LAN], tell: 'Des {types}.'}"


def test_a_question_is_added_in_one_place(base: Path) -> None:
    catalogue = load_catalogue(_extend(base, sections=f"- {{id: lien, questions: [{TYPES}]}}"))
    types = catalogue.questions["lien.types"]
    assert isinstance(types, Many)
    assert [(option.id, option.label, option.told) for option in types.options] == [
        ("livres", "Livres", "livres"),
        ("o_3_a_5", "3 à 5", "3 à 5"),
        ("lan", "LAN", "LAN"),
    ]
    (lien, _) = catalogue.sections
    assert ("Des {types}.",) in lines_of(lien)
    assert ("{exemple:quote}",) in lines_of(lien)


def test_an_option_is_added_in_one_place(base: Path) -> None:
    folder = _extend(base, sections="- {id: lien, questions: [{id: publics, options: [Élèves]}]}")
    publics = _question(folder, "lien.publics")
    assert isinstance(publics, Many)
    assert [option.id for option in publics.options] == ["voisins", "benevoles", "aucun", "eleves"]


def test_a_line_takes_the_place_of_those_that_tell_its_questions(base: Path) -> None:
    lines = '- {id: lien, tell: ["Un exemple :{exemple:quote}"]}'
    (lien, _) = load_catalogue(_extend(base, sections=lines)).sections
    assert [line[0] for line in lines_of(lien)] == [
        "Des {publics}\u00a0: {combien}.",
        "Un exemple\u00a0:{exemple:quote}",
    ]


def test_readings_of_an_extension_add_up(base: Path) -> None:
    write_files(base / "readings", lists="publics: [{id: voisins, read: [riverains]}]\n", catalogue="furniture: [a]\n")
    folder = _extend(base)
    write_files(
        folder / "readings", lists="publics: [{id: voisins, read: [habitants]}]\n", catalogue="furniture: [b]\n"
    )
    catalogue = load_catalogue(folder, readings=True)
    publics = catalogue.questions["lien.publics"]
    assert isinstance(publics, Many)
    assert publics.options[0].read == ("riverains", "habitants")
    assert catalogue.furniture == ("a", "b")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "famille",
            "id: famille\nsections: [{id: lienn, read: [x]}]\n",
            "« lienn » n’existe pas dans le questionnaire.",
        ),
        (
            "famille",
            "id: famille\nsections: [{id: lien, tell: [x]}]\n",
            "« tell » ne se lit pas ici : « readings » ne contient que des formulations d’autrui",
        ),
        (
            "famille",
            "id: famille\nsections: [{id: lien, questions: [{id: publics, options: [{id: aucun, label: x}]}]}]\n",
            "« label » ne se lit pas ici",
        ),
        ("effets", "id: effets\n", "la famille « effets » n’existe pas."),
        ("catalogue", "title: x\n", "« title » ne se lit pas ici"),
    ],
)
def test_readings_hold_wordings_of_what_there_is_and_nothing_else(name: str, text: str, fault: str, base: Path) -> None:
    write_files(base / "readings", **{name: text})
    (said,) = list_faults(base)
    assert said.startswith(f"readings/{name}.yaml:")
    assert fault in said


@pytest.mark.parametrize(
    ("head", "sections", "place"),
    [
        ("leave_out: [lien.publics.voisins, lien.publics.benevoles]\n", "", "catalogue.yaml:5: lien"),
        ("", "- {id: lien, questions: [{id: combien, kind: text}]}", "famille.yaml:3: lien"),
        ("", "- {id: lien, questions: [{id: exemple, lines: true, tell: 'Ici {exemple}.'}]}", "famille.yaml:3: lien"),
    ],
)
def test_a_fault_that_an_extension_causes_stands_in_its_own_file(
    head: str, sections: str, place: str, base: Path
) -> None:
    faults = list_faults(_extend(base, head, sections))
    assert faults
    assert all(fault.startswith(place.partition(":")[0]) for fault in faults), faults
    assert faults[0].startswith(place)


def test_a_fault_of_what_is_extended_stands_there(base: Path) -> None:
    folder = _extend(base)
    family = base / "famille.yaml"
    family.write_text(family.read_text(encoding="utf-8").replace("Des {publics}.", "Des {publics}"), encoding="utf-8")
    (fault,) = list_faults(folder)
    assert fault.startswith("../base/famille.yaml:12: lien: la phrase doit finir par")
