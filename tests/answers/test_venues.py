"""Which sheet is meant: a venue is its name, an edition its year, and neither its folder nor the alphabet."""

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from another_user import own_folder, run_as_another
from cli.commands import run
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.keeping.editing import editing
from impact_cli.answers.keeping.locks import lock_sheet
from impact_cli.answers.keeping.names import fold_name
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.keeping.venues import find_venue, list_venues, place_sheet, require_venue
from impact_cli.answers.sheet import Status
from impact_cli.errors import ImpactError


def _new(home: Path, name: str, edition: str = "2026", days: int = 0, **changes: object) -> Stored:
    sheet = new_sheet(real_catalogue(), {"lieu.commune": "Lille"}, venue=name)
    moment = NOW + timedelta(days=days)
    sheet = replace(sheet, edition=edition, created=moment, changed=moment, **changes)  # type: ignore[arg-type]
    return Stored(place_sheet(home, name, edition), sheet, "")


def test_two_venues_share_no_folder_though_neither_is_saved(tmp_path: Path) -> None:
    plus = _new(tmp_path, "+Fort")
    with editing(plus):
        fort = _new(tmp_path, "Fort")
        assert fort.path.parent != plus.path.parent
        with editing(fort):
            save_sheet(fort)
            save_sheet(plus)
    assert {venue.name for venue in list_venues(tmp_path)} == {"+Fort", "Fort"}


def test_who_chose_a_folder_that_another_venue_took_meanwhile_is_told(tmp_path: Path) -> None:
    plus, fort = _new(tmp_path, "+Fort"), _new(tmp_path, "Fort", "2027")
    with editing(plus), pytest.raises(ImpactError, match="un autre lieu"), editing(fort):
        raise AssertionError
    save_sheet(plus)
    with pytest.raises(ImpactError, match="un autre lieu"), editing(fort):
        raise AssertionError


def test_a_name_reaches_no_venue_by_the_folder_of_another(tmp_path: Path) -> None:
    save_sheet(_new(tmp_path, "+Fort"))
    assert find_venue(tmp_path, "fort") is None
    assert require_venue(tmp_path, "fort").name == "+Fort"
    save_sheet(_new(tmp_path, "Fort"))
    assert require_venue(tmp_path, "fort").name == "Fort"


def test_a_spoilt_edition_hides_no_other_and_no_name(tmp_path: Path) -> None:
    save_sheet(_new(tmp_path, "Café, 1", "2025"))
    save_sheet(_new(tmp_path, "Café, 1", "2026")).path.write_bytes(b"{")
    (venue,) = list_venues(tmp_path)
    assert (venue.name, [*venue.editions]) == ("Café, 1", ["2025", "2026"])
    assert place_sheet(tmp_path, "Café, 1", "2027").parent == venue.folder


def test_a_venue_whose_every_sheet_is_spoilt_gets_no_second_folder(tmp_path: Path) -> None:
    stored = save_sheet(_new(tmp_path, "Café, 1"))
    stored.path.write_bytes(b"{")
    assert place_sheet(tmp_path, "Café, 1", "2026") == stored.path


@pytest.mark.parametrize(
    ("editions", "latest"),
    [
        (["essai", "2025"], "2025"),
        (["9", "10"], "10"),
        (["10", "9"], "9"),
        (["2025-bis", "2026"], "2026"),
        (["2026-bis", "2026"], "2026"),
        (["2026", "2026-bis"], "2026-bis"),
        (["2024", "zeste"], "2024"),
    ],
)
def test_the_latest_edition_is_so_by_year_and_then_by_date(editions: list[str], latest: str, tmp_path: Path) -> None:
    for days, edition in enumerate(editions):
        save_sheet(_new(tmp_path, "La Remise", edition, days))
    (venue,) = list_venues(tmp_path)
    assert venue.latest.stem == latest == venue.told


