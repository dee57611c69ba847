"""Numbers as people say them give a number where there is one, and only then."""

import pytest
from writing import load_section

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.numbers import hear_number
from impact_cli.errors import FaultsError


@pytest.mark.parametrize("typed", ["1200", "1 200", "1\u00a0200", "1\u202f200", "1\u2009200", "1\u2007200", "1.200"])
def test_thousands_are_parted_by_any_space(typed: str) -> None:
    assert hear_number(typed) == (1200, True, "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("environ 20", 20),
        ("env. 20", 20),
        ("~20", 20),
        ("une vingtaine", 20),
        ("une vingtaine de", 20),
        ("Une dizaine de personnes", 10),
        ("environ deux", 2),
        ("une 20aine", 20),
        ("+ de 50", 50),
        ("plus de 1 200", 1200),
        ("au moins 12", 12),
        ("50+", 50),
        ("6 ateliers par an", 6),
        ("6/an", 6),
        ("20 (dont 12 femmes)", 20),
        ("20, dont 12 femmes", 20),
        ("en 2024, 35", 35),
        ("35 en 2024", 35),
        ("douze", 12),
        ("aucun", 0),
    ],
)
def test_words_around_a_number_leave_it_and_are_to_be_kept(typed: str, number: int) -> None:
    heard = hear_number(typed)
    assert (heard.number, heard.only, heard.doubt) == (number, False, "")


@pytest.mark.parametrize(
    "typed", ["20-30", "20 à 30", "entre 20 et 30", "3 ou 4", "-5", "12.5 %", "12,5", "20 %", "1,5 million de", "−5"]
)
def test_what_is_no_one_whole_number_is_none_and_says_why(typed: str) -> None:
    heard = hear_number(typed)
    assert heard.number is None
    assert heard.doubt


@pytest.mark.parametrize("typed", ["", "??", "Tous !", "beaucoup", "quelques dizaines", "deux ateliers et un marché"])
def test_where_there_is_no_number_none_is_found(typed: str) -> None:
    assert hear_number(typed).number is None


NUMBER_AND_ITS_WORDS = """
questions:
  - {id: combien, kind: number, ask: A ?, topic: a, prose: precisions, tell: "On en compte {combien}."}
  - {id: precisions, kind: text, ask: B ?, topic: b, tell: "{precisions:quote}"}
  - {id: surface, kind: number, ask: C ?, topic: c, tell: "Surface : {surface}."}
"""


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ('{"rubrique.combien": "environ 20"}', {"combien": 20, "precisions": "environ 20"}),
        ('{"rubrique.combien": "une vingtaine"}', {"combien": 20, "precisions": "une vingtaine"}),
        ('{"rubrique.combien": "1 200"}', {"combien": 1200}),
        ('{"rubrique.combien": 0}', {"combien": 0}),
        (
            '{"rubrique.precisions": "par an", "rubrique.combien": "environ 20"}',
            {"combien": 20, "precisions": "par an"},
        ),
    ],
)
def test_a_file_says_numbers_as_people_do(given: str, taken: dict[str, object]) -> None:
    catalogue = load_section(NUMBER_AND_ITS_WORDS)
    assert read_answers(catalogue, given.encode(), "reponses.json") == {f"rubrique.{key}": taken[key] for key in taken}


@pytest.mark.parametrize(("question", "words"), [("combien", "20-30"), ("combien", "-5"), ("surface", "environ 20")])
def test_a_file_gives_no_number_that_nobody_said_nor_loses_words(question: str, words: str) -> None:
    catalogue = load_section(NUMBER_AND_ITS_WORDS)
    with pytest.raises(FaultsError):
        read_answers(catalogue, f'{{"rubrique.{question}": "{words}"}}'.encode(), "reponses.json")
