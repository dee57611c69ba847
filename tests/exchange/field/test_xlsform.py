"""The form of a catalogue: each thing that a catalogue can say, as XLSForm says it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from writing import load_section, real_catalogue, write_catalogue

from impact_cli.catalogue.loading import load_catalogue
from impact_cli.exchange.field.limits import list_limits
from impact_cli.exchange.field.naming import read_stamp, write_stamp
from impact_cli.exchange.field.xlsform import Form, Row, build_form

Build = Callable[[str], Form]


@pytest.fixture
def build() -> Build:
    return lambda section: build_form(load_section(section))


def find(form: Form, name: str) -> Row:
    (row,) = (row for row in form.survey if row.name == name)
    return row


def list_choices(form: Form, name: str) -> dict[str, str]:
    return {choice.name: choice.label for choice in form.choices if choice.list_name == name}


MANY = """
questions:
  - id: types
    kind: many
    ask: "Quoi ?"
    topic: les choses
    hint: Une aide.
    example: un prêt
    options:
      - {id: dons, label: Des dons, tell: des dons}
      - {id: vieux, label: Ancien, tell: ancien, asked: false}
      - {id: autre, label: Autre, tell: autre, specify: true}
      - {id: aucun, label: Rien, exclusive: true, tell: "Rien n'a été vu."}
    tell: "Vu : {types}."
