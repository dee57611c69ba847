"""Small things of the language of reports, each in a report of a few lines."""

import pytest
from writing import real_book

from impact_cli.errors import ImpactError
from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading

_LIST = "Des interactions sociales ont été observées entre différents publics :\n\n"
_NETWORKS = "La création de réseaux de personnes autour d’un projet ou d’une action"


def _read(*lines: str, title: str = "Lien social") -> Reading:
    text = "\n\n".join(["Les effets sociaux et urbains\nde La Remise", title, *lines])
    return read_report(real_book(), text, "essai.txt")


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


def test_a_text_behind_a_colon_answers_the_question_about_the_last_option() -> None:
    told = "Il a été observé que **certaines personnes se sentent exclues** : les gens du\nhaut de la rue."
    reading = _read(told, title="Inclusion et exclusion")
    assert reading.answers == {
        "inclusion.ressenti": ("exclues",),
        "inclusion.qui_exclu": "les gens du haut de la rue.",
    }


@pytest.mark.parametrize(
    ("typed", "number"),
    [("6/an", 6), ("??", None), ("2 ou 3 ?", None), ("Tous !", None), ("env. 20", 20), ("une vingtaine de", 20)],
)
def test_the_words_in_the_place_of_a_number_are_kept(typed: str, number: int | None) -> None:
    told = f"{typed} nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus ont émergés."
    reading = _read(told, title="Capacité à agir")
    assert reading.answers.get("capacite_agir.combien") == number
    assert reading.answers["capacite_agir.precisions"] == typed.removesuffix(" de")


def test_a_zero_is_doubted() -> None:
    reading = _read("0 nouveaux projets ou actions imprévus ont émergés.", title="Capacité à agir")
    assert reading.answers == {"capacite_agir.combien": 0}
    assert set(reading.uncertain) == {"capacite_agir.combien"}


def test_several_numbers_are_none() -> None:
    reading = _read("entre 3 et 5 nouveaux projets ou actions imprévus ont émergés.", title="Capacité à agir")
    assert "capacite_agir.combien" not in reading.answers
    assert reading.uncertain["capacite_agir.combien"] == "le texte contient plusieurs nombres"


def test_a_typed_list_keeps_its_bullets() -> None:
    reading = _read("Ce qui est né ici :\n- une fanfare\n- un four à pain")
    assert reading.answers == {"lien_social.exemple": "Ce qui est né ici :\n- une fanfare\n- un four à pain"}


def test_pages_do_not_cut_sentences() -> None:
    reading = _read(
        "Ces rencontres ont lieu au moins",
        "2",
        "une fois par mois.",
        "Une fanfare est née.",
        "La Remise 3",
        "page 4",
        "© La plateforme",
        "Mentions légales",
    )
    assert reading.answers == {"lien_social.frequence": ("mois",), "lien_social.exemple": "Une fanfare est née."}
    assert not reading.uncertain
    assert not reading.unplaced


def test_a_text_that_begins_like_a_sentence_is_one_answer_and_doubted() -> None:
    typed = "Ces rencontres ont lieu surtout l’hiver, quand la neige ferme la route du col."
    reading = _read(typed)
    assert reading.answers == {"lien_social.exemple": typed}
    assert "lien_social.exemple" in reading.uncertain


def test_a_question_nobody_told_us_of_is_no_answer() -> None:
    reading = _read(
        "Quels sont, selon vous, les liens que le lieu a\nfait naître, et les avez-vous vus ?\n\nUne fanfare."
    )
    assert reading.answers == {"lien_social.exemple": "Une fanfare."}
    assert [each.line for each in reading.unplaced] == [6, 7]


def test_a_text_under_a_question_of_two_sections_is_doubted() -> None:
    asked = (
        "Le projet a-t-il modifié la gestion urbaine du quartier par les services des collectivités ou de leurs "
        "partenaires (ramassage des ordures, propreté, entretien, sécurité...) ?"
    )
    reading = _read(asked, "La haie a poussé.", title="Entretien des espaces")
    assert reading.answers == {"entretien.exemple": "La haie a poussé."}
    assert "entretien.exemple" in reading.uncertain


def test_two_sentences_cut_line_by_line_are_put_together_again() -> None:
    reading = _read(
        "Réseau de personnes",
        "Des échanges, dons ou mutualisations de",
        f"{_NETWORKS}",
        "biens ont été observés",
        "a été observée",
        "entre :",
        "entre bénévoles",
        "- voisin·e·s du quartier\n- acteur·rice·s du quartier",
        title="Solidarité",
    )
    assert reading.answers == {
        "solidarite.types": ("biens",),
        "solidarite.publics": ("voisins", "acteurs"),
        "reseau.autour": ("projet",),
        "reseau.publics": ("benevoles",),
    }
    assert set(reading.uncertain) == set(reading.answers)


