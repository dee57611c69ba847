"""Small things of the language of reports, each in a report of a few lines."""

import pytest
from writing import real_catalogue

from impact_cli.exchange.published import Reading, read_report

_LIST = "Des interactions sociales ont été observées entre différents publics :\n\n"
_NETWORKS = "La création de réseaux de personnes autour d’un projet ou d’une action"


def _read(*lines: str, title: str = "Lien social") -> Reading:
    text = "\n\n".join(["Les effets sociaux et urbains\nde La Remise", title, *lines])
    return read_report(real_catalogue(), text, "essai.txt")


@pytest.mark.parametrize("bullet", ["• ", "- ", "* ", ""])
def test_an_option_does_not_go_on_in_the_next_bullet(bullet: str) -> None:
    reading = _read(f"{_LIST}{bullet}voisin·e·s\n{bullet}acteurs du quartier")
    assert reading.answers == {"lien_social.publics": ("voisins", "acteurs")}
    assert not reading.uncertain


def test_words_passed_over_count_against_a_sentence() -> None:
    reading = _read("Des interactions sociales ont été observées entre différents publics grand pubilc , bénévoles .")
    assert reading.answers == {"lien_social.publics": ("visiteurs", "benevoles")}


@pytest.mark.parametrize("title", ["nEtretien eds espacse", "ENTRETIEN DES ESPACES", "Entretien  d es espaces"])
def test_a_damaged_title_is_still_one(title: str) -> None:
    reading = _read("Une fanfare est née.", title, "La haie a poussé.")
    assert reading.answers == {"lien_social.exemple": "Une fanfare est née.", "entretien.exemple": "La haie a poussé."}
