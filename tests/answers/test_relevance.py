import pytest
from writing import load_section, new_sheet

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Silence, Value
from impact_cli.catalogue.model import Catalogue, Many, list_offered

SECTION = """
questions:
  - {id: image, kind: one, ask: Quoi ?, topic: l’image, options: [{id: mieux, label: mieux}, {id: moins, label: moins}]}
  - {id: points, kind: many, ask: Quoi ?, topic: les points, when: {image: mieux}, options: [{id: a, label: a}]}
  - {id: recit, kind: text, ask: Quoi ?, topic: un récit, when: {points: a}}
tell: ["Elle est {image}.", "Points : {points}.", "{recit:quote}"]
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


def test_a_question_is_on_the_path_when_the_answers_before_it_are(catalogue: Catalogue) -> None:
    answers: dict[str, Value] = {"rubrique.image": "moins", "rubrique.points": ("a",), "rubrique.recit": "x"}
    path = trace_path(catalogue, new_sheet(catalogue, answers))
    assert path.answers == {"rubrique.image": "moins"}
    assert path.aside == {"rubrique.points", "rubrique.recit"}
    assert path.misread == {}


def test_an_answer_comes_back_with_the_one_it_depended_on(catalogue: Catalogue) -> None:
    answers: dict[str, Value] = {"rubrique.image": "mieux", "rubrique.points": ("a",), "rubrique.recit": "x"}
    path = trace_path(catalogue, new_sheet(catalogue, answers))
    assert path.values == answers
    assert path.aside == frozenset()


def test_a_silence_holds_no_condition(catalogue: Catalogue) -> None:
    path = trace_path(
        catalogue, new_sheet(catalogue, {"rubrique.points": ("a",)}, {"rubrique.image": Silence.NOT_KNOWN})
    )
    assert path.answers == {"rubrique.image": Silence.NOT_KNOWN}
    assert path.values == {}


def test_an_answer_that_is_not_understood_is_kept_apart_with_the_reason(catalogue: Catalogue) -> None:
    sheet = new_sheet(catalogue, {"rubrique.image": "pire", "rubrique.autre": "x"})
    path = trace_path(catalogue, sheet)
    assert path.answers == {"rubrique.image": None}
    assert set(path.misread) == {"rubrique.image", "rubrique.autre"}
    assert "option inconnue" in path.misread["rubrique.image"]


NO_MORE = """
questions:
  - id: avis
    kind: many
    ask: Quoi ?
    topic: l’avis
    options: [{id: bon, label: bon}, {id: vieux, label: vieux, asked: false}]
  - {id: qui, kind: text, ask: Qui ?, topic: qui, asked: false}
tell: ["Avis : {avis}.", "Qui : {qui}."]
"""


def test_what_is_asked_no_more_is_on_the_path_where_it_has_an_answer() -> None:
    catalogue = load_section(NO_MORE)
    answers: dict[str, Value] = {"rubrique.avis": ("bon", "vieux"), "rubrique.qui": "nous"}
    assert trace_path(catalogue, new_sheet(catalogue, answers)).values == answers
    assert trace_path(catalogue, new_sheet(catalogue)).answers == {"rubrique.avis": None}
    silent = new_sheet(catalogue, {}, {"rubrique.qui": Silence.NOT_KNOWN})
    assert trace_path(catalogue, silent).answers["rubrique.qui"] is Silence.NOT_KNOWN


def test_an_option_is_offered_no_more_save_where_it_is_ticked() -> None:
    catalogue = load_section(NO_MORE)
    question = catalogue.questions["rubrique.avis"]
    assert isinstance(question, Many)
    assert [option.id for option in list_offered(question.options)] == ["bon"]
    assert [option.id for option in list_offered(question.options, ("vieux",))] == ["bon", "vieux"]
