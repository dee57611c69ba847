"""How answers are told, one feature a catalogue."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from writing import HEAD, NOW, load_section, load_sections, new_sheet, real_catalogue, write_catalogue

from impact_cli.answers.doubts import BEGINS_ALIKE, SOUNDS_ALIKE
from impact_cli.answers.sheet import PUBLISHED, Origin, Sheet, Silence, Value
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.render.text import render_blocks
from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, tells_of
from impact_cli.report.build import build_report, tell_one_section
from impact_cli.report.trace import add_trace
from impact_cli.report.wording import NOTHING_SILENT, say_contradiction

PUBLICS = """
questions:
  - id: publics
    kind: many
    ask: Qui ?
    topic: les publics
    options:
      - {id: voisins, label: Voisins, tell: voisins}
      - {id: eleves, label: Élèves, tell: élèves}
      - {id: habitues, label: Habitués, tell: habitués}
      - {id: aucun, label: Personne, exclusive: true, tell: "Personne n'est venu."}
"""


def _tell(catalogue: Catalogue, answers: Mapping[str, Value]) -> list[Block]:
    (section,) = catalogue.sections
    keyed = {f"rubrique.{question}": value for question, value in answers.items()}
    return tell_one_section(catalogue, new_sheet(catalogue, keyed), section)


def _words(catalogue: Catalogue, answers: Mapping[str, Value]) -> str:
    """What is told, on one line and with plain spaces."""
    words = " ".join(render_blocks(_tell(catalogue, answers)).split())
    return words.replace("\u00a0", " ").replace("\u202f", " ")


ONE_TWO = """
questions:
  - {id: a, kind: text, ask: A ?, topic: a}
  - {id: b, kind: text, ask: B ?, topic: b, lines: true}
  - {id: n, kind: number, ask: N ?, topic: n}
"""


def test_the_first_alternative_whose_answers_are_all_there_is_told() -> None:
    lines = 'tell: [["Ici {a}, {n} fois.", "Ici {a}.", "Soit {n} fois."], "{b:quote}"]'
    catalogue = load_section(ONE_TWO + lines)
    assert _words(catalogue, {"a": "x", "n": 3}) == "Ici x, 3 fois."
    assert _words(catalogue, {"a": "x"}) == "Ici x."
    assert _words(catalogue, {"n": 3}) == "Soit 3 fois."
    assert _tell(catalogue, {}) == []


def test_alternatives_that_repeat_nothing_are_told_beside_each_other() -> None:
    catalogue = load_section(ONE_TWO + 'tell: [["Ici {a}.", "{b:quote}", "Soit {n} fois."]]')
    assert _words(catalogue, {"a": "x", "b": "y", "n": 0}) == "Ici x. « y » Soit 0 fois."


@pytest.mark.parametrize(
    ("ticked", "told"),
    [
        (("voisins",), "Un public est venu : - voisins"),
        (("voisins", "eleves"), "Des publics sont venus : - voisins - élèves"),
        (("aucun",), "Personne n’est venu."),
    ],
)
def test_a_sentence_agrees_with_what_is_ticked(ticked: tuple[str, ...], told: str) -> None:
    lines = """
tell:
  - {by: publics, one: "Un public est venu :{publics:bullets}", many: "Des publics sont venus :{publics:bullets}"}
"""
    assert _words(load_section(PUBLICS + lines), {"publics": ticked}) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "Aucun projet."),
        (1, "Un projet a émergé."),
        (2, "2 projets ont émergé."),
        (1200, "1 200 projets ont émergé."),
        (1_000_000, "1 000 000 projets ont émergé."),
    ],
)
def test_a_sentence_agrees_with_a_number(number: int, told: str) -> None:
    counted = "{by: n, zero: Aucun projet., one: Un projet a émergé., many: '{n} projets ont émergé.'}"
    catalogue = load_section(f"questions: [{{id: n, kind: number, ask: N ?, topic: n}}]\ntell: [{counted}]")
    assert _words(catalogue, {"n": number}) == told


def test_zero_is_singular_where_nothing_else_is_written() -> None:
    counted = "{by: n, one: '{n} projet a émergé.', many: '{n} projets ont émergé.'}"
    catalogue = load_section(f"questions: [{{id: n, kind: number, ask: N ?, topic: n}}]\ntell: [{counted}]")
    assert _words(catalogue, {"n": 0}) == "0 projet a émergé."


def test_a_year_is_not_grouped() -> None:
    section = "questions: [{id: n, kind: number, ask: N ?, topic: n, max: 9999, year: true}]\ntell: ['Depuis {n}.']"
    assert _words(load_section(section), {"n": 2016}) == "Depuis 2016."


def test_an_exclusive_option_is_told_in_place_of_its_line() -> None:
    lines = """
  - {id: exemple, kind: text, ask: Quoi ?, topic: un exemple, tell: "{exemple:quote}"}
