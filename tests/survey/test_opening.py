from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from survey.scripted import Pick, Scripted, ScriptedPrompter
from writing import NOW, load_section, new_sheet

from impact_cli.answers.keeping.editing import open_sheet
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Status
from impact_cli.catalogue.model import Catalogue
from impact_cli.survey.opening import Start, ask_venue, choose_edition, choose_start, match_venue
from impact_cli.survey.places import find_first, list_places
from impact_cli.survey.prompter import Leave

SECTION = """
questions:
  - {id: ville, kind: text, ask: "Où ?", topic: la ville, public: true}
  - {id: combien, kind: number, ask: "Combien ?", topic: le nombre}
tell:
  - "Ville : {ville}."
  - "Nombre : {combien}."
"""
Keep = Callable[..., Path]


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


@pytest.fixture
def keep(catalogue: Catalogue, home: Path) -> Keep:
    """Put a sheet of a venue and edition on the disk; its town is the edition's name."""

    def keep_sheet(venue: str, edition: str, status: Status = Status.IN_PROGRESS) -> Path:
        stored = open_sheet(home, catalogue, venue, edition, NOW)
        sheet = replace(stored.sheet, status=status, answers={"rubrique.ville": edition})
        return save_sheet(replace(stored, sheet=sheet)).path

    return keep_sheet


def start(home: Path, catalogue: Catalogue, edition: str, *script: Scripted) -> tuple[Start, ScriptedPrompter]:
    prompter = ScriptedPrompter(script)
    stored = open_sheet(home, catalogue, "La Remise", edition, NOW)
    return choose_start(prompter, catalogue, stored), prompter


def test_without_a_venue_the_name_is_asked(home: Path) -> None:
    assert ask_venue(ScriptedPrompter(("", "?!", " La  Remise ")), home) == "La Remise"


def test_known_venues_are_offered_before_another_name(home: Path, keep: Keep) -> None:
    keep("La Remise", "2026")
    keep("Les Halles", "2026")
    prompter = ScriptedPrompter((Pick("Les Halles"), Pick("La Remise"), Pick(""), "Tout autre chose"))
    chosen = [ask_venue(prompter, home) for _ in range(3)]
    assert chosen == ["Les Halles", "La Remise", "Tout autre chose"]
    assert prompter.menus[0][1] == ["Les Halles", "La Remise", ""]


def test_the_menu_of_venues_can_be_left(home: Path, keep: Keep) -> None:
    keep("La Remise", "2026")
    with pytest.raises(Leave):
        ask_venue(ScriptedPrompter((Pick(None),)), home)


def test_a_name_typed_is_held_against_the_known_ones_too(home: Path, keep: Keep) -> None:
    keep("La Remise", "2026")
    assert ask_venue(ScriptedPrompter((Pick(""), "La Remisse", Pick("La Remise"))), home) == "La Remise"


@pytest.mark.parametrize(
    ("name", "script", "confirmed"),
    [
        ("La Remise", (), "La Remise"),
        ("REMISE", (), "REMISE"),
        ("La Remisse", (Pick("La Remise"),), "La Remise"),
        ("La Remisse", (Pick("La Remisse"),), "La Remisse"),
        ("Tout autre chose", (), "Tout autre chose"),
    ],
)
def test_a_name_is_held_against_the_known_ones(
    home: Path, keep: Keep, name: str, script: tuple[Scripted, ...], confirmed: str
) -> None:
    keep("La Remise", "2026")
    assert match_venue(ScriptedPrompter(script), home, name) == confirmed


def test_a_known_sheet_keeps_the_name_it_has(home: Path, catalogue: Catalogue, keep: Keep) -> None:
    keep("La Remise", "2026")
    assert open_sheet(home, catalogue, "REMISE", "2027", NOW).sheet.venue == "La Remise"


@pytest.mark.parametrize(
    ("editions", "chosen"),
    [
        ({}, "2027"),
        ({"2026": Status.IN_PROGRESS}, "2026"),
        ({"2026": Status.FINISHED}, "2027"),
        ({"2025": Status.IN_PROGRESS, "2026": Status.FINISHED}, "2027"),
        ({"2026": Status.IN_PROGRESS, "2027": Status.FINISHED}, "2027"),
    ],
)
def test_the_edition_is_this_years_unless_the_last_goes_on(
    home: Path, keep: Keep, editions: dict[str, Status], chosen: str
) -> None:
    for edition, status in editions.items():
        keep("La Remise", edition, status)
    prompter = ScriptedPrompter(())
    assert choose_edition(prompter.say, home, "La Remise", "2027") == chosen
    assert any("--edition 2027" in said for said in prompter.said) == (chosen != "2027")