def test_an_item_nobody_knows_is_kept_and_its_list_doubted() -> None:
    reading = _read(f"{_LIST}- voisin·e·s du quartier\n- écoles du canton\n- bénévoles", "Une fanfare est née.")
    assert reading.answers == {
        "lien_social.publics": ("voisins", "benevoles"),
        "lien_social.exemple": "Une fanfare est née.",
    }
    assert [each.text for each in reading.unplaced] == ["- écoles du canton"]
    assert "écoles" not in reading.uncertain["lien_social.publics"]
    assert "ligne 9" in reading.uncertain["lien_social.publics"]


def test_words_nobody_knows_inside_a_sentence_are_kept_with_it() -> None:
    told = "La création de réseaux de personnes autour d’un jardin partagé a été observée entre bénévoles."
    reading = _read(told, title="Réseau de personnes")
    assert reading.answers == {"reseau.publics": ("benevoles",)}
    assert "reseau.autour" in reading.uncertain
    assert [each.text for each in reading.unplaced] == [told]


@pytest.mark.parametrize("garbled", ["Lss actlons dc forrnatlon d accornp", "un bes0in c0rnmun", "12"])
def test_what_a_scanner_garbles_is_no_text(garbled: str) -> None:
    reading = _read(garbled, "Une fanfare est née.")
    assert reading.answers == {"lien_social.exemple": "Une fanfare est née."}
    assert [each.text for each in reading.unplaced] == [garbled]


def test_a_short_text_in_the_words_of_a_sentence_is_a_text() -> None:
    assert _read("Certaines personnes ont souri").answers == {"lien_social.exemple": "Certaines personnes ont souri"}


def test_a_typed_list_is_not_the_rest_of_a_list_of_options() -> None:
    typed = "Le dimanche, c’est soupe :\n- on épluche\n- bénévoles\n- on mange"
    reading = _read(f"{_LIST}- voisin·e·s du quartier", typed)
    assert reading.answers == {"lien_social.publics": ("voisins",), "lien_social.exemple": typed}
    assert not reading.uncertain


@pytest.mark.parametrize(("lines", "typed"), [("vernis-\nsages", "vernissages"), ("rendez-\nvous", "rendez-vous")])
def test_a_word_broken_by_the_end_of_its_line_is_whole(lines: str, typed: str) -> None:
    assert _read(f"Des {lines} et des rires.").answers == {"lien_social.exemple": f"Des {typed} et des rires."}


def test_a_text_of_a_section_whose_title_is_lost_is_doubted() -> None:
    reading = _read(
        "Le projet a permis d’améliorer la mixité d’usages",
        "La collaboration avec les partenaires publics et privés n’a pas fait évoluer leurs pratiques.",
        "La mairie nous écoute.",
        title="Entretien des espaces",
    )
    assert reading.answers["innovation.exemple"] == "La mairie nous écoute."
    assert set(reading.uncertain) == {"innovation.exemple"}


def test_one_page_number_alone_is_furniture() -> None:
    reading = _read("Une fanfare est née.", "page 7")
    assert reading.answers == {"lien_social.exemple": "Une fanfare est née."}
    assert not reading.unplaced


def test_a_printed_question_may_say_or_for_and() -> None:
    asked = (
        "Avez-vous pu observer des changements significatifs dans les conditions physiques, sociales ou psychiques des "
    )
    reading = _read(f"{asked}bénéficiaires du projet ?", "Une fanfare.", title="Santé")
    assert reading.answers == {"sante.exemple": "Une fanfare."}
    assert not reading.unplaced


# Other formats


def _read_page(body: str) -> Reading:
    head = "<!doctype html><html><body><h1>Effets sociaux et urbains de La Remise</h1><p>Lien social</p>"
    return read_report(real_book(), f"{head}{body}</body></html>", "page.html")


def test_what_a_website_says_around_a_report_is_no_answer() -> None:
    reading = _read_page(
        "<script>var t = \"<p>Santé</p><p>\";</script><div role='dialog'>Voulez-vous des nouvelles ?</div>"
        "<p>Une fanfare est née.</p><figure><figcaption>La fanfare, un soir</figcaption></figure>"
        '<div><a href="/lieux">Retour à tous les lieux</a></div><p><button>OK</button></p><footer>Contact</footer>'
    )
    assert reading.answers == {"lien_social.exemple": "Une fanfare est née."}
    assert [each.text for each in reading.unplaced] == ["Retour à tous les lieux"]


def test_a_link_where_a_text_is_lacking_is_one() -> None:
    assert _read_page('<p><a href="/gazette">Notre gazette</a></p>').answers == {"lien_social.exemple": "Notre gazette"}


def test_lines_typed_in_a_page_stay_lines() -> None:
    assert _read_page("<p>Une fanfare<br>et un four à pain</p>").answers == {
        "lien_social.exemple": "Une fanfare\net un four à pain"
    }


def test_an_address_alone_is_an_answer() -> None:
    page = '<p><a href="https://remise.example">https://remise.example</a></p>'
    assert _read_page(page).answers == {"lien_social.exemple": "https://remise.example"}


