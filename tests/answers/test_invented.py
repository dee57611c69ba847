"""The invented network: 40 venues over two years, the same each time, with the holes and doubts of real sheets."""

from functools import cache
from pathlib import Path

from writing import real_catalogue, write_section

from impact_cli.answers.consent import find_unasked, find_withheld
from impact_cli.answers.invented import invent_network, read_pool
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Status
from impact_cli.answers.sheet_file import decode_sheet, encode_sheet
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Text
from impact_cli.catalogue.ours import catalogue_folder

POOL_PATH = catalogue_folder() / "exemples" / "reseau.json"
POOL = read_pool(POOL_PATH)


@cache
def network() -> list[Sheet]:
    return list(invent_network(real_catalogue(), POOL))


def test_forty_venues_of_which_some_came_in_the_second_year() -> None:
    first, second = ({sheet.venue for sheet in network() if sheet.edition == edition} for edition in POOL.editions)
    assert len(second) == 40
    assert first < second


def test_the_same_network_each_time() -> None:
    again = invent_network(real_catalogue(), POOL)
    assert [encode_sheet(sheet) for sheet in again] == [encode_sheet(sheet) for sheet in network()]


def test_its_sheets_are_sheets_whose_every_answer_is_understood() -> None:
    for sheet in network():
        assert decode_sheet(encode_sheet(sheet), POOL_PATH) == sheet
        path = trace_path(real_catalogue(), sheet)
        assert not path.misread
        assert not find_contradictions(real_catalogue(), path.values)


def test_it_has_drafts_doubts_silences_and_texts_with_and_without_consent() -> None:
    sheets = network()
    assert {sheet.status for sheet in sheets} == {*Status}
    assert any(sheet.uncertain for sheet in sheets)
    assert {said for sheet in sheets for said in sheet.silences.values()} == {*Silence}
    assert any(find_unasked(real_catalogue(), sheet) for sheet in sheets)
    withheld = {bool(find_withheld(real_catalogue(), sheet)) for sheet in sheets}
    assert withheld == {True, False}
    assert any(key.endswith(".autre") for sheet in sheets for key in sheet.answers)


def test_an_example_is_told_by_one_venue_of_an_edition() -> None:
    for edition in POOL.editions:
        told = [
            text
            for sheet in network()
            for key, text in sheet.answers.items()
            if sheet.edition == edition
            and isinstance(question := real_catalogue().questions[key], Text)
            and question.lines
        ]
        assert len(told) == len(set(told))


def test_answers_last_more_than_they_change() -> None:
    second = {sheet.venue: sheet for sheet in network() if sheet.edition == POOL.editions[-1]}
    pairs = [(sheet, second[sheet.venue]) for sheet in network() if sheet.edition == POOL.editions[0]]
    same = [
        set(before) & set(after) != set()
        for former, latter in pairs
        for key, before in former.answers.items()
        if isinstance(before, tuple) and isinstance(after := latter.answers.get(key), tuple)
    ]
    assert sum(same) / len(same) > 0.8


def test_every_question_of_the_data_is_one_of_the_questionnaire() -> None:
    named = [*POOL.numbers, *POOL.lasting, *POOL.rare, *POOL.words, *(key for place in POOL.places for key in place)]
    assert set(named) <= set(real_catalogue().questions)


def test_another_questionnaire_has_its_network(tmp_path: Path) -> None:
    catalogue = load_catalogue(
        write_section(
            tmp_path,
            """
            questions:
              - {id: oui, kind: one, ask: Oui ?, topic: le oui, options: [Oui, Non], tell: "Réponse : {oui}."}
              - {id: combien, kind: number, ask: Combien ?, topic: le nombre, tell: "Nombre : {combien}."}
            """,
        )
    )
    assert len({sheet.venue for sheet in invent_network(catalogue, POOL)}) == 40
