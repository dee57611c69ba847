"""The seed reports and the layouts are read whole."""

import re

import pytest
from exchange.reference import known_answers, known_texts, read_reference, reference
from writing import real_catalogue

from impact_cli.answers.values import read_value
from impact_cli.catalogue.model import Text

SEEDS = {"seed-numeripole.txt": "numeripole.json", "seed-uto-pic.txt": "uto_pic.json"}
LAYOUTS = ("layout-L.txt", "layout-S.txt", "layout-Q.txt")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_choice_number_and_keyword_of_a_seed_is_found_and_no_other(seed: str) -> None:
    questions = real_catalogue().questions
    known = known_answers(SEEDS[seed])
    ticked = {key: read_value(questions[key], value) for key, value in known.items() if not _is_text(key)}
    found = {key: value for key, value in read_reference(seed).answers.items() if not _is_text(key)}
    assert found == ticked


@pytest.mark.parametrize("seed", SEEDS)
def test_every_free_text_of_a_seed_is_found_in_its_section(seed: str) -> None:
    lines = reference(seed).read_text(encoding="utf-8").split("\n")
    reading = read_reference(seed)
    for key, (first, last) in known_texts(seed).items():
        typed = " ".join(" ".join(lines[first - 1 : last]).strip("|* ").split())
        if key == "capacite_agir.precisions":
            typed = typed.partition(" nouveaux projets")[0]
        assert " ".join(str(reading.answers[key]).split()) == typed
    assert {key for key in reading.answers if _is_text(key)} == set(known_texts(seed))


@pytest.mark.parametrize("name", [*SEEDS, *LAYOUTS])
def test_every_line_is_an_answer_furniture_or_unplaced(name: str) -> None:
    lines = reference(name).read_text(encoding="utf-8").split("\n")
    reading = read_reference(name)
    assert {number for number, line in enumerate(lines, 1) if line.strip()} == set(reading.lines)
    unplaced = [each.line for each in reading.unplaced]
    assert unplaced == sorted(set(unplaced))
    assert all(each.text == lines[each.line - 1] for each in reading.unplaced)


def test_only_holes_and_garbage_are_unplaced() -> None:
    kept = [each.text for name in [*SEEDS, *LAYOUTS] for each in read_reference(name).unplaced]
    assert kept == [
        "Ces rencontres ont lieu .",
        "Doc áchangos dans au La création de réceaux de",
        "La création de ré",
    ]


def test_what_says_nothing_is_kept_as_typed_and_doubted() -> None:
    reading = read_reference("seed-numeripole.txt")
    assert reading.answers["inclusion.exemple"] == "RAS."
    assert "rien à dire" in reading.uncertain["inclusion.exemple"]
    assert "rien à dire" in read_reference("layout-Q.txt").uncertain["capacite_agir.exemple"]


def test_the_venues_are_named() -> None:
    names = [read_reference(name).venue for name in [*SEEDS, *LAYOUTS]]
    assert names == [
        "Numéripôle (Le)",
        "Uto-Pic Coworking",
        "La Remise/Potage rond",
        "L'Octroi / Hep Là-Bas",
        "Les Docks de la Sucrerie",
    ]


def test_layout_l_gives_its_choices_and_numbers() -> None:
    answers = read_reference("layout-L.txt").answers
    assert answers["lien_social.frequence"] == ("quotidien",)
    assert answers["insertion.combien"] == 30
    assert answers["capacite_agir.combien"] == 10
    assert answers["insertion.resultats"] == ("accompagnement", "autonomie", "emplois_lieu", "emplois_ailleurs")
    assert answers["solidarite.publics"] == ("travailleurs", "benevoles")


def test_layout_s_gives_its_choices_and_numbers() -> None:
    answers = read_reference("layout-S.txt").answers
    assert answers["lien_social.occasions"] == ("quotidien", "grand_public", "dedies")
    assert answers["lien_social.frequence"] == ("mois",)
    assert answers["sante.changements"] == ("sante", "relations", "confiance")
    assert answers["solidarite.types"] == ("services", "competences", "biens")


def test_layout_q_gives_its_free_texts_alone() -> None:
    answers = read_reference("layout-Q.txt").answers
    assert all(_is_text(key) for key in answers)
    assert answers["reseau.exemple"] == "Ouverture d'un point de compostage pour la rue"
    assert not any(re.search(r"\?$", str(text)) for text in answers.values())


def _is_text(key: str) -> bool:
    return isinstance(real_catalogue().questions[key], Text)