@pytest.mark.parametrize(
    "quoted",
    [
        "> Une *fanfare*\n> est née.",
        "| *Une fanfare est née.*",
        "Une __fanfare__ est [née](#la).",
        "_Une fanfare est née._",
    ],
)
def test_markdown_leaves_its_signs_behind(quoted: str) -> None:
    text = f"::: {{.page}}\n# Effets sociaux et urbains de La Remise {{#titre}}\n\n### Lien social\n\n{quoted}\n:::\n"
    reading = read_report(real_book(), text, "rapport.md")
    assert (reading.venue, reading.answers) == ("La Remise", {"lien_social.exemple": "Une fanfare est née."})


def test_data_is_no_report() -> None:
    with pytest.raises(ImpactError, match="JSON"):
        read_report(real_book(), '{"lien_social.exemple": "Lien social"}', "réponses.json")


def test_lines_that_a_narrow_column_wraps_flow_and_typed_ones_stay() -> None:
    wrapped = "Elle joue aux fêtes,\navec des voisines\nqui apprennent."
    typed = "Au programme\n- une fanfare\n- 25 repas"
    reading = _read(wrapped, "Santé", typed)
    assert reading.answers == {"lien_social.exemple": wrapped.replace("\n", " "), "sante.exemple": typed}


def test_a_text_broken_by_a_blank_line_is_one() -> None:
    reading = _read("manger au restaurant à midi ou boire un", "verre en fin de journée.")
    assert reading.answers == {
        "lien_social.exemple": "manger au restaurant à midi ou boire un verre en fin de journée."
    }


def test_quoted_lines_of_markdown_keep_their_numbers_behind_a_division() -> None:
    head = "# Effets sociaux et urbains de La Remise\n\n::: {.a}\n### Lien social\n\n"
    reading = read_report(real_book(), f"{head}> Une fanfare\n> est née.\n\n::: {{.b}}\nxyz", "rapport.md")
    assert reading.answers == {"lien_social.exemple": "Une fanfare est née.\n\nxyz"}


# Inclusive writing, and what others forget


@pytest.mark.parametrize("word", ["exclu.e.s", "exclu·e·s", "exclu-e-s", "exclu(e)s", "exclus", "exclues"])
def test_a_full_stop_inside_a_word_ends_nothing(word: str) -> None:
    reading = _read(f"Il a été observé que certaines personnes se sentent {word}.", title="Inclusion et exclusion")
    assert reading.answers == {"inclusion.ressenti": ("exclues",)}


@pytest.mark.parametrize("word", ["usager.e.s", "usager·ère·s", "usagers/ères", "usagers"])
def test_a_list_goes_on_behind_inclusive_writing(word: str) -> None:
    told = f"Le projet a permis d'améliorer le respect des espaces par les {word} et la mixité d'usages."
    assert _read(told, title="Entretien des espaces").answers == {"entretien.ameliorations": ("mixite", "respect")}


def test_two_options_without_a_space_are_two() -> None:
    told = (
        "Il a été observé que certaines personnes se sont fédérées autour du lieucertaines personnes se sentent exclues"
    )
    assert _read(told, title="Inclusion et exclusion").answers == {"inclusion.ressenti": ("federees", "exclues")}


def test_what_stands_behind_a_known_word_without_a_space_is_no_text() -> None:
    reading = _read("Ces rencontres ont lieu au quotidien.xyz abc")
    assert reading.answers.get("lien_social.exemple") is None
    assert reading.uncertain["lien_social.frequence"]


def test_each_option_may_have_the_words_before_the_list_again() -> None:
    told = (
        "3 nouveaux projets ou actions imprévus portés par des bénévoles , portés par des occupant.e.s et ont émergés."
    )
    assert _read(told, title="Capacité à agir").answers == {
        "capacite_agir.combien": 3,
        "capacite_agir.porteurs": ("benevoles", "occupants"),
    }


def test_of_several_answers_to_a_question_of_one_the_first_is_doubted() -> None:
    told = "Le projet a permis d'améliorer l'image du quartier et a dégradé l'image du quartier."
    reading = _read(told, title="Cadre de vie et attractivité")
    assert reading.answers == {"cadre_de_vie.image": "mieux"}
    assert set(reading.uncertain) == {"cadre_de_vie.image"}


def test_a_choice_may_stand_before_its_rows() -> None:
    told = "Plus d'hommes que de femmes sont présents dans l'équipe et les publics."
    reading = _read(told, title="Égalité femmes/hommes")
    assert reading.answers == {"egalite.parite": {"equipe": "moins", "publics": "moins"}}


def test_no_effect_is_the_answer_to_both_questions_that_have_it() -> None:
    reading = _read("Le projet n'a eu aucun effet sur les espaces extérieurs.", title="Entretien des espaces")
    assert reading.answers == {"entretien.ameliorations": ("aucun",), "entretien.degradations": ("aucun",)}
