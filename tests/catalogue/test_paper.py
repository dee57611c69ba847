"""The questionnaire on paper: its order, its numbers, its conditions in words, room for every answer."""

import pytest
from writing import load_section, real_catalogue

from impact_cli.catalogue.paper import Paper, PaperQuestion, Table, Tick, Ticks, build_paper
from impact_cli.catalogue.paper_markdown import write_paper

SECTION = """
questions:
  - id: types
    kind: many
    ask: "Quoi ?"
    topic: les choses
    options:
      - {id: dons, label: Des dons, tell: des dons}
      - {id: vieux, label: Ancien, tell: ancien, asked: false}
      - {id: autre, label: Autre, tell: autre, specify: true}
      - {id: aucun, label: Rien, exclusive: true, tell: "Rien n'a été vu."}
    tell: "Vu : {types}."
  - {id: qui, kind: text, ask: "Qui ?", topic: qui, when: {types: {not: aucun}}, tell: "{qui:quote}"}
  - {id: combien, kind: number, ask: "Combien ?", topic: le nombre, when: {types: {not: aucun}}, tell: "{combien}."}
  - id: note
    kind: number
    ask: "Note ?"
    topic: la note
    when: {combien: {min: 2}, types: [dons, autre]}
    tell: "{note}."
  - {id: ancien, kind: number, ask: "Ancien ?", topic: l'ancien, asked: false, tell: "{ancien}."}
  - {id: ville, kind: text, ask: "Où ?", topic: la ville, public: true, tell: "À {ville}."}
"""
BOTH = (
    "Question 1.4 : si votre réponse à la question 1.3 est d’au moins 2 et si vous avez coché « Des dons » ou « Autre »"
    " à la question 1.1 ; sinon, passez à la question 1.5."
)


@pytest.fixture
def paper() -> Paper:
    return build_paper(load_section(SECTION))


def list_questions(paper: Paper) -> list[PaperQuestion]:
    return [question for family in paper.families for section in family.sections for question in section.questions]


def test_options_are_boxes_with_room_for_their_words(paper: Paper) -> None:
    types = list_questions(paper)[0]
    assert types.room == Ticks([Tick("Des dons"), Tick("Autre", words=True), Tick("Rien (à cocher seule)")])


def test_a_condition_is_said_once_for_the_questions_that_share_it(paper: Paper) -> None:
    plain = [question.condition.replace("\u00a0", " ").replace("\u202f", " ") for question in list_questions(paper)]
    assert plain == [
        "",
        "Questions 1.2 et 1.3 : si vous n’avez pas coché « Rien » à la question 1.1 ; sinon, passez à la question 1.4.",
        "",
        BOTH,
        "",
    ]


def test_only_words_that_are_asked_about_can_be_published(paper: Paper) -> None:
    beside = {question.key: len(question.beside) for question in list_questions(paper)}
    assert beside == {
        "rubrique.types": 2,
        "rubrique.qui": 3,
        "rubrique.combien": 2,
        "rubrique.note": 2,
        "rubrique.ville": 2,
    }


def test_paper_asks_what_the_survey_asks_in_its_order() -> None:
    catalogue = real_catalogue()
    asked = [key for key, question in catalogue.questions.items() if question.asked and key.count(".") == 1]
    questions = list_questions(build_paper(catalogue))
    assert [question.key for question in questions] == asked
    assert len({question.number for question in questions}) == len(asked)


def test_a_grid_says_its_own_silences() -> None:
    grid = next(
        question for question in list_questions(build_paper(real_catalogue())) if question.key == "egalite.parite"
    )
    assert isinstance(grid.room, Table)
    assert not grid.beside


def test_markdown_has_every_question_and_box(paper: Paper) -> None:
    written = write_paper(load_section(SECTION))
    assert "**1.1 Quoi\u202f?** (plusieurs réponses possibles)" in written
    assert "- ☐ Autre\u00a0: \\_" in written
    assert "☐ Je ne sais pas · ☐ Sans objet pour notre lieu · ☐ À publier tel quel" in written
    assert all(question.ask in written for question in list_questions(paper))
