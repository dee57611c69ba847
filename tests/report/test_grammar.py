from datetime import date

import pytest

from impact_cli.report.french import (
    join_words,
    name_with_de,
    say_count,
    tell_date,
    tell_edition,
    tell_name,
    tell_number,
    with_de,
)

ELIDED = """
    espaces accès écrans œuvres îles usages habits hébergement histoire hôtels humour harmonie héroïsme
    horaires humidité hygiène huîtres homme hirondelles hospitalité yeux Yvetot encre heure hélices herbes
    Uto-Pic haltères halogènes hallucinations hameçons héroïnes hier hydroponie hypothèses
"""
WHOLE = """
    biens services halles hangars hameaux handicap hasard haut haies hall harcèlement haricots héros hérisson
    hiboux hip-hop hippies hockey homards honte hors-piste houle huées huit hublots hurlements hussards
    hauteur haltes onze oui yaourts yoga hackathons hackers hackerspace Havre haine hamsters hérons Hollande
    huttes hobbies haillons hammams hanneton harangues harpes hennés hiérarchie hits
"""


@pytest.mark.parametrize(("words", "joined"), [(["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")])
def test_words_are_joined_as_in_a_sentence(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_de_is_elided_before_a_vowel_and_a_silent_h() -> None:
    assert [with_de(word) for word in ELIDED.split()] == [f"d’{word}" for word in ELIDED.split()]


def test_de_is_whole_before_other_letters() -> None:
    assert [with_de(word) for word in WHOLE.split()] == [f"de {word}" for word in WHOLE.split()]


@pytest.mark.parametrize(
    ("name", "told", "after_de"),
    [
        ("Numéripôle (Le)", "Le Numéripôle", "du Numéripôle"),
        ("Uto-Pic coworking", "Uto-Pic coworking", "d’Uto-Pic coworking"),
        ("Les Halles", "Les Halles", "des Halles"),
        ("Halles (Les)", "Les Halles", "des Halles"),
        ("La Remise", "La Remise", "de La Remise"),
        ("Remise (la)", "La Remise", "de La Remise"),
        ("Octroi (L')", "L’Octroi", "de L’Octroi"),
        ("Octroi (L’)", "L’Octroi", "de L’Octroi"),
        ("L'Octroi", "L’Octroi", "de L’Octroi"),
        ("LE HANGAR", "LE HANGAR", "du HANGAR"),
        ("le 6b", "le 6b", "du 6b"),
        ("Hangar à bananes", "Hangar à bananes", "de Hangar à bananes"),
        ("Hôtel Pasteur", "Hôtel Pasteur", "d’Hôtel Pasteur"),
        ("Lebec", "Lebec", "de Lebec"),
        ("  Été   36 ", "Été 36", "d’Été 36"),
        ("Le", "Le", "de Le"),
        ("(Le)", "(Le)", "de (Le)"),
        ("104", "104", "de 104"),
        ("11 rue du Port", "11 rue du Port", "de 11 rue du Port"),
        ("Quoi ?", "Quoi\u202f?", "de Quoi\u202f?"),
        ("L" * 5000, "L" * 120 + "…", "de " + "L" * 120 + "…"),
    ],
)
def test_a_venue_is_named_as_one_says_it(name: str, told: str, after_de: str) -> None:
    assert tell_name(name) == told
    assert name_with_de(name) == after_de


@pytest.mark.parametrize(
    ("edition", "told"),
    [("2026", "2026"), ("2027\n# titre", "2027 # titre"), ("e" * 3000, "e" * 40 + "…")],
)
def test_an_edition_is_told_on_one_line_that_ends(edition: str, told: str) -> None:
    assert tell_edition(edition) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0"), (999, "999"), (1000, "1\u202f000"), (-1200, "\u22121\u202f200"), (1234567, "1\u202f234\u202f567")],
)
def test_digits_stand_in_groups_of_three(number: int, told: str) -> None:
    assert tell_number(number) == told


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert [tell_date(date(2026, 3, 1)), tell_date(date(2026, 8, 31))] == ["1er mars 2026", "31 août 2026"]


@pytest.mark.parametrize(("count", "told"), [(0, "0 lieu"), (1, "1 lieu"), (2, "2 lieux"), (1200, "1\u202f200 lieux")])
def test_the_plural_begins_at_two(count: int, told: str) -> None:
    assert say_count(count, "lieu", "lieux") == told