tell:
  - ["Des échanges {publics:de}."]
"""
    catalogue = load_section(PUBLICS + lines)
    assert _tell(catalogue, {"publics": ("aucun",), "exemple": "x"}) == [
        Paragraph("Personne n’est venu.", ("rubrique.publics",)),
        Quote("x", ("rubrique.exemple",)),
    ]


def test_an_answer_beside_an_exclusive_option_is_told_by_an_alternative_of_its_own() -> None:
    lines = """
  - {id: combien, kind: number, ask: Combien ?, topic: le nombre}
tell:
  - ["{combien} fois pour {publics}.", "Pour {publics}.", "Au total : {combien}."]
"""
    catalogue = load_section(PUBLICS + lines)
    assert _words(catalogue, {"publics": ("aucun",), "combien": 2}) == "Personne n’est venu. Au total : 2."


def test_de_is_elided_before_a_vowel_and_a_mute_h() -> None:
    catalogue = load_section(PUBLICS + "tell: ['Des rencontres {publics:de}.']")
    told = _words(catalogue, {"publics": ("voisins", "eleves", "habitues")})
    assert told == "Des rencontres de voisins, d’élèves et d’habitués."


def test_options_are_told_in_the_order_of_the_questionnaire() -> None:
    catalogue = load_section(PUBLICS + "tell: ['Venus : {publics}.']")
    assert _words(catalogue, {"publics": ("habitues", "voisins")}) == "Venus : voisins et habitués."


GRID = """
questions:
  - id: parite
    kind: grid
    ask: Qui ?
    topic: la parité
    rows: [{id: equipe, label: équipe}, {id: direction, label: direction}, {id: publics, label: publics}]
    choices: [{id: plus, label: plus de femmes}, {id: autant, label: autant de femmes},
              {id: inconnu, label: On ne sait pas, means: not_known},
              {id: rien, label: Sans objet, means: not_applicable}]
tell: ["Pour {parite:rows}, {parite:choice}."]
"""


def test_rows_with_the_same_choice_are_told_in_one_sentence() -> None:
    answer = {"equipe": "autant", "direction": "plus", "publics": "autant"}
    assert _tell(load_section(GRID), {"parite": answer}) == [
        Paragraph("Pour équipe et publics, autant de femmes.", ("rubrique.parite",)),
        Paragraph("Pour direction, plus de femmes.", ("rubrique.parite",)),
    ]


def test_a_choice_that_means_a_silence_is_told_as_that_silence() -> None:
    catalogue = load_section(GRID)
    answer = {"rubrique.parite": {"equipe": "plus", "direction": "inconnu", "publics": "rien"}}
    assert _silences(catalogue, new_sheet(catalogue, answer)) == [
        "Rubrique – le lieu ne sait pas : la parité (direction) ; sans objet : la parité (publics)."
    ]
    assert _tell(catalogue, {"parite": {"equipe": "inconnu"}}) == []


def test_a_grid_tells_only_what_was_said_of_a_row() -> None:
    catalogue = load_section(GRID)
    assert _silences(catalogue, new_sheet(catalogue, {"rubrique.parite": {"equipe": "plus"}})) == [
        "Rubrique – sans réponse : la parité (direction et publics)."
    ]


def test_ratings_keywords_and_quotes_are_blocks_of_their_own() -> None:
    section = """
