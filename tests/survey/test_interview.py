import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from keys import DOWN, ENTER, SPACE
from survey.faces import open_plain
from survey.scripted import BACK, OTHER, PAUSE, SKIP, Pick, Scripted, ScriptedPrompter, Typed
from survey.typist import typing
from writing import NOW, load_sections, new_sheet

from impact_cli.answers.keeping.drafts import drafts_path, load_drafts
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Sheet, Silence, Status, Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError
from impact_cli.report.blocks import Bullets, Paragraph, Quote
from impact_cli.survey.consenting import say_consented
from impact_cli.survey.interview import Ending, Interview
from impact_cli.survey.prompter import Aside, Choice, Keep, Key, Prompter, Step, Wish, Worded
from impact_cli.survey.record import Record

SECTIONS = """
- id: lien
  title: Lien
  questions:
    - id: publics
      kind: many
      ask: Qui ?
      topic: les publics
      options:
        - {id: voisins, label: Voisins, tell: des voisins}
        - {id: benevoles, label: Bénévoles, tell: des bénévoles}
        - {id: rien, label: Aucun, tell: Aucune rencontre., exclusive: true}
    - id: rythme
      kind: one
      ask: Quand ?
      topic: le rythme
      when: {publics: {not: rien}}
      options: [{id: jour, label: Tous les jours, tell: au jour}, {id: mois, label: Tous les mois, tell: au mois}]
    - {id: combien, kind: number, ask: "Combien ?", topic: le nombre}
  tell:
    - "Se rencontrent :{publics:bullets}"
    - Cela a lieu {rythme}.
    - "Nombre : {combien}."
- id: parite
  title: Parité
  questions:
    - id: part
      kind: grid
      ask: Plus de femmes ?
      topic: la parité
      rows:
        - {id: equipe, label: L’équipe, tell: l’équipe}
        - {id: direction, label: La direction, tell: la direction}
        - {id: publics, label: Les publics, tell: les publics}
      choices:
        - {id: plus, label: Plus, tell: plus de femmes}
        - {id: moins, label: Moins, tell: moins de femmes}
        - {id: inconnu, label: On ne sait pas, means: not_known}
    - {id: exemple, kind: text, ask: "Un exemple ?", topic: un exemple, lines: true}
  tell:
    - Dans {part:rows}, il y a {part:choice}.
    - "{exemple:quote}"
- id: bref
  title: En bref
  questions:
    - {id: force, kind: rating, ask: "Quelle force ?", topic: la force, levels: [faible, moyenne, forte]}
    - {id: mots, kind: keywords, ask: "Quels mots ?", topic: les mots}
  tell:
    - "Force :{force:rating}"
    - "{mots:keywords}"
"""
PLACES = ["publics", "rythme", "combien", "part.equipe", "part.direction", "part.publics", "exemple", "force", "mots"]
LIEN: tuple[Scripted, ...] = (("voisins",), "mois", 3)
PARITE: tuple[Scripted, ...] = ("plus", "moins", "plus", "Un exemple.")
BREF: tuple[Scripted, ...] = (2, ("entraide",))
FULL: dict[str, Value] = {
    "lien.publics": ("voisins",),
    "lien.rythme": "mois",
    "lien.combien": 3,
    "parite.part": {"equipe": "plus", "direction": "moins", "publics": "plus"},
    "parite.exemple": "Un exemple.",
    "bref.force": 2,
    "bref.mots": ("entraide",),
}


@pytest.fixture
def catalogue() -> Catalogue:
    return load_sections(SECTIONS)


