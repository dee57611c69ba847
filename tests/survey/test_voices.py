import contextlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from cli.commands import run
from keys import ENTER
from survey.faces import open_plain
from survey.scripted import Pick, ScriptedPrompter
from survey.typist import typing
from writing import NOW, load_section, new_sheet, write_section

from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Sheet, Silence, Submission, Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError
from impact_cli.survey.interview import Interview
from impact_cli.survey.opening import choose_edition, choose_start
from impact_cli.survey.places import Place, list_places
from impact_cli.survey.prompter import Step
from impact_cli.survey.record import Record
from impact_cli.survey.voices import find_voices, hear, name_edition

SECTION = """
questions:
  - {id: qui, kind: many, ask: "Qui ?", topic: les publics, options: [Voisins, Enfants, Élus]}
  - {id: combien, kind: number, ask: "Combien ?", topic: le nombre}
  - id: part
    kind: grid
    ask: Plus de femmes ?
    topic: la parité
    rows: [{id: equipe, label: L’équipe, tell: l’équipe}, {id: publics, label: Les publics, tell: les publics}]
    choices: [{id: plus, label: Plus, tell: plus de femmes}, {id: moins, label: Moins, tell: moins de femmes}]
tell:
  - "Se rencontrent :{qui:bullets}"
  - "Nombre : {combien}."
  - Dans {part:rows}, il y a {part:choice}.
"""
QUI, COMBIEN = "rubrique.qui", "rubrique.combien"


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


def voice(catalogue: Catalogue, name: str, answers: dict[str, Value], **silences: Silence) -> Sheet:
    silent = {f"rubrique.{key}": silence for key, silence in silences.items()}
    came = Submission((name,), name, "", NOW)
    edition = f"2026-{name.lower().replace(' ', '-')}"
    return replace(new_sheet(catalogue, answers, silent), edition=edition, submission=came)


def place(catalogue: Catalogue, number: int) -> Place:
    return list_places(catalogue, new_sheet(catalogue))[number]


def test_voices_that_agree_propose_their_answer_and_are_named(catalogue: Catalogue) -> None:
    voices = [voice(catalogue, name, {QUI: ("voisins",)}) for name in ("Equipe", "Habitants")]
    heard = hear(place(catalogue, 0), [*voices, voice(catalogue, "Muets", {})])
    assert heard.draft == ("voisins",)
    assert heard.remark.splitlines()[1:] == ["• Equipe, Habitants\u00a0: Voisins"]


def test_voices_that_differ_propose_nothing_and_each_is_shown(catalogue: Catalogue) -> None:
    voices = [voice(catalogue, "Equipe", {COMBIEN: 3}), voice(catalogue, "Habitants", {COMBIEN: 30})]
    heard = hear(place(catalogue, 1), [*voices, voice(catalogue, "Elus", {}, combien=Silence.NOT_KNOWN)])
    assert heard.draft is None
    assert heard.remark.splitlines()[1:] == [
        "• Equipe\u00a0: 3",
        "• Habitants\u00a0: 30",
        "• Elus\u00a0: ne sait pas",
    ]


def test_a_voice_that_does_not_know_is_shown_beside_those_that_agree(catalogue: Catalogue) -> None:
    voices = [voice(catalogue, "Equipe", {COMBIEN: 3}), voice(catalogue, "Elus", {}, combien=Silence.NOT_KNOWN)]
    heard = hear(place(catalogue, 1), voices)
    assert heard.draft == "3"
    assert heard.remark.startswith("Une seule voix a répondu")
    assert "• Elus\u00a0: ne sait pas" in heard.remark


def test_rows_of_a_grid_agree_one_by_one(catalogue: Catalogue) -> None:
    voices = [
        voice(catalogue, "Equipe", {"rubrique.part": {"equipe": "plus", "publics": "plus"}}),
        voice(catalogue, "Habitants", {"rubrique.part": {"equipe": "plus", "publics": "moins"}}),
    ]
    assert [hear(place(catalogue, number), voices).draft for number in (2, 3)] == ["plus", None]


def test_many_voices_leave_room_for_the_question(catalogue: Catalogue) -> None:
    voices = [voice(catalogue, f"V{number}", {COMBIEN: number % 40}) for number in range(80)]
    lines = hear(place(catalogue, 1), voices).remark.splitlines()
    assert len(lines) == 8
    assert lines[-1] == "• et 34 autres réponses"
    crowd = [voice(catalogue, f"V{number}", {COMBIEN: 1}) for number in range(80)]
    assert "V0, V1, V2, V3 et 76 autres\u00a0: 1" in hear(place(catalogue, 1), crowd).remark


def test_nothing_is_answered_that_nobody_chose(catalogue: Catalogue, tmp_path: Path) -> None:
    voices = [voice(catalogue, "Equipe", {QUI: ("voisins",)}), voice(catalogue, "Habitants", {QUI: ("enfants",)})]
    prompter = ScriptedPrompter(())
    stored = Stored(tmp_path / "2026.json", new_sheet(catalogue), "")
    start = choose_start(prompter, catalogue, stored, voices=voices)
    interview = Interview(Record(catalogue, start.stored, save_sheet, lambda: NOW), prompter, before=start.before)
    interview.run()
    assert "Comment commencer l’édition" not in str(prompter.menus)
    assert not stored.path.exists()