"""


def test_a_many_is_a_list_without_what_is_not_asked_any_more(build: Build) -> None:
    form = build(MANY)
    asked = find(form, "rubrique_Types")
    assert (asked.type, asked.label) == ("select_multiple rubrique_Types", "Quoi\u202f?")
    assert asked.hint == "Une aide. Exemple\u00a0: un prêt"
    assert list_choices(form, "rubrique_Types") == {"dons": "Des dons", "autre": "Autre", "aucun": "Rien"}


def test_an_exclusive_option_is_a_constraint_in_our_words(build: Build) -> None:
    asked = find(build(MANY), "rubrique_Types")
    assert asked.constraint == "count-selected(.) <= 1 or not(selected(., 'aucun'))"
    assert asked.constraint_message == "«\u00a0Rien\u00a0» exclut les autres options."


def test_the_words_of_an_option_are_asked_where_it_is_ticked(build: Build) -> None:
    form = build(MANY)
    words = find(form, "rubrique_Types_Autre")
    assert (words.type, words.relevant) == ("text", "selected(${rubrique_Types}, 'autre')")
    assert words.constraint == "string-length(normalize-space(.)) <= 150"
    consent = find(form, "ACCORD_rubrique_Types_Autre")
    assert (consent.relevant, consent.default) == ("${rubrique_Types_Autre} != ''", "")


def test_a_silence_can_be_said_while_there_is_no_answer(build: Build) -> None:
    form = build(MANY)
    silence = find(form, "SILENCE_rubrique_Types_Autre")
    assert silence.relevant == "selected(${rubrique_Types}, 'autre') and ${rubrique_Types_Autre} = ''"
    assert [*list_choices(form, silence.type.split()[1])] == ["not_known", "not_applicable", "skipped"]
    assert len([row for row in form.survey if row.name.startswith("SILENCE_")]) == 2


KINDS = """
questions:
  - id: combien
    kind: number
    ask: "Combien ?"
    topic: le nombre
    hint: Comme vous le diriez.
    example: "20"
    min: 1
    max: 2000
    prose: precisions
    tell: "Nombre : {combien}."
  - {id: precisions, kind: text, ask: "Quoi donc ?", topic: les précisions, asked: false, tell: "{precisions:quote}"}
  - {id: annee, kind: number, ask: "Quand ?", topic: l'année, min: 1900, max: 2100, year: true, tell: "En {annee}."}
  - {id: ville, kind: text, ask: "Où ?", topic: la ville, public: true, max_length: 30, tell: "À {ville}."}
  - {id: recit, kind: text, ask: "Et puis ?", topic: le récit, lines: true, tell: "{recit:quote}"}
  - id: note
    kind: rating
    ask: "Bien ?"
    topic: la note
    none: aucun
    levels: [peu, assez]
    tell: "Note :{note:rating}"
  - {id: mots, kind: keywords, ask: "Des mots ?", topic: les mots, most: 3, tell: "{mots:keywords}"}
  - id: jours
    kind: grid
    ask: "Quand est-ce ouvert ?"
    topic: les jours
    rows: [{id: lundi, label: Lundi, tell: le lundi}, {id: mardi, label: Mardi, tell: le mardi}]
    choices: [{id: matin, label: Matin, tell: matin}, {id: inconnu, label: On ne sait pas, means: not_known}]
    tell: "Ouvert {jours:rows} : {jours:choice}."
"""


def test_a_number_has_its_bounds_and_the_words_around_it_a_field(build: Build) -> None:
    form = build(KINDS)
    number = find(form, "rubrique_Combien")
    assert (number.type, number.constraint) == ("integer", ". >= 1 and . <= 2000")
    assert number.constraint_message == "Un nombre de 1 à 2\u202f000 est attendu."
    assert number.hint == "En chiffres\u202f; ce qu’il faut en savoir s’écrit plus bas. Exemple\u00a0: 20"
    assert find(form, "rubrique_Precisions").type == "text"
    assert find(form, "rubrique_Annee").constraint_message == "Un nombre de 1900 à 2100 est attendu."


def test_only_texts_that_may_be_published_ask_for_consent(build: Build) -> None:
    form = build(KINDS)
    consents = {row.name for row in form.survey if row.name.startswith("ACCORD_")}
    assert consents == {"ACCORD_rubrique_Precisions", "ACCORD_rubrique_Recit", "ACCORD_rubrique_Mots"}
    assert find(form, "rubrique_Recit").appearance == "multiline"
    assert find(form, "rubrique_Ville").constraint_message == "30 caractères au plus sont acceptés."


def test_marks_have_their_words_also_that_of_none(build: Build) -> None:
    marks = {"0": "0\u00a0: aucun", "1": "1\u00a0: peu", "2": "2\u00a0: assez"}
    assert list_choices(build(KINDS), "rubrique_Note") == marks


def test_keywords_say_how_they_are_written(build: Build) -> None:
    assert find(build(KINDS), "rubrique_Mots").hint == "Des mots, séparés par des virgules."


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("un", True),
        (" un ,deux;\ntrois , ", True),
        ("un, deux, trois, quatre", False),
        ("é" * 80, True),
        ("é" * 81, False),
        ("un   ,;,;,;,   " * 3, True),
        ("un   ,;,;,;,   " * 40, False),
        (f"un{' ' * 200}" * 40, False),
    ],
)
def test_keywords_are_counted_at_once_whatever_stands_between_them(build: Build, typed: str, is_taken: bool) -> None:
    test = find(build(KINDS), "rubrique_Mots").constraint
    assert bool(re.search(test.removeprefix("regex(., '").removesuffix("')"), typed)) == is_taken


def test_a_grid_is_a_table_of_its_rows(build: Build) -> None:
    form = build(KINDS)
    start = form.survey.index(find(form, "rubrique_Jours"))
    table = form.survey[start : start + 4]
    assert [row.type for row in table] == ["begin_group", *["select_one rubrique_Jours"] * 2, "end_group"]
    assert [row.label for row in table] == ["Quand est-ce ouvert\u202f?", "Lundi", "Mardi", ""]
    assert table[0].appearance == "table-list"
    silent = "${rubrique_Jours_Lundi} = '' and ${rubrique_Jours_Mardi} = ''"
    assert find(form, "SILENCE_rubrique_Jours").relevant == silent


def test_a_grid_too_wide_for_a_phone_is_a_list_for_each_row(build: Build) -> None:
    hinted = KINDS.replace("topic: les jours", "topic: les jours\n    hint: Un mot.")
    form = build(hinted.replace("label: Matin", "label: Quotidiennement/hebdomadairement"))
    start = form.survey.index(find(form, "rubrique_Jours"))
    group, hint, *rows = form.survey[start : start + 4]
    assert (group.label, group.appearance) == ("Quand est-ce ouvert\u202f?", "")
    assert (hint.type, hint.label) == ("note", "Un mot.")
    assert [row.appearance for row in rows] == ["minimal", "minimal"]


CONDITIONS = """
questions:
  - {id: ancien, kind: one, ask: "A ?", topic: a, asked: false, options: [x, y], tell: "A {ancien}."}
  - {id: nombre, kind: number, ask: "B ?", topic: b, tell: "B {nombre}."}
  - {id: liste, kind: many, ask: "C ?", topic: c, options: [x, y, z], tell: "C {liste}."}
  - {id: d, kind: number, ask: "D ?", topic: d, when: {nombre: {min: 1, max: 9}}, tell: "D {d}."}
  - {id: e, kind: number, ask: "E ?", topic: e, when: {liste: {min: 2}}, tell: "E {e}."}
  - {id: f, kind: number, ask: "F ?", topic: f, when: {liste: {not: [x, y]}}, tell: "F {f}."}
  - {id: g, kind: number, ask: "G ?", topic: g, when: {ancien: x}, tell: "G {g}."}
  - {id: h, kind: number, ask: "H ?", topic: h, when: {ancien: {not: x}}, tell: "H {h}."}
  - {id: i, kind: number, ask: "I ?", topic: i, when: {g: {min: 0}}, tell: "I {i}."}
  - {id: j, kind: number, ask: "J ?", topic: j, when: {liste: {all: [x, y]}}, tell: "J {j}."}
consistency:
  - {id: trop, when: {nombre: {max: 0}, liste: [x, y]}, ask: "Zéro, et pourtant ?"}
"""


@pytest.mark.parametrize(
    ("name", "relevant"),
    [
        ("rubrique_D", "${rubrique_Nombre} != '' and ${rubrique_Nombre} >= 1 and ${rubrique_Nombre} <= 9"),
        ("rubrique_E", "${rubrique_Liste} != '' and count-selected(${rubrique_Liste}) >= 2"),
        ("rubrique_F", "not((selected(${rubrique_Liste}, 'x') or selected(${rubrique_Liste}, 'y')))"),
        ("rubrique_H", ""),
        ("rubrique_J", "selected(${rubrique_Liste}, 'x') and selected(${rubrique_Liste}, 'y')"),
    ],
)
def test_a_condition_is_said_over_fields(build: Build, name: str, relevant: str) -> None:
    assert find(build(CONDITIONS), name).relevant == relevant


def test_what_waits_for_an_answer_that_nobody_gives_any_more_is_not_asked(build: Build) -> None:
    names = {row.name for row in build(CONDITIONS).survey}
    assert not names & {"rubrique_Ancien", "rubrique_G", "rubrique_I"}


def test_answers_that_contradict_each_other_show_a_warning(build: Build) -> None:
    warning = find(build(CONDITIONS), "VERIFIER_rubrique_Trop")
    assert (warning.type, warning.label) == ("note", "À vérifier. Zéro, et pourtant\u202f?")
    assert warning.relevant == (
        "${rubrique_Nombre} != '' and ${rubrique_Liste} != '' and ${rubrique_Nombre} != '' and ${rubrique_Nombre} <= 0"
        " and (selected(${rubrique_Liste}, 'x') or selected(${rubrique_Liste}, 'y'))"
    )


def test_a_form_begins_by_who_answers_and_knows_its_catalogue() -> None:
    catalogue = real_catalogue()
    form = build_form(catalogue)
    opening = [row.name for row in form.survey[2:8]]
    assert opening == ["FICHE", "AIDE_FICHE", "AIDE_LIMITES", "LIEU", "EDITION", "VOIX"]
    assert find(form, "LIEU").required == "yes"
    stamp = find(form, "QUESTIONNAIRE").calculation.strip("'")
    assert stamp == write_stamp(catalogue)
    assert read_stamp(stamp)
    assert (form.settings.form_id, form.settings.version) == ("impact", f"2026.2+{catalogue.fingerprint[:12]}")


def test_every_section_is_a_page_under_its_family() -> None:
    pages = [row.label for row in build_form(real_catalogue()).survey if row.appearance == "field-list"]
    assert len(pages) == 1 + len([*real_catalogue().sections])
    assert {"Effets individuels · Lien social", "Effets collectifs en bref"} <= {*pages}


def test_what_a_form_cannot_do_is_said_where_the_catalogue_needs_it(tmp_path: Path) -> None:
    text = '{id: a, kind: text, ask: "A ?", topic: a, tell: "{a:quote}"}'
    plain = write_catalogue(tmp_path / "plain", f"- {{id: r, title: R, questions: [{text}]}}")
    assert not list_limits(load_catalogue(plain))
    assert len(list_limits(real_catalogue())) == 3