questions:
  - {id: note, kind: rating, ask: Quoi ?, topic: la note, levels: [faible, moyenne, forte]}
  - {id: mots, kind: keywords, ask: Quoi ?, topic: les mots}
  - {id: exemple, kind: text, ask: Quoi ?, topic: un exemple, lines: true}
tell: ["Intensité :{note:rating}", "{mots:keywords}", "Ce qui est dit :{exemple:quote}"]
"""
    catalogue = load_section(section)
    assert _tell(catalogue, {"note": 2, "mots": ("lien", "bien être"), "exemple": "un\n\ndeux"}) == [
        Rating("Intensité", 2, 3, "Intensité\u00a0: 2 sur 3 (moyenne)", ("rubrique.note",)),
        Keywords(("lien", "bien être"), ("rubrique.mots",)),
        Paragraph("Ce qui est dit\u00a0:", ("rubrique.exemple",)),
        Quote("un\n\ndeux", ("rubrique.exemple",)),
    ]


def test_the_mark_zero_has_a_name_of_its_own() -> None:
    section = """
questions:
  - {id: note, kind: rating, ask: Quoi ?, topic: la note, none: aucun effet, levels: [faible, moyenne, forte]}
tell: ["Intensité :{note:rating}"]
"""
    catalogue = load_section(section)
    assert _tell(catalogue, {"note": 0}) == [
        Rating("Intensité", 0, 3, "Intensité\u00a0: 0 sur 3 (aucun effet)", ("rubrique.note",))
    ]


TWO_SECTIONS = """
- id: lien
  title: Lien
  questions:
    - {id: publics, kind: many, ask: Qui ?, topic: les publics, options: [{id: a, label: a}, {id: b, label: Aucun,
       exclusive: true, tell: Aucun.}]}
    - {id: rythme, kind: text, ask: Quand ?, topic: le rythme, when: {publics: {not: b}}}
    - {id: exemple, kind: text, ask: Quoi ?, topic: un exemple, when: {publics: a}}
  tell: ["Venus : {publics}.", "Rythme : {rythme}.", "{exemple:quote}"]
- id: avis
  title: Avis
  opening: true
  questions: [{id: mot, kind: text, ask: Quoi ?, topic: un mot}]
  tell: ["Un mot : {mot}."]
