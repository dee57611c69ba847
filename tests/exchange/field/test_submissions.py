from dataclasses import replace
from pathlib import Path

import pytest
from exchange.field.submitting import STYLES, Sent, write
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import sheets
from writing import write_section

from impact_cli.answers.consent import texts_of
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.answers.values import read_value
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Keywords, Many
from impact_cli.exchange.field.exports import Beside, find_kind, read_submissions
from impact_cli.exchange.field.fields import Fields
from impact_cli.exchange.field.filling import Filled, fill
from impact_cli.exchange.field.naming import name_question, name_silence
from impact_cli.exchange.field.xpath import list_offered

CATALOGUE = load_catalogue()
FIELDS = Fields(CATALOGUE)
OFFERED = list_offered(CATALOGUE.questions)


def read(path: Path) -> list[Filled]:
    kind = find_kind(path, FIELDS)
    assert kind is not None
    return [fill(FIELDS, CATALOGUE, pairs) for pairs in read_submissions(path, path.name, kind, FIELDS, Beside())]


@st.composite
def sent(draw: st.DrawFn) -> Sent:
    """A submission of what the form asks, with consents for some of its words."""
    sheet = draw(sheets(CATALOGUE))
    answers = {key: _as_typed(key, value) for key, value in sheet.answers.items() if key in OFFERED}
    silences = {key: silence for key, silence in sheet.silences.items() if key in OFFERED}
    sheet = replace(sheet, answers=answers, silences=silences, consent={})
    for key in texts_of(CATALOGUE, sheet):  # of what is off the path nobody is asked
        if draw(st.booleans()):
            sheet = sheet.with_consent(key, publish=draw(st.booleans()))
    return Sent(sheet, draw(st.sampled_from(["", "L’équipe salariée"])))


def _as_typed(key: str, value: Value) -> Value:
    """Keywords as one field takes them, on one line: a sheet can hold "#mot", which nobody can type."""
    question = CATALOGUE.questions[key]
    typed = isinstance(question, Keywords) and isinstance(value, tuple)
    return read_value(question, ", ".join(map(str, value))) if typed else value  # type: ignore[arg-type]


def agreed(sheet: Sheet) -> dict[str, bool]:
    return {key: given.publish for key, given in sheet.consent.items()}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=2, phases=[Phase.generate])  # shrinking a sheet takes minutes
@given(submitted=sent())
def test_a_sheet_comes_home_as_it_left(style: str, submitted: Sent, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("envois"), style, CATALOGUE, [submitted, submitted])
    first, second = read(path)
    assert first == second
    assert first.answers == submitted.sheet.answers
    assert first.silences == submitted.sheet.silences
    assert first.consents == agreed(submitted.sheet)
    assert (first.uncertain, first.unplaced, first.strangers) == ({}, [], [])
    assert (first.venue, first.edition, first.voice) == (
        submitted.sheet.venue,
        submitted.sheet.edition,
        submitted.voice,
    )


def test_former_names_of_questions_rows_and_options_are_heard(tmp_path: Path) -> None:
    catalogue = load_catalogue(
        write_section(
            tmp_path / "catalogue",
            """
            questions:
              - {id: qui, was: [autre.publics], kind: many, ask: "Qui ?", topic: les publics,
                 options: [{id: voisins, was: [riverains], label: Voisins, tell: des voisins},
                           {id: elus, label: Élus, tell: des élus}]}
              - id: part
                was: [parite]
                kind: grid
                ask: Plus de femmes ?
                topic: la parité
                rows: [{id: equipe, was: [salaries], label: L’équipe, tell: l’équipe}]
                choices: [{id: plus, was: [plus_f], label: Plus, tell: plus}, {id: moins, label: Moins, tell: moins}]
            tell:
              - "Se rencontrent :{qui:bullets}"
              - Dans {part:rows}, il y a {part:choice}.
            """,
        )
    )
    pairs = [("Autre/autre_Publics", "riverains elus"), ("Rubrique/rubrique_Parite_Salaries", "plus_f")]
    fields = Fields(catalogue)
    filled = fill(fields, catalogue, [(fields.name_head(head) or head, value) for head, value in pairs])
    assert filled.answers == {"rubrique.qui": ("voisins", "elus"), "rubrique.part": {"equipe": "plus"}}
    assert (filled.unplaced, filled.uncertain) == ([], {})


def test_what_a_form_added_keeps_the_rest_of_the_answer() -> None:
    many = next(key for key, question in CATALOGUE.questions.items() if isinstance(question, Many))
    question = CATALOGUE.questions[many]
    assert isinstance(question, Many)
    first = question.options[0].id
    filled = fill(FIELDS, CATALOGUE, [(name_question(many), f"{first} jardin_partage")])
    assert filled.answers == {many: (first,)}
    assert filled.unplaced == [f"{question.ask} jardin_partage"]
    assert set(filled.uncertain) == {many}


def test_an_answer_and_a_silence_together_are_doubted() -> None:
    pairs = [(name_question("lieu.commune"), "Massy"), (name_silence("lieu.commune"), "not_known")]
    filled = fill(FIELDS, CATALOGUE, pairs)
    assert filled.answers == {"lieu.commune": "Massy"}
    assert filled.silences == {}
    assert set(filled.uncertain) == {"lieu.commune"}


def test_who_holds_the_phone_is_not_kept() -> None:
    pairs = [
        ("username", "camille"),
        ("phonenumber", "0612345678"),
        ("__system/submitterName", "Camille"),
        ("_submitted_by", "c"),
    ]
    assert fill(FIELDS, CATALOGUE, pairs).unplaced == []
    assert fill(FIELDS, CATALOGUE, [("Groupe/username", "ajouté")]).unplaced == ["Groupe/username\u00a0: ajouté"]
