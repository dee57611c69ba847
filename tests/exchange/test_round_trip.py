"""What our own reports tell comes back as the same answers, in every format that is text."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from strategies import sheets
from writing import new_sheet, real_book, real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Keywords, Many, One, Text
from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading
from impact_cli.render.html import render_html
from impact_cli.render.markdown import render_markdown
from impact_cli.render.text import render_text
from impact_cli.report.blocks import Report
from impact_cli.report.build import Audience, build_report
from impact_cli.typography import make_visible

FORMATS: dict[str, Callable[[Report], str]] = {"txt": render_text, "md": render_markdown, "html": render_html}
HARD = (
    "Ces rencontres ont lieu au quotidien.",
    "- visiteurs\n- bénévoles\n\n* autre",
    "#mot #autre",
    "# Titre\n\n## Effets individuels\n\nLien social",
    "« entre guillemets »\n  en retrait\n\n» encore «",
    "Ce que ce rapport ne dit pas\n============================",
    "a\n\n\n\nb",
    "\\",
    "voir {#note} et {.classe}\n:::\n[lien]: x",
    "\u202fa\n\u202fb",
    "2\n\n3",
    "© La Remise\n\nAccueil",
    "<p>&amp;</p> \\ * _ [lien](x) &#32;",
    "6 nouveaux projets ou actions (atelier, évènement, marché…) imprévus ont émergé.",
)


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=25)  # of the whole questionnaire, which takes a second or two each time
@given(sheet=sheets(real_catalogue()))
def test_a_report_read_back_is_the_same_answers(ending: str, sheet: Sheet) -> None:
    path = trace_path(real_catalogue(), sheet)
    told = path.values.keys() - _contradicted(path.values)  # a report names the others, and what they say is not in it
    if path.values:
        reading = _read_back(sheet, ending)
        assert reading.answers == {key: _visible(value) for key, value in path.values.items() if key in told}
        assert reading.silences == {key: said for key, said in path.answers.items() if _is_printed(key, said)}
        assert reading.uncertain.keys() - _contradicted(path.values) == sheet.uncertain.keys() & told
        assert reading.unplaced == []
        assert reading.edition == sheet.edition


def _contradicted(values: Mapping[str, Value]) -> set[str]:
    """The answers that contradict each other, with the words of their options."""
    keys = {key for found in find_contradictions(real_catalogue(), values) for key in found.keys}
    return {key for key in values if key in keys or key.rpartition(".")[0] in keys}


def _is_printed(key: str, said: object) -> bool:
    """Whether the last part names this silence: of a question with options, in a section that is not opening."""
    section = next(each for each in real_catalogue().sections if key.startswith(f"{each.id}."))
    meant = said in (Silence.NOT_KNOWN, Silence.NOT_APPLICABLE)
    return meant and not section.opening and not isinstance(real_catalogue().questions[key], Text | Keywords)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("typed", HARD)
def test_a_free_text_comes_back_to_the_letter(ending: str, typed: str) -> None:
    answers: dict[str, Value] = {"lien_social.exemple": typed, "capacite_agir.precisions": typed}
    assert _read_back(new_sheet(real_catalogue(), answers), ending).answers == answers


@pytest.mark.parametrize("ending", FORMATS)
def test_doubts_and_the_mark_of_an_internal_report_are_heard_and_taken_away(ending: str) -> None:
    answers: dict[str, Value] = {
        "lien_social.publics": ("voisins", "benevoles"),
        "lien_social.frequence": ("quotidien",),
        "lien_social.exemple": "Un repas (à confirmer).",
        "bilan_individuel.intensite": 3,
        "bilan_individuel.mots_cles": ("entraide",),
    }
    sheet = new_sheet(real_catalogue(), answers, venue="Les Halles", consent=False)
    for doubted in (["lien_social.publics", "bilan_individuel.intensite"], ["lien_social.exemple"], []):
        doubtful = replace(sheet, uncertain=dict.fromkeys(doubted, "c’est lu"))
        report = build_report(real_catalogue(), doubtful, date(2026, 11, 21), "1", Audience.INTERNAL)
        reading = read_report(real_book(), FORMATS[ending](report).encode(), f"rapport.{ending}")
        assert reading.answers == answers
        assert sorted(reading.uncertain) == sorted(doubted)
        assert (reading.venue, reading.edition, reading.unplaced) == ("Les Halles", "2026", [])


@pytest.mark.parametrize("ending", FORMATS)
def test_hashtags_that_count_up_are_no_page_numbers(ending: str) -> None:
    answers: dict[str, Value] = {"bilan_individuel.mots_cles": ("1",), "bilan_collectif.mots_cles": ("2",)}
    assert _read_back(new_sheet(real_catalogue(), answers), ending).answers == answers


@pytest.mark.parametrize("ending", FORMATS)
def test_hashtags_that_are_a_title_and_a_sentence_are_hashtags(ending: str) -> None:
    words = ("Effets individuels", "Code postal : bénévoles.")
    answers: dict[str, Value] = {"bilan_individuel.mots_cles": words}
    assert _read_back(new_sheet(real_catalogue(), answers), ending).answers == answers


@pytest.mark.parametrize("ending", FORMATS)
def test_the_words_of_every_other_come_back_to_their_option(ending: str) -> None:
    answers: dict[str, Value] = {"cadre_de_vie.image": "mieux", "innovation.evolution": "oui"}
    for key, question in real_catalogue().questions.items():
        for option in question.options if isinstance(question, Many | One) else ():
            if option.specify:
                answers[key] = (option.id,) if isinstance(question, Many) else option.id
                answers[f"{key}.{option.id}"] = f"de quoi dire {key} (et plus), « voilà »"
    reading = _read_back(new_sheet(real_catalogue(), answers), ending)
    assert reading.answers == answers
    assert not reading.unplaced
    assert not reading.uncertain


@pytest.mark.parametrize(
    "told",
    [
        "Un nouveau projet imprévu (atelier, évènement, marché…), porté par des associations, a émergé.",
        "Un nouveau projet ou action (atelier, évènement, marché…) imprévu, porté par des associations, a émergé.",
    ],
)
def test_one_project_is_read_in_the_words_of_either_version(told: str) -> None:
    report = f"Effets individuels\n\nCapacité à agir\n\n{told}\n"
    answers = read_report(real_book(), report.encode(), "rapport.txt").answers
    assert answers == {"capacite_agir.porteurs": ("associations",), "capacite_agir.combien": 1}


def _read_back(sheet: Sheet, ending: str) -> Reading:
    report = build_report(real_catalogue(), sheet, date(2026, 11, 21), "0.1.0")
    return read_report(real_book(), FORMATS[ending](report).encode(), f"rapport.{ending}")


def _visible(value: Value) -> Value:
    match value:
        case str():
            return make_visible(value)
        case tuple():
            return tuple(map(make_visible, value))
        case _:
            return value