"""


@pytest.fixture
def two_sections() -> Catalogue:
    return load_sections(TWO_SECTIONS)


def _report(catalogue: Catalogue, sheet: Sheet) -> tuple[Block, ...]:
    return build_report(catalogue, sheet, date(2026, 3, 1), "1.0").blocks


def _silences(catalogue: Catalogue, sheet: Sheet) -> list[str]:
    last = _report(catalogue, sheet)[-1]
    assert isinstance(last, Bullets)
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in last.items]


def test_an_opening_section_is_told_first_and_without_a_title(two_sections: Catalogue) -> None:
    blocks = _report(two_sections, new_sheet(two_sections, {"avis.mot": "bien", "lien.publics": ("a",)}))
    headings = [(block.level, block.text) for block in blocks if isinstance(block, Heading)]
    assert headings == [(1, "Effets de La Remise"), (2, "Famille"), (3, "Lien"), (2, "Ce que ce rapport ne dit pas")]
    assert blocks[2] == Paragraph("Un mot\u00a0: bien.", ("avis.mot",))


def test_the_empty_sheet_claims_nothing(two_sections: Catalogue) -> None:
    assert _report(two_sections, new_sheet(two_sections)) == (
        Heading(1, "Effets de La Remise", "rapport"),
        Heading(2, "Ce que ce rapport ne dit pas", "silences"),
        Paragraph("Le lieu n’a encore abordé aucune rubrique."),
    )


def test_an_answer_off_the_path_is_neither_told_nor_a_silence(two_sections: Catalogue) -> None:
    answers: dict[str, Value] = {"lien.publics": ("b",), "lien.rythme": "x", "lien.exemple": "y", "avis.mot": "z"}
    blocks = _report(two_sections, new_sheet(two_sections, answers))
    assert blocks[3:-2] == (Heading(3, "Lien", "lien"), Paragraph("Aucun.", ("lien.publics",)))
    assert blocks[-1] == Paragraph("Toutes les rubriques qui concernent le lieu ont reçu une réponse.")


def test_what_nobody_touched_is_said_in_a_sentence_or_two(tmp_path: Path) -> None:
    def ask(name: str) -> str:
        question = "{id: a, kind: many, ask: Qui ?, topic: les publics, options: [{id: x, label: X, tell: x}]}"
        return f'- {{id: {name}, title: {name.capitalize()}, questions: [{question}], tell: ["Venus : {{a}}."]}}\n'

    other = f"id: autre\ntitle: Autre\nsections:\n{ask('quatre')}"
    head = HEAD.replace("[famille]", "[famille, autre]")
    folder = write_catalogue(tmp_path, ask("un") + ask("deux") + ask("trois"), head=head, autre=other)
    catalogue = load_catalogue(folder)
    told = _report(catalogue, new_sheet(catalogue, {"un.a": ("x",)}))
    last = [block.text.replace("\u00a0", " ") for block in told if isinstance(block, Paragraph) and not block.tells]
    assert last == [
        "Le lieu n’a pas abordé cette famille d’effets : « Autre ».",
        "Le lieu n’a pas abordé ces rubriques : « Deux » et « Trois ».",
    ]


def test_a_gap_is_named_and_a_missing_example_is_none(two_sections: Catalogue) -> None:
    said = {"lien.rythme": Silence.NOT_KNOWN, "lien.exemple": Silence.SKIPPED}
    sheet = new_sheet(two_sections, {"lien.publics": ("a",)}, said)
    assert _report(two_sections, sheet)[-1] == Paragraph(NOTHING_SILENT)
    assert _silences(two_sections, new_sheet(two_sections, {"lien.rythme": "x"})) == [
        "Lien – sans réponse : les publics."
    ]


def test_programs_are_told_everything_that_is_not(two_sections: Catalogue) -> None:
    said = {"lien.rythme": Silence.NOT_KNOWN, "avis.mot": Silence.NOT_APPLICABLE}
    sheet = new_sheet(two_sections, {"lien.publics": ("a",)}, said)
    report = build_report(two_sections, sheet, date(2026, 3, 1), "1.0")
    assert dict(report.untold) == {
        "lien.rythme": "not_known",
        "lien.exemple": "not_asked",
        "avis.mot": "not_applicable",
    }
    assert add_trace(report).blocks[-1] == Paragraph("[sans objet\u00a0: avis.mot]")


def test_a_doubtful_answer_says_so_in_its_sentence(two_sections: Catalogue) -> None:
    sheet = new_sheet(two_sections, {"avis.mot": "bien", "lien.publics": ("a",), "lien.exemple": "Un jour"})
    doubtful = replace(sheet, uncertain=dict.fromkeys(sheet.answers, "lu dans un rapport"))
    told = [block for block in _report(two_sections, doubtful) if tells_of(block)]
    assert told == [
        Paragraph("Un mot\u00a0: bien (à confirmer).", ("avis.mot",)),
        Paragraph("Venus\u00a0: a (à confirmer).", ("lien.publics",)),
        Paragraph("À confirmer\u00a0:", ("lien.exemple",)),
        Quote("Un jour", ("lien.exemple",)),
    ]


@pytest.mark.parametrize("reason", [SOUNDS_ALIKE, BEGINS_ALIKE])
def test_words_that_may_be_a_sentence_of_the_report_are_held_back(two_sections: Catalogue, reason: str) -> None:
    sheet = new_sheet(two_sections, {"lien.publics": ("a",), "lien.exemple": "Ces rencontres ont lieu."})
    held = replace(sheet, uncertain={"lien.exemple": reason})
    assert "Ces rencontres ont lieu." not in str(_report(two_sections, held))
    assert _silences(two_sections, held) == ["Lien – à confirmer : un exemple."]
    assert dict(build_report(two_sections, held, date(2026, 3, 1), "1").untold)["lien.exemple"] == "to_confirm"


def test_a_report_that_was_read_back_says_what_it_is(two_sections: Catalogue) -> None:
    sheet = new_sheet(two_sections, {"lien.publics": ("a",), "lien.exemple": "Un jour"})
    for said, begins in ((True, "Édition 2026"), (False, "Édition inconnue")):
        read = replace(sheet, origin=Origin(PUBLISHED, NOW, edition_said=said))
        report = build_report(two_sections, read, date(2026, 3, 2), "1.0")
        assert report.edition == ("2026" if said else "")
        assert report.colophon[0] == f"{begins}\u202f; fiche relue d’un rapport publié, le 1er mars 2026."
        assert report.colophon[2:] == (
            "Rapport établi le 2 mars 2026 par impact 1.0, à partir d’un rapport publié et relu.",
            "Les textes cités sont ceux du rapport publié.",
        )


@pytest.mark.parametrize("typed", ["RAS.", "??", "/", "Je ne sais pas…", "R.A.S"])
def test_words_that_say_nothing_are_not_told_before_somebody_confirms_them(typed: str) -> None:
    catalogue = real_catalogue()
    sheet = new_sheet(catalogue, {"reseau.exemple": typed, "reseau.autour": ("projet",)})
    read = replace(sheet, uncertain={"reseau.exemple": "lu dans un rapport"})
    assert Quote(typed, ("reseau.exemple",)) in _report(catalogue, sheet)
    assert Quote(typed, ("reseau.exemple",)) not in _report(catalogue, read)
    assert any("à confirmer : un exemple" in line for line in _silences(catalogue, read))


def test_a_doubtful_text_that_says_something_is_told() -> None:
    catalogue = real_catalogue()
    sheet = new_sheet(catalogue, {"reseau.exemple": "RAS le bol, disent les voisins."})
    read = replace(sheet, uncertain={"reseau.exemple": "lu dans un rapport"})
    assert Quote("RAS le bol, disent les voisins.", ("reseau.exemple",)) in _report(catalogue, read)


def test_the_foot_says_what_was_answered_when_and_with_what(two_sections: Catalogue) -> None:
    report = build_report(two_sections, new_sheet(two_sections), date(2026, 12, 31), "1.0")
    assert report.colophon == (
        "Édition 2026\u202f; fiche en cours, réponses du 1er mars 2026.",
        "Questionnaire «\u00a0Effets\u00a0», version 1.",
        "Rapport établi le 31 décembre 2026 par impact 1.0, à partir des seules réponses du lieu.",
    )


def test_words_typed_are_told_as_typed(two_sections: Catalogue) -> None:
    typed = "l'{été} : « 50 % » {mot} %s"
    told = _report(two_sections, new_sheet(two_sections, {"avis.mot": typed}))
    assert told[2] == Paragraph(f"Un mot\u00a0: {typed}.", ("avis.mot",))


CONTRADICTORY = """
- id: insertion
  title: Insertion
  questions:
    - {id: resultats, kind: many, ask: Quoi ?, topic: les résultats, options: [{id: a, label: A, tell: un emploi}]}
    - {id: combien, kind: number, ask: Combien ?, topic: le nombre, headline: "{count} personnes"}
    - {id: exemple, kind: text, ask: Quoi ?, topic: un exemple}
  tell: ["Obtenu : {resultats}.", "Nombre : {combien}.", "{exemple:quote}"]
  consistency:
    - {id: personne, when: {combien: {max: 0}, resultats: a}, ask: "Personne, et un emploi : que corriger ?"}
"""


def test_answers_that_contradict_each_other_are_named_and_not_told() -> None:
    catalogue = load_sections(CONTRADICTORY)
    answers: dict[str, Value] = {"insertion.resultats": ("a",), "insertion.combien": 0, "insertion.exemple": "Un jour"}
    report = build_report(catalogue, new_sheet(catalogue, answers), date(2026, 3, 1), "1.0")
    told = [block for block in report.blocks if tells_of(block)]
    keys = ("insertion.resultats", "insertion.combien")
    assert told == [
        Quote("Un jour", ("insertion.exemple",)),
        Paragraph(say_contradiction(["les résultats", "le nombre"]), keys),
    ]
    assert dict(report.untold) == dict.fromkeys(keys, "to_confirm")
    settled = new_sheet(catalogue, {**answers, "insertion.combien": 2})
    assert "un emploi" in str(_report(catalogue, settled))
    assert "contredisent" not in str(_report(catalogue, settled))
