import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import values
from writing import load_section, real_catalogue

from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.model import Question

SECTION = """
questions:
  - id: types
    kind: many
    ask: Quoi ?
    topic: les types
    options: [{id: un, label: Un café, tell: un café}, {id: deux, label: Deux salles, tell: deux salles},
              {id: aucun, label: Rien, exclusive: true, tell: Rien.}]
  - {id: rythme, kind: one, ask: Quand ?, topic: le rythme, options: [{id: jour, label: jour}, {id: mois, label: mois}]}
  - {id: combien, kind: number, ask: Combien ?, topic: le nombre, max: 1000000}
  - {id: note, kind: rating, ask: Combien ?, topic: la note, levels: [bas, moyen, haut]}
  - {id: mot, kind: text, ask: Quoi ?, topic: un mot, max_length: 20}
  - {id: recit, kind: text, ask: Quoi ?, topic: un récit, lines: true}
  - {id: mots, kind: keywords, ask: Quoi ?, topic: les mots, most: 3}
  - {id: parite, kind: grid, ask: Qui ?, topic: la parité, rows: [{id: a, label: a}, {id: b, label: b}],
     choices: [{id: plus, label: plus}, {id: moins, label: moins}]}
tell: ["Des {types}.", "Chaque {rythme}.", "Nombre : {combien}.", "Note :{note:rating}", "Mot : {mot}.",
       "{recit:quote}", "{mots:keywords}", "Pour {parite:rows}, {parite:choice}."]
"""


@pytest.fixture(scope="module")
def questions() -> dict[str, Question]:
    (section,) = load_section(SECTION).sections
    return {question.id: question for question in section.questions}


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("types", ["deux", "un", "deux"], ("un", "deux")),
        ("types", ["Deux salles"], ("deux",)),
        ("types", "un", ("un",)),
        ("rythme", "mois", "mois"),
        ("combien", 0, 0),
        ("combien", "1 200", 1200),
        ("combien", "1\u202f200", 1200),
        ("combien", " 12 ", 12),
        ("note", 3, 3),
        ("mot", "  un \n mot\t", "un mot"),
        ("mot", "C’est ici.", "C’est ici"),
        ("mot", "et puis...", "et puis..."),
        ("recit", "un\r\n\r\ndeux  \n", "un\n\ndeux"),
        ("recit", "e\u0301te\u0301", "été"),
        ("recit", "a\ud800b", "a\ufffdb"),
        ("mots", "lien, #entraide ; lien\nville", ("lien", "entraide", "ville")),
        ("mots", ["bien être", "#lien"], ("bien être", "lien")),
        ("mots", ["##lien", "#"], ("lien",)),
        ("parite", {"b": "plus", "a": "moins"}, {"a": "moins", "b": "plus"}),
    ],
)
def test_an_answer_is_kept_in_one_form(
    question: str, raw: object, value: object, questions: dict[str, Question]
) -> None:
    assert read_value(questions[question], raw) == value


@pytest.mark.parametrize(
    ("question", "raw", "what"),
    [
        ("types", ["trois"], "option inconnue « trois »."),
        ("types", ["deu"], "option inconnue « deu ». Vouliez-vous dire « deux » ?"),
        ("types", [], "au moins une option est attendue ; une liste vide ne dit pas « aucune »."),
        ("types", ["un", "aucun"], "« Rien » exclut les autres options."),
        ("types", 3, "une liste d’options est attendue."),
        ("types", [3], "un texte est attendu, pas « 3 »."),
        ("rythme", ["jour"], "un texte est attendu"),
        ("combien", -1, "un nombre de 0 à 1"),
        ("combien", 10**30, "un nombre de 0 à 1"),
        ("combien", "1" + "0" * 5000, "un nombre de 0 à 1"),
        ("combien", "vingt", "un nombre entier, en chiffres, est attendu : « vingt » n’en est pas un."),
        ("combien", 2.5, "un nombre entier, en chiffres, est attendu"),
        ("combien", True, "un nombre entier, en chiffres, est attendu"),
        ("combien", "1 20", "un nombre entier, en chiffres, est attendu"),
        ("note", 0, "un nombre de 1 à 3 est attendu."),
        ("note", 4, "un nombre de 1 à 3 est attendu."),
        ("mot", " \n ", "le texte est vide."),
        ("mot", "m" * 21, "le texte compte 21 caractères ; 20 au plus sont acceptés."),
        ("mot", ["m"], "un texte est attendu"),
        ("mots", " , ; ", "au moins un mot-clé est attendu."),
        ("mots", "a, b, c, d", "4 mots-clés sont donnés ; 3 au plus sont acceptés."),
        ("mots", "m" * 81, "un mot-clé compte au plus 80 caractères"),
        ("parite", {}, "au moins une ligne est attendue."),
        ("parite", {"c": "plus"}, "option inconnue « c »."),
        ("parite", {"a": "autant"}, "option inconnue « autant »."),
        ("parite", ["plus"], "un choix par ligne est attendu"),
    ],
)
def test_what_a_question_cannot_take_is_refused_in_a_sentence(
    question: str, raw: object, what: str, questions: dict[str, Question]
) -> None:
    with pytest.raises(AnswerError) as raised:
        read_value(questions[question], raw)
    assert what in str(raised.value).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_nearest_option_is_named_for_a_long_paste(questions: dict[str, Question]) -> None:
    with pytest.raises(AnswerError) as raised:
        read_value(questions["types"], ["x" * 100_000])
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "typed", ["entraide,#fêtes", "#entraide #fêtes", "• - entraide\n• # fêtes", "- - entraide;1. - #fêtes"]
)
def test_a_keyword_is_its_words_alone(typed: str, questions: dict[str, Question]) -> None:
    assert read_value(questions["mots"], typed) == ("entraide", "fêtes")


@given(st.data())
def test_what_is_kept_is_read_again_as_it_is(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([*real_catalogue().questions.values()]))
    value = data.draw(values(question))
    assert read_value(question, value) == value


@given(st.text(max_size=60), st.sampled_from(["lieu.commune", "lien_social.exemple", "bilan_individuel.mots_cles"]))
def test_any_words_are_kept_in_a_form_that_stays(typed: str, key: str) -> None:
    question = real_catalogue().questions[key]
    try:
        value = read_value(question, typed)
    except AnswerError:
        return
    assert read_value(question, value) == value


@pytest.mark.parametrize("typed", ["a. .", ". .", "fin ..", "a .", "…."])
def test_a_final_stop_is_taken_away_once_and_for_all(typed: str) -> None:
    question = real_catalogue().questions["lieu.commune"]
    try:
        value = read_value(question, typed)
    except AnswerError:
        return
    assert read_value(question, value) == value


@pytest.mark.parametrize(
    "typed", ["• entraide\n• débats", "1. entraide\n2. débats", "entraide\tdébats", "- entraide\n- débats\n- Entraide"]
)
def test_a_pasted_list_gives_its_words_once(typed: str) -> None:
    assert read_value(real_catalogue().questions["bilan_individuel.mots_cles"], typed) == ("entraide", "débats")