def test_an_edition_that_cannot_be_read_is_no_reason_to_stop(home: Path, keep: Keep) -> None:
    keep("La Remise", "2026").write_bytes(b"{")
    assert choose_edition(ScriptedPrompter(()).say, home, "La Remise", "2027") == "2027"


def test_a_first_sheet_starts_without_a_question(home: Path, catalogue: Catalogue) -> None:
    began, prompter = start(home, catalogue, "2026")
    assert (began.before, began.only, prompter.menus) == ((), None, [])
    assert prompter.said[0] == "La Remise, édition 2026\u00a0: nouvelle fiche."
    assert "1 rubrique, 2 questions" in prompter.said[1]


def test_a_new_edition_offers_the_latest_of_the_others(home: Path, catalogue: Catalogue, keep: Keep) -> None:
    keep("La Remise", "2024")
    keep("La Remise", "2025")
    began, _ = start(home, catalogue, "2026", Pick("former"))
    assert [sheet.edition for sheet in began.before] == ["2025"]
    assert start(home, catalogue, "2026", Pick("nothing"))[0].before == ()
    with pytest.raises(Leave):
        start(home, catalogue, "2026", Pick(None))


def test_a_former_edition_that_cannot_be_read_gives_way_to_an_older_one(
    home: Path, catalogue: Catalogue, keep: Keep
) -> None:
    keep("La Remise", "2024")
    keep("La Remise", "2025").write_bytes(b"")
    began, _ = start(home, catalogue, "2026", Pick("former"))
    assert [sheet.edition for sheet in began.before] == ["2024"]


def test_a_resumed_edition_recalls_where_it_started_from(home: Path, catalogue: Catalogue, keep: Keep) -> None:
    keep("La Remise", "2025")
    began, _ = start(home, catalogue, "2026", Pick("former"))
    sheet = began.stored.sheet.with_answer("rubrique.ville", "Massy", NOW)
    path = save_sheet(replace(began.stored, sheet=sheet)).path
    again, _ = start(home, catalogue, "2026", Pick("resume"))
    assert [sheet.answers for sheet in again.before] == [{"rubrique.ville": "2025"}]
    path.with_name("2025.json").unlink()
    assert start(home, catalogue, "2026", Pick("resume"))[0].before == ()


def test_one_starts_again_where_one_was_or_with_a_section(home: Path, catalogue: Catalogue, keep: Keep) -> None:
    path = keep("La Remise", "2026")
    before = path.read_bytes()
    began, prompter = start(home, catalogue, "2026", Pick("resume"))
    assert began.stored == load_sheet(path)
    assert prompter.said == ["La Remise, édition 2026\u00a0: fiche en cours, 1 réponse sur 2."]
    redone, _ = start(home, catalogue, "2026", Pick("redo"), Pick("rubrique"))
    assert redone.only
    assert redone.only.id == "rubrique"
    for script in ((Pick("leave"),), (Pick(None),), (Pick("redo"), Pick(None))):
        with pytest.raises(Leave):
            start(home, catalogue, "2026", *script)
    assert path.read_bytes() == before


def test_one_starts_again_with_what_is_to_be_confirmed(catalogue: Catalogue, keep: Keep) -> None:
    stored = load_sheet(keep("La Remise", "2026"))
    places = list_places(catalogue, stored.sheet)
    asked = find_first(stored.sheet, places)
    assert asked
    assert asked.name == "rubrique.combien"
    unsure = find_first(replace(stored.sheet, uncertain={"rubrique.ville": "lu dans un rapport"}), places)
    assert unsure
    assert unsure.name == "rubrique.ville"


def test_a_section_that_was_named_is_not_asked_about(catalogue: Catalogue, keep: Keep) -> None:
    stored = load_sheet(keep("La Remise", "2026"))
    (section,) = catalogue.sections
    prompter = ScriptedPrompter(())
    assert choose_start(prompter, catalogue, stored, section) == Start(stored, section)
    assert prompter.menus == []


def test_a_sheet_at_a_path_of_its_own_starts_like_any_other(tmp_path: Path, catalogue: Catalogue) -> None:
    stored = save_sheet(Stored(tmp_path / "ma-fiche.json", new_sheet(catalogue), ""))
    assert choose_start(ScriptedPrompter((Pick("resume"),)), catalogue, stored) == Start(stored)