def test_the_voices_are_recalled_when_the_conversation_goes_on(catalogue: Catalogue, tmp_path: Path) -> None:
    voices = [voice(catalogue, name, {QUI: ("voisins",)}) for name in ("Equipe", "Habitants")]
    for each in voices:
        save_sheet(Stored(tmp_path / f"{each.edition}.json", each, ""))
    stored = Stored(tmp_path / "2026.json", new_sheet(catalogue), "")
    start = choose_start(ScriptedPrompter(()), catalogue, stored, voices=voices)
    sheet = start.stored.sheet.with_answer(QUI, ("voisins",), NOW)
    again = save_sheet(replace(start.stored, sheet=sheet))
    recalled = choose_start(ScriptedPrompter((Pick("resume"),)), catalogue, again)
    assert [each.edition for each in recalled.before] == ["2026-equipe", "2026-habitants"]


def test_enter_confirms_on_the_terminal_only_where_voices_agree(catalogue: Catalogue) -> None:
    question = place(catalogue, 0).question
    agreed = Step(question, None, 1, 3, proposed=("voisins",), remark="• Equipe, Habitants : Voisins")
    with typing(ENTER) as typist:
        assert typist.ask(agreed) == ("voisins",)
    with typing(ENTER) as typist, contextlib.suppress(EOFError):
        typist.ask(replace(agreed, proposed=None))
    assert "Rien n’est coché. Entrée encore une fois" in typist.shown


def test_an_empty_line_confirms_in_plain_mode_only_where_voices_agree(catalogue: Catalogue, tmp_path: Path) -> None:
    voices = [
        voice(catalogue, "Equipe", {QUI: ("voisins",), COMBIEN: 3}),
        voice(catalogue, "Habitants", {QUI: ("voisins",), COMBIEN: 30}),
    ]
    output = io.StringIO()
    prompter = open_plain(io.StringIO("\n\n"), output)
    stored = Stored(tmp_path / "2026.json", new_sheet(catalogue), "")
    Interview(Record(catalogue, stored, save_sheet, lambda: NOW), prompter, before=voices).run()
    sheet = load_sheet(stored.path).sheet
    assert sheet.answers == {QUI: ("voisins",)}
    assert sheet.silences == {COMBIEN: Silence.SKIPPED}
    assert "• Habitants\u00a0: 30" in output.getvalue()


def test_voices_are_named_with_or_without_the_year(catalogue: Catalogue, tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        for each in (voice(catalogue, "Equipe", {}), voice(catalogue, "Habitants", {})):
            edition = each.edition.replace("2026", year)
            save_sheet(Stored(tmp_path / f"{edition}.json", replace(each, edition=edition), ""))
    found = find_voices(tmp_path, ["equipe,habitants", "equipe"], None)
    assert [each.edition for each in found] == ["2026-equipe", "2026-habitants"]
    assert name_edition(found) == "2026"
    assert [each.edition for each in find_voices(tmp_path, ["equipe"], "2025")] == ["2025-equipe"]
    assert [each.edition for each in find_voices(tmp_path, ["toutes"], None)] == ["2026-equipe", "2026-habitants"]
    assert [each.edition for each in find_voices(tmp_path, ["toutes"], "2025")] == ["2025-equipe", "2025-habitants"]
    with pytest.raises(ImpactError, match=r"Vouliez-vous dire.*2025-habitants"):
        find_voices(tmp_path, ["2025-habitant"], None)


def test_the_command_walks_through_voices(catalogue: Catalogue, home: Path, tmp_path: Path) -> None:
    for each in (voice(catalogue, "Equipe", {COMBIEN: 3}), voice(catalogue, "Habitants", {COMBIEN: 30})):
        save_sheet(Stored(home / "la-remise" / f"{each.edition}.json", replace(each, venue="La Remise"), ""))
    words = ["survey", "La Remise", "--from", "equipe,habitants", "--plain"]
    questions = str(write_section(tmp_path / "catalogue", SECTION))
    outcome = run(*words, "--questions", questions, home=home, stdin="1\n20\n")
    assert outcome.code == 130
    assert "• Equipe : 3" in outcome.out + outcome.err
    assert load_sheet(home / "la-remise" / "2026.json").sheet.answers == {QUI: ("voisins",), COMBIEN: 20}


def test_a_new_edition_offers_its_voices(catalogue: Catalogue, tmp_path: Path) -> None:
    for each in (voice(catalogue, "Equipe", {QUI: ("voisins",)}), voice(catalogue, "Habitants", {QUI: ("enfants",)})):
        save_sheet(Stored(tmp_path / f"{each.edition}.json", each, ""))
    prompter = ScriptedPrompter((Pick("former"),))
    start = choose_start(prompter, catalogue, Stored(tmp_path / "2026.json", new_sheet(catalogue), ""))
    assert [each.edition for each in start.before] == ["2026-equipe", "2026-habitants"]
    assert start.stored.sheet.voices == ("2026-equipe", "2026-habitants")
    assert start.stored.sheet.former_edition is None


def test_a_voice_is_not_gone_on_with_in_place_of_the_edition(catalogue: Catalogue, home: Path) -> None:
    each = replace(voice(catalogue, "Equipe", {COMBIEN: 3}), venue="La Remise")
    save_sheet(Stored(home / "la-remise" / "2026-equipe.json", each, ""))
    assert choose_edition(ScriptedPrompter(()).say, home, "La Remise", "2026") == "2026"