def test_a_draft_stands_in_for_no_finished_edition_without_a_word(tmp_path: Path) -> None:
    save_sheet(_new(tmp_path, "La Remise", "2026", status=Status.FINISHED))
    save_sheet(_new(tmp_path, "La Remise", "2027"))
    (venue,) = list_venues(tmp_path)
    assert (venue.told, venue.latest.stem) == ("2026", "2027")
    outcome = run("show", "La Remise", home=tmp_path)
    assert "Édition 2026" in outcome.out
    assert "--edition 2027" in outcome.err
    assert "Édition 2027" in run("show", "La Remise", "--edition", "2027", home=tmp_path).out


@pytest.mark.parametrize(
    "typed", ["L\u2019OEuf\u200b", "l'œuf", "L\u02bcœuf", "l\u2032\u0153uf", "\ufeffL’Œuf", "L‑Œuf", "l–œuf"]
)
def test_nobody_becomes_a_second_venue_by_what_cannot_be_seen_or_told_apart(typed: str) -> None:
    assert fold_name(typed) == fold_name("L’Œuf")


@pytest.mark.parametrize("unseen", ["\u034f", "\ufe0f", "\u180b", "\U000e0100"])
def test_marks_without_a_sign_make_no_second_venue(unseen: str) -> None:
    assert fold_name(f"Les{unseen} Hal{unseen}les") == fold_name("Les Halles")


@pytest.mark.parametrize("blank", ["\u115f", "\u3164", "\uffa0", "\u2800", "\u2043", "\u2e3a"])
def test_blank_letters_and_rare_hyphens_stand_between_words(blank: str) -> None:
    assert fold_name(f"Le Four{blank}Neuf") == fold_name("Le Four Neuf")


def test_a_new_edition_is_written_through_no_link(tmp_path: Path) -> None:
    stored = save_sheet(_new(tmp_path / "home", "La Remise"))
    outside = tmp_path / "outside.json"
    stored.path.with_name("2027.json").symlink_to(outside)
    given = '{"lieu.commune": "Massy"}'
    outcome = run("survey", "La Remise", "--edition", "2027", "--answers", "-", home=tmp_path / "home", stdin=given)
    assert outcome.failed_well
    assert not outside.exists()


@pytest.mark.parametrize("name", [".2026.holder", ".2026.lock", "2026.history.jsonl", "2026.draft.json"])
def test_what_lies_beside_a_sheet_is_written_through_no_link(name: str, tmp_path: Path) -> None:
    stored = save_sheet(_new(tmp_path / "home", "La Remise"))
    outside = tmp_path / "outside"
    outside.write_bytes(b"theirs")
    stored.path.with_name(name).symlink_to(outside)
    given = '{"lieu.commune": "Massy"}'
    outcome = run("survey", "La Remise", "--edition", "2026", "--answers", "-", home=tmp_path / "home", stdin=given)
    assert not outcome.betrays_a_fault
    assert outside.read_bytes() == b"theirs"


def test_a_venue_s_folder_that_is_a_link_to_an_empty_one_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "remise").symlink_to(tmp_path / "outside")
    assert place_sheet(tmp_path / "home", "La Remise", "2026").parent.name == "remise-2"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("list",), ("show", "La Remise"), ("survey", "La Remise", "--edition", "2027", "--plain")]
)
def test_a_venue_s_folder_one_may_not_enter_is_said(words: tuple[str, ...]) -> None:
    shared = own_folder()
    stored = save_sheet(_new(shared, "La Remise"))
    stored.path.parent.chmod(0)
    try:
        ran = run_as_another(shared, *words)
    finally:
        stored.path.parent.chmod(stat.S_IRWXU)
    assert "la faute est à nous" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "pas le droit d’entrer" in ran.stdout + ran.stderr
    assert sorted(path.name for path in shared.iterdir()) == ["remise"]


def test_dates_outside_the_calendar_in_a_signature_hide_nothing_but_the_name(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    with lock_sheet(path):
        signed = '{"user": "a", "machine": "b", "since": "9999-12-31T23:59:59-14:00"}'
        path.with_name(".2026.holder").write_text(signed, encoding="utf-8")
        with pytest.raises(ImpactError, match="une autre saisie est ouverte"), lock_sheet(path):
            raise AssertionError
    assert load_sheet(save_sheet(_new(tmp_path, "La Remise")).path)