class Conversation:
    """One sheet on the disk, and interviews about it, one after the other."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self.catalogue = catalogue
        self.path = folder / "remise" / "2026.json"
        self.prompter = ScriptedPrompter(())

    def begin(
        self, answers: Mapping[str, Value], silences: Mapping[str, Silence] | None = None, **more: object
    ) -> "Conversation":
        sheet = replace(new_sheet(self.catalogue, answers, silences), **more)  # type: ignore[arg-type]
        save_sheet(Stored(self.path, sheet, ""))
        return self

    def open(self, prompter: Prompter, *, only: str | None = None, before: Sequence[Sheet] = ()) -> Interview:
        stored = load_sheet(self.path) if self.path.exists() else Stored(self.path, new_sheet(self.catalogue), "")
        section = next((section for section in self.catalogue.sections if section.id == only), None)
        return Interview(Record(self.catalogue, stored, save_sheet, clock), prompter, only=section, before=before)

    def run(self, *script: Scripted, only: str | None = None, before: Sequence[Sheet] = ()) -> Ending:
        self.prompter = ScriptedPrompter(script)
        return self.open(self.prompter, only=only, before=before).run()

    @property
    def sheet(self) -> Sheet:
        return load_sheet(self.path).sheet

    @property
    def answers(self) -> Mapping[str, Value]:
        return self.sheet.answers

    def proposed(self, name: str) -> Step:
        return next(step for step in reversed(self.prompter.steps) if name == step.question.id)


def clock() -> datetime:
    return NOW


@pytest.fixture
def talk(catalogue: Catalogue, tmp_path: Path) -> Conversation:
    return Conversation(catalogue, tmp_path / "home")


def test_everything_is_asked_in_order_and_kept(talk: Conversation) -> None:
    assert talk.run(*LIEN, *PARITE, *BREF, Pick("finish")) is Ending.FINISHED
    assert talk.prompter.asked == PLACES
    assert talk.answers == FULL
    assert talk.sheet.status is Status.FINISHED


def test_sections_are_announced_with_the_way_gone(talk: Conversation) -> None:
    talk.run(*LIEN, *PARITE, *BREF, Pick("later"))
    ways = [
        ("Lien · rubrique 1 sur 3", 0, 3),
        ("Parité · rubrique 2 sur 3", 1, 3),
        ("En bref · rubrique 3 sur 3", 2, 3),
    ]
    assert talk.prompter.sections == [*ways, ("Vous avez parcouru toutes les rubriques.", 3, 3)]
    assert [(step.number, step.total) for step in talk.prompter.steps[3:7]] == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_each_answer_is_on_the_disk_before_the_next_question(talk: Conversation) -> None:
    on_disk: list[int] = []

    def count() -> None:
        answers = json.loads(talk.path.read_bytes())["answers"] if talk.path.exists() else {}
        on_disk.append(sum(len(value) if isinstance(value, dict) else 1 for value in answers.values()))

    talk.open(ScriptedPrompter((*LIEN, *PARITE, *BREF), watch=count)).run()
    assert on_disk == list(range(9))


def test_an_answer_is_shown_as_kept_only_when_it_is_on_the_disk(talk: Conversation) -> None:
    prompter = ScriptedPrompter((("voisins",), "jour"))

    def save(stored: Stored) -> Stored:
        if len(stored.sheet.answers) == 2:
            raise ImpactError("Le disque est plein.")
        return save_sheet(stored)

    interview = talk.open(prompter)
    interview.record.save = save
    with pytest.raises(ImpactError, match="plein"):
        interview.run()
    assert prompter.confirmed == [("publics", ("voisins",))]
    assert prompter.asked == ["publics", "rythme"]
    assert talk.answers == {"lien.publics": ("voisins",)}


def test_going_back_keeps_later_answers(talk: Conversation) -> None:
    talk.run(*LIEN, BACK, BACK, "jour", 3)
    assert talk.prompter.asked == [
        "publics",
        "rythme",
        "combien",
        "part.equipe",
        "combien",
        "rythme",
        "combien",
        "part.equipe",
    ]
    assert talk.answers == {"lien.publics": ("voisins",), "lien.rythme": "jour", "lien.combien": 3}
    assert talk.prompter.steps[5].current == "mois"


def test_back_at_the_first_question_says_so_and_asks_it_again(talk: Conversation) -> None:
    talk.run(BACK)
    assert talk.prompter.asked == ["publics", "publics"]
    assert "C’est la première question." in talk.prompter.said


def test_what_was_half_typed_comes_back_after_going_back(talk: Conversation) -> None:
    talk.run(("voisins",), "mois", Aside(Wish.BACK, "12"), "mois")
    assert talk.proposed("combien").draft == "12"


@pytest.mark.parametrize("wish", [Wish.OTHER, Wish.PAUSE])
def test_what_was_half_typed_comes_back_after_a_menu(talk: Conversation, wish: Wish) -> None:
    talk.run(("voisins",), "mois", Aside(wish, "12"), Pick("stay"))
    assert talk.proposed("combien").draft == "12"


def test_a_draft_is_forgotten_once_the_question_is_answered(talk: Conversation) -> None:
    talk.run(("voisins",), "mois", Aside(Wish.OTHER, "12"), Pick("stay"), 13, BACK)
    assert talk.prompter.steps[-1].draft is None
    assert talk.prompter.steps[-1].current == 13


def test_what_was_half_typed_survives_a_kill_and_is_offered_on_return(talk: Conversation) -> None:
    talk.run(("voisins",), "mois", Typed("12", PAUSE), Pick("leave"))
    assert load_drafts(talk.path) == {"lien.combien": "12"}
    talk.run()
    assert talk.prompter.asked == ["combien"]
    assert talk.prompter.steps[0].draft == "12"
    assert "pas encore validé" in talk.prompter.steps[0].remark
    talk.run(12)
    assert load_drafts(talk.path) == {}


def test_a_draft_that_cannot_be_read_is_said_and_kept(talk: Conversation) -> None:
    talk.run(("voisins",), PAUSE)
    drafts_path(talk.path).write_bytes(b"{")
    talk.run(PAUSE)
    assert any("illisible" in line for line in talk.prompter.said)
    assert talk.path.with_name(f"{talk.path.stem}.draft-illisible.json").read_bytes() == b"{"


def test_what_was_half_typed_over_an_answer_is_asked_again_on_return(talk: Conversation) -> None:
    talk.run(*LIEN, BACK, BACK, Aside(Wish.PAUSE, "jour"))
    talk.run("jour")
    assert talk.prompter.asked[0] == "rythme"
    assert talk.prompter.steps[0].draft == "jour"
    assert talk.answers["lien.rythme"] == "jour"


@pytest.mark.parametrize("reply", [SKIP, Aside(Wish.ERASE), Aside(Wish.NOT_KNOWN)])
def test_nothing_half_typed_is_left_once_something_was_said(talk: Conversation, reply: Aside) -> None:
    talk.run(("voisins",), "mois", Typed("12", reply))
    assert load_drafts(talk.path) == {}


def test_what_stands_in_a_field_unchanged_is_no_draft(talk: Conversation) -> None:
    talk.begin(FULL).run(Aside(Wish.PAUSE, ("voisins",)), only="lien")
    assert load_drafts(talk.path) == {}


def test_consent_is_asked_once_a_family_and_given_by_ticks(talk: Conversation) -> None:
    talk.run(*LIEN, *PARITE, *BREF, Pick("finish"))
    assert [(keys, ticked) for _, keys, ticked in talk.prompter.ticks] == [(["parite.exemple", "bref.mots"], [])]
    assert talk.sheet.may_publish("parite.exemple")


def test_consent_of_an_edition_before_is_proposed_for_the_same_words_alone(talk: Conversation) -> None:
    former = replace(new_sheet(talk.catalogue, FULL), edition="2025")
    talk.begin({**FULL, "bref.mots": ("bruit",)}, consent={}).run(Pick("finish"), before=(former,))
    ((title, keys, ticked),) = talk.prompter.ticks
    assert "2025" in title
    assert (keys, ticked) == (["parite.exemple", "bref.mots"], ["parite.exemple"])
    talk.prompter = ScriptedPrompter((OTHER, Pick("consent"), PAUSE), publish=lambda _keys: [])
    talk.open(talk.prompter, only="lien", before=(former,)).run()
    talk.run(SKIP, SKIP, SKIP, SKIP, only="parite", before=(former,))
    assert talk.prompter.ticks[0][1:] == (["parite.exemple"], [])


def test_consent_is_asked_again_where_one_keeps_to_a_section_or_opens_its_menu(talk: Conversation) -> None:
    talk.run(*LIEN, *PARITE, *BREF, Pick("finish"))
    talk.run(SKIP, SKIP, SKIP, SKIP, only="parite")
    assert talk.prompter.ticks[0][1:] == (["parite.exemple"], ["parite.exemple"])
    talk.prompter = ScriptedPrompter((OTHER, Pick("consent"), PAUSE), publish=lambda _keys: [])
    talk.open(talk.prompter, only="lien").run()
    assert talk.prompter.asked == ["publics", "publics"]
    assert not talk.sheet.may_publish("parite.exemple")


def test_answers_that_contradict_are_asked_about_once_at_the_end_of_their_section(tmp_path: Path) -> None:
    doubt = "\n  consistency:\n    - {id: peu, when: {combien: {max: 0}, rythme: jour}, ask: Lequel est vrai ?}\n"
    sections = SECTIONS.replace('\n    - "Nombre : {combien}."', f'\n    - "Nombre : {{combien}}."{doubt}', 1)
    talk = Conversation(load_sections(sections), tmp_path / "home")
    talk.run(("voisins",), "jour", 0, Pick("lien.combien"), 0, "plus")
    assert talk.prompter.menus[0][1] == ["lien.rythme", "lien.combien", "stay"]
    assert talk.prompter.asked == ["publics", "rythme", "combien", "combien", "part.equipe", "part.direction"]
    again = Conversation(talk.catalogue, tmp_path / "other")
    again.run(("voisins",), "jour", 0, Pick("stay"), "plus")
    assert again.answers["lien.combien"] == 0
    assert again.prompter.asked[3] == "part.equipe"
    left = Conversation(talk.catalogue, tmp_path / "third")
    assert left.run(("voisins",), "jour", 0, Pick(None), Pick("leave")) is Ending.LEFT
    assert left.prompter.menus[1][1] == ["stay", "jump", "leave"]


def test_answers_that_came_otherwise_are_asked_about_before_finishing(tmp_path: Path) -> None:
    doubt = "\n  consistency:\n    - {id: peu, when: {combien: {max: 0}, rythme: jour}, ask: Lequel est vrai ?}\n"
    sections = SECTIONS.replace('\n    - "Nombre : {combien}."', f'\n    - "Nombre : {{combien}}."{doubt}', 1)
    talk = Conversation(load_sections(sections), tmp_path / "home")
    talk.begin({**FULL, "lien.rythme": "jour", "lien.combien": 0})
    talk.run(Pick("finish"), Pick("lien.combien"), 3, Pick("finish"))
    assert talk.answers["lien.combien"] == 3
    assert talk.sheet.status == Status.FINISHED


def test_the_sections_of_a_jump_stand_under_their_families(talk: Conversation) -> None:
    face = _Recorded(ScriptedPrompter((OTHER, Pick("jump"), Pick("stay"))))
    talk.open(face).run()  # type: ignore[arg-type]
    assert [choice.heading for choice in face.chosen[1]] == ["Famille", "", "", ""]


def test_the_words_of_a_number_go_to_its_prose_which_is_then_asked_about(tmp_path: Path) -> None:
    asked = '{id: combien, kind: number, ask: "Combien ?", topic: le nombre, prose: precisions}\n'
    text = '    - {id: precisions, kind: text, ask: "Quoi ?", topic: des précisions, lines: true}\n'
    sections = SECTIONS.replace('{id: combien, kind: number, ask: "Combien ?", topic: le nombre}\n', asked + text)
    sections = sections.replace(
        '\n    - "Nombre : {combien}."', '\n    - "Nombre : {combien}."\n    - "{precisions:quote}"'
    )
    talk = Conversation(load_sections(sections), tmp_path / "home")
    talk.run(("voisins",), "jour", Worded(None, "20-30"))
    assert talk.answers["lien.precisions"] == "20-30"
    assert talk.sheet.silences == {"lien.combien": Silence.SKIPPED}
    talk.path.unlink()
    talk.run(("voisins",), "jour", Worded(20, "environ 20"))
    assert talk.answers["lien.combien"] == 20
    assert talk.answers["lien.precisions"] == "environ 20"
    assert talk.prompter.asked[-1] == "precisions"
    assert talk.prompter.steps[-1].current == "environ 20"


def test_consent_put_off_says_nothing_about_any_text(talk: Conversation) -> None:
    talk.prompter = ScriptedPrompter((*LIEN, *PARITE, *BREF), publish=lambda _keys: None)
    assert talk.open(talk.prompter).run() is Ending.LEFT
    assert talk.sheet.consent == {}


def test_skipping_leaves_a_silence_and_a_line(talk: Conversation) -> None:
    talk.run(SKIP)
    assert talk.sheet.silences == {"lien.publics": Silence.SKIPPED}
    assert talk.prompter.confirmed == [("publics", Silence.SKIPPED)]


@pytest.mark.parametrize("skip", [(SKIP,), (OTHER, Pick("skip"))])
def test_skipping_keeps_an_answer(talk: Conversation, skip: tuple[Scripted, ...]) -> None:
    talk.begin(FULL).run(*skip, only="lien")
    assert talk.answers == FULL
    assert talk.prompter.confirmed == []


def test_skipping_keeps_a_silence(talk: Conversation) -> None:
    talk.begin({}, {"lien.publics": Silence.NOT_KNOWN}).run(SKIP, only="lien")
    assert talk.sheet.silences == {"lien.publics": Silence.NOT_KNOWN}


@pytest.mark.parametrize("silence", [Silence.NOT_KNOWN, Silence.NOT_APPLICABLE])
def test_a_silence_is_said_in_place_of_an_answer(talk: Conversation, silence: Silence) -> None:
    talk.run(("voisins",), "mois", BACK, OTHER, Pick(silence.value))
    assert talk.sheet.silences == {"lien.rythme": silence}
    assert talk.answers == {"lien.publics": ("voisins",)}
    assert talk.prompter.confirmed[-1] == ("rythme", silence)
    assert talk.prompter.asked[-1] == "combien"


def test_erasing_takes_the_answer_out_of_the_sheet(talk: Conversation) -> None:
    talk.begin({"lien.publics": ("voisins",)}).run(OTHER, Pick("erase"), only="lien")
    assert talk.answers == {}
    assert talk.sheet.silences == {"lien.publics": Silence.SKIPPED}


def test_erasing_is_offered_for_an_answer_only(talk: Conversation) -> None:
    talk.run(OTHER, Pick("stay"), ("voisins",), BACK, OTHER)
    assert ["erase" in keys for title, keys in talk.prompter.menus[:2]] == [False, True]


def test_rows_of_a_grid_are_asked_and_saved_one_by_one(talk: Conversation) -> None:
    talk.run(*LIEN, "plus", "moins")
    assert talk.answers["parite.part"] == {"equipe": "plus", "direction": "moins"}
    assert talk.prompter.asked[-1] == "part.publics"


def test_resuming_in_a_grid_asks_its_next_row(talk: Conversation) -> None:
    talk.run(*LIEN, "plus", "moins")
    talk.run("plus")
    assert talk.prompter.asked == ["part.publics", "exemple"]


def test_a_row_takes_the_choice_that_means_the_silence(talk: Conversation) -> None:
    talk.run(*LIEN, OTHER, Pick("not_known"), "moins", "plus")
    assert talk.answers["parite.part"] == {"equipe": "inconnu", "direction": "moins", "publics": "plus"}


def test_a_silence_on_a_grid_without_rows_is_that_of_all_of_it(talk: Conversation) -> None:
    talk.run(*LIEN, OTHER, Pick("not_applicable"))
    assert talk.sheet.silences == {"parite.part": Silence.NOT_APPLICABLE}
    assert talk.prompter.asked[-1] == "exemple"


def test_no_menu_offers_a_silence_that_would_take_rows_away(talk: Conversation) -> None:
    talk.run(*LIEN, "plus", OTHER)
    keys = talk.prompter.menus[0][1]
    assert "not_known" in keys
    assert "not_applicable" not in keys
    assert talk.answers["parite.part"] == {"equipe": "plus"}


def test_erasing_a_row_keeps_the_others(talk: Conversation) -> None:
    talk.run(*LIEN, "plus", "moins", BACK, OTHER, Pick("erase"))
    assert talk.answers["parite.part"] == {"equipe": "plus"}


def test_skipping_every_row_skips_the_grid(talk: Conversation) -> None:
    talk.run(*LIEN, SKIP, SKIP)
    assert talk.sheet.silences == {}
    talk.run(SKIP, SKIP, SKIP)
    assert talk.sheet.silences == {"parite.part": Silence.SKIPPED}


def test_a_question_that_an_answer_makes_needless_is_not_asked(talk: Conversation) -> None:
    talk.run(("rien",))
    assert talk.prompter.asked == ["publics", "combien"]
    assert talk.prompter.steps[-1].total == 2


def test_an_answer_that_is_no_longer_relevant_stays_and_comes_back(talk: Conversation) -> None:
    talk.run(*LIEN, BACK, BACK, BACK, ("rien",))
    assert talk.answers["lien.rythme"] == "mois"
    talk.run(("voisins",), only="lien")
    assert talk.proposed("rythme").current == "mois"


def test_the_time_left_is_that_of_the_section_one_keeps_to(talk: Conversation) -> None:
    talk.run(PAUSE)
    whole = talk.prompter.hints[0]
    talk.run(PAUSE, only="lien")
    assert talk.prompter.hints[0] != whole
    assert "Encore" in whole
    assert "Encore" in talk.prompter.hints[0]


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        (1, "✓ 1\u00a0sur\u00a03 peut être publié, les autres non."),
        (2, "✓ 2\u00a0sur\u00a03 peuvent être publiés, l’autre non."),
    ],
)
def test_what_may_be_published_is_counted_in_french(published: int, sentence: str) -> None:
    assert say_consented(published, 3) == sentence


def test_what_a_changed_answer_makes_relevant_is_asked(talk: Conversation) -> None:
    talk.begin({"lien.publics": ("rien",), "lien.combien": 3}).run(("voisins",), only="lien")
    assert talk.prompter.asked == ["publics", "rythme"]


def test_an_exclusive_option_is_refused_among_others_by_the_last_check(talk: Conversation) -> None:
    with pytest.raises(Exception, match="exclut les autres options"):
        talk.run(("voisins", "rien"))
    assert not talk.path.exists()


def test_a_section_shows_what_the_report_gains_when_one_leaves_it(talk: Conversation) -> None:
    talk.run(*LIEN)
    assert talk.prompter.told == [
        [
            Paragraph("Se rencontrent\u00a0:", ("lien.publics",)),
            Bullets(("des voisins",), ("lien.publics",)),
            Paragraph("Cela a lieu au mois.", ("lien.rythme",)),
            Paragraph("Nombre\u00a0: 3.", ("lien.combien",)),
        ]
    ]


def test_a_section_without_an_answer_claims_no_gain(talk: Conversation) -> None:
    talk.run(SKIP, SKIP, SKIP)
    assert talk.prompter.told == []


@pytest.mark.parametrize("way", [(OTHER, Pick("jump")), (PAUSE, Pick("jump"))])
def test_one_jumps_to_another_section(talk: Conversation, way: tuple[Scripted, ...]) -> None:
    talk.run(("voisins",), *way, Pick("bref"), 2)
    assert talk.prompter.asked == ["publics", "rythme", "force", "mots"]
    assert talk.answers == {"lien.publics": ("voisins",), "bref.force": 2}


def test_a_jump_to_a_full_section_asks_it_again(talk: Conversation) -> None:
    talk.run(*LIEN, OTHER, Pick("jump"), Pick("lien"))
    assert talk.prompter.asked[-1] == "publics"
    assert talk.prompter.steps[-1].current == ("voisins",)


def test_a_jump_can_be_called_off(talk: Conversation) -> None:
    talk.run(Aside(Wish.OTHER, ("voisins",)), Pick("jump"), Pick("stay"))
    assert talk.prompter.asked == ["publics", "publics"]
    assert talk.prompter.steps[-1].draft == ("voisins",)


def test_a_jump_out_of_one_section_goes_to_another(talk: Conversation) -> None:
    assert talk.run(OTHER, Pick("jump"), Pick("bref"), 2, ("un",), only="lien") is Ending.LATER
    assert talk.prompter.asked == ["publics", "force", "mots"]
    assert talk.prompter.sections == [("Lien · rubrique 1 sur 3", 0, 3), ("En bref · rubrique 3 sur 3", 2, 3)]


def test_redoing_a_section_asks_all_of_it_and_nothing_else(talk: Conversation) -> None:
    assert talk.begin(FULL).run("moins", "plus", "moins", "Un autre.", only="parite") is Ending.LATER
    assert talk.prompter.asked == PLACES[3:7]
    assert talk.answers == {
        **FULL,
        "parite.part": {"equipe": "moins", "direction": "plus", "publics": "moins"},
        "parite.exemple": "Un autre.",
    }


def test_the_review_names_what_is_without_an_answer(talk: Conversation) -> None:
    talk.run(SKIP, SKIP, 3, *PARITE, SKIP, SKIP, Pick("later"))
    said = "\n".join(talk.prompter.said).replace("\u00a0", " ")
    assert "• Rubriques entières : En bref." in said
    assert "• Lien : les publics, le rythme." in said
    assert "Parité :" not in said


def test_the_review_counts_a_silence_said_in_words_as_an_answer(talk: Conversation) -> None:
    talk.run(*LIEN, *PARITE, OTHER, Pick("not_known"), OTHER, Pick("not_applicable"), Pick("finish"))
    assert "Toutes les questions ont reçu une réponse." in talk.prompter.said


def test_the_review_leads_back_to_each_open_question(talk: Conversation) -> None:
    talk.run(SKIP, "mois", SKIP, *PARITE, 2, SKIP, Pick("fill"), ("voisins",), 4, ("un",), Pick("finish"))
    assert talk.prompter.asked[9:] == ["publics", "combien", "mots"]
    assert talk.answers["lien.combien"] == 4


def test_the_review_leads_to_a_section_and_back(talk: Conversation) -> None:
    ending = talk.run(
        *LIEN, *PARITE, *BREF, Pick("jump"), Pick("stay"), Pick("jump"), Pick("bref"), 3, ("un",), Pick("finish")
    )
    assert ending is Ending.FINISHED
    assert talk.answers["bref.force"] == 3


def test_a_review_that_is_left_finishes_nothing(talk: Conversation) -> None:
    assert talk.run(*LIEN, *PARITE, *BREF, Pick("later")) is Ending.LATER
    assert talk.run(Pick(None)) is Ending.LEFT
    assert talk.sheet.status is Status.IN_PROGRESS


def test_two_pauses_in_a_row_leave_and_what_was_said_is_saved(talk: Conversation) -> None:
    assert talk.run(("voisins",), PAUSE, Pick(None)) is Ending.LEFT
    assert talk.answers == {"lien.publics": ("voisins",)}


@pytest.mark.parametrize("count", range(9))
def test_one_resumes_at_the_first_question_never_asked(talk: Conversation, count: int) -> None:
    whole = (*LIEN, *PARITE, *BREF)
    talk.run(*whole[:count])
    talk.run(*whole[count:], Pick("finish"))
    assert talk.prompter.asked == PLACES[count:]
    assert talk.answers == FULL


def test_a_skipped_question_is_not_asked_again_on_resuming(talk: Conversation) -> None:
    talk.run(SKIP, "mois")
    talk.run()
    assert talk.prompter.asked == ["combien"]


def test_what_a_reader_doubted_is_asked_first_with_its_reason_then_the_rest(talk: Conversation) -> None:
    doubts = {"lien.combien": "« 6 à 8 » a été lu 6", "bref.force": "une étoile manque"}
    answers: dict[str, Value] = {"lien.rythme": "jour", "lien.combien": 6, "bref.force": 2}
    talk.begin(answers, uncertain=doubts).run(7, 2, ("voisins",))
    assert talk.prompter.asked == ["combien", "force", "publics", "part.equipe"]
    assert talk.prompter.steps[0].remark == "À confirmer, car « 6 à 8 » a été lu 6."
    assert talk.prompter.steps[0].current == 6
    assert talk.sheet.uncertain == {}
    assert talk.answers["lien.combien"] == 7


def test_a_doubt_that_is_passed_over_stays(talk: Conversation) -> None:
    talk.begin({"lien.combien": 6}, uncertain={"lien.combien": "Doute."}).run(SKIP)
    assert talk.sheet.uncertain == {"lien.combien": "Doute."}
    assert talk.answers == {"lien.combien": 6}
    assert talk.prompter.asked == ["combien", "publics"]


def test_answers_of_a_former_edition_are_proposed_and_never_taken_by_themselves(talk: Conversation) -> None:
    former = replace(new_sheet(talk.catalogue, FULL), edition="2025")
    talk.run(("voisins",), "jour", before=(former,))
    proposed = [step.proposed for step in talk.prompter.steps]
    assert proposed == [("voisins",), "mois", "3"]
    assert all("2025" in step.remark for step in talk.prompter.steps)
    assert talk.answers == {"lien.publics": ("voisins",), "lien.rythme": "jour"}


def test_answers_to_be_confirmed_leave_less_time_than_answers_to_be_found(talk: Conversation) -> None:
    former = replace(new_sheet(talk.catalogue, FULL), edition="2025")
    talk.run(PAUSE)
    assert talk.prompter.hints[0] == "Encore 4\u00a0minutes environ."
    talk.run(PAUSE, before=(former,))
    assert talk.prompter.hints[0] == "Encore 2\u00a0minutes environ."


def test_a_row_of_a_former_edition_is_proposed_by_itself(talk: Conversation) -> None:
    former = replace(new_sheet(talk.catalogue, FULL), edition="2025")
    talk.run(*LIEN, "plus", before=(former,))
    assert [step.proposed for step in talk.prompter.steps[-2:]] == ["plus", "moins"]


def test_a_former_silence_proposes_nothing(talk: Conversation) -> None:
    former = new_sheet(talk.catalogue, {}, {"lien.publics": Silence.NOT_KNOWN})
    talk.run(before=(former,))
    assert talk.prompter.steps[0].proposed is None
    assert talk.prompter.steps[0].remark == ""


def test_a_finished_sheet_goes_to_its_review(talk: Conversation) -> None:
    assert talk.begin(FULL, status=Status.FINISHED).run(Pick("later")) is Ending.FINISHED
    assert talk.prompter.asked == []


def test_order_of_answering_changes_nothing_in_the_file(talk: Conversation, tmp_path: Path) -> None:
    talk.run(*LIEN, *PARITE, *BREF, Pick("finish"))
    other = Conversation(talk.catalogue, tmp_path / "other")
    other.run(OTHER, Pick("jump"), Pick("bref"), *BREF, Pick("fill"), *LIEN, *PARITE, Pick("finish"))
    assert other.path.read_bytes() == talk.path.read_bytes()


class _Recorded:
    """A face of the conversation, and the names of what it was asked."""

    def __init__(self, face: Prompter) -> None:
        self._face = face
        self.asked: list[tuple[str, str | None]] = []
        self.chosen: list[Sequence[Any]] = []

    def choose(self, title: str, choices: Sequence[Choice[Key]], *more: Key | None, **named: Any) -> Key | None:
        self.chosen.append(choices)
        return self._face.choose(title, choices, *more, **named)

    def __getattr__(self, name: str) -> object:
        return getattr(self._face, name)

    def ask(self, step: Step, keep: Keep) -> object:
        self.asked.append((step.question.id, step.row.id if step.row else None))
        return self._face.ask(step, keep)


LINES = "1\n2\n3\n1\n2\n1\nUn exemple.\n\n2\nentraide\n1 2\n1\n"
STROKES = (
    *(SPACE, ENTER, DOWN, DOWN, ENTER, "3", ENTER),
    *(DOWN, ENTER, DOWN, DOWN, ENTER, DOWN, ENTER, "Un exemple.", ENTER),
    *(DOWN, DOWN, ENTER, "entraide", ENTER, SPACE, ENTER, DOWN, ENTER),
)


def test_every_face_asks_the_same_questions_in_the_same_order(catalogue: Catalogue, tmp_path: Path) -> None:
    """The plain face and the terminal give what the script gives, to the last byte of the sheet."""
    talks = [Conversation(catalogue, tmp_path / name) for name in ("scripted", "plain", "terminal")]
    talks[0].run(*LIEN, *PARITE, *BREF, Pick("finish"))
    plain = _Recorded(open_plain(io.StringIO(LINES), io.StringIO()))
    assert talks[1].open(plain).run() is Ending.FINISHED  # type: ignore[arg-type]
    with typing(*STROKES) as typist:
        terminal = _Recorded(typist.prompter)
        assert talks[2].open(terminal).run() is Ending.FINISHED  # type: ignore[arg-type]
    names = [f"{question}.{row}" if row else question for question, row in plain.asked]
    assert plain.asked == terminal.asked
    assert names == talks[0].prompter.asked == PLACES
    assert len({talk.path.read_bytes() for talk in talks}) == 1


def test_a_long_text_is_shown_by_its_beginning_and_kept_whole(talk: Conversation) -> None:
    text = "Une voisine est venue. " * 150
    talk.run(*LIEN, "plus", "moins", "plus", text)
    quote = talk.prompter.told[-1][-1]
    assert isinstance(quote, Quote)
    assert quote.text.endswith("…")
    assert len(quote.text) < 250
    assert talk.answers["parite.exemple"] == text.rstrip()
