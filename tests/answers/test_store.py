import stat
from dataclasses import replace
from pathlib import Path

import pytest
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.keeping.names import check_edition, check_name, fold_name, slug_of
from impact_cli.answers.keeping.store import ChangedError, GoneError, Stored, load_sheet, save_sheet
from impact_cli.answers.keeping.venues import (
    default_home,
    find_near,
    find_venue,
    list_names,
    list_venues,
    place_sheet,
    require_venue,
)
from impact_cli.answers.sheet import Silence
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.errors import ImpactError


def _save(home: Path, name: str, edition: str = "2026") -> Stored:
    sheet = replace(new_sheet(real_catalogue(), {"lieu.commune": "Lille"}, venue=name), edition=edition)
    return save_sheet(Stored(place_sheet(home, name, edition), sheet, ""))


def _change(stored: Stored, **answers: str) -> Stored:
    sheet = stored.sheet
    for name, said in answers.items():
        sheet = sheet.with_answer(f"lieu.{name}", said, NOW)
    return replace(stored, sheet=sheet)


def _plain(error: pytest.ExceptionInfo[ImpactError]) -> str:
    return error.value.message.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_saved_sheet_is_loaded_as_it_was(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    assert load_sheet(stored.path) == stored
    again = save_sheet(_change(stored, periode="l’année 2025"))
    assert load_sheet(again.path) == again
    assert again.digest != stored.digest


def test_a_sheet_and_its_folders_are_their_owners_alone(tmp_path: Path) -> None:
    stored = _save(tmp_path / "home", "La Remise")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (stored.path, stored.path.parent, tmp_path / "home")]
    assert modes == [0o600, 0o700, 0o700]


def test_nothing_is_left_beside_a_saved_sheet(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    assert [*stored.path.parent.iterdir()] == [stored.path]


def test_a_sheet_is_found_where_a_link_points(tmp_path: Path) -> None:
    stored = _save(tmp_path / "home", "La Remise")
    elsewhere = tmp_path / "synchro.json"
    stored.path.rename(elsewhere)
    stored.path.symlink_to(elsewhere)
    save_sheet(_change(stored, commune="Roubaix"))
    assert stored.path.is_symlink()
    assert load_sheet(elsewhere).sheet.answers["lieu.commune"] == "Roubaix"


def test_a_sheet_that_something_else_wrote_is_not_overwritten(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    other = encode_sheet(stored.sheet.with_answer("lieu.commune", Silence.SKIPPED, NOW))
    stored.path.write_bytes(other)
    with pytest.raises(ChangedError) as raised:
        save_sheet(_change(stored, commune="Roubaix"))
    assert "Les deux sont gardées" in _plain(raised)
    assert stored.path.read_bytes() == other
    (kept,) = set(stored.path.parent.glob("*.json")) - {stored.path}
    assert load_sheet(kept).sheet.answers["lieu.commune"] == "Roubaix"
    assert [*list_venues(tmp_path)[0].editions] == ["2026"]


def test_a_new_sheet_does_not_replace_one_that_appeared(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    with pytest.raises(ChangedError):
        save_sheet(replace(_change(stored, commune="Roubaix"), digest=""))
    assert load_sheet(stored.path) == stored


def test_a_sheet_that_was_taken_away_is_not_quietly_made_anew(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    stored.path.unlink()
    with pytest.raises(GoneError):
        save_sheet(_change(stored, commune="Roubaix"))
    assert not stored.path.exists()


def test_keys_this_version_does_not_know_survive_a_save(tmp_path: Path) -> None:
    stored = _save(tmp_path, "La Remise")
    stored.path.write_bytes(stored.path.read_bytes().replace(b'"format": 2', b'"format": 2,\n  "couleur": ["bleu"]'))
    saved = save_sheet(_change(load_sheet(stored.path), commune="Roubaix"))
    assert b'"couleur": [' in saved.path.read_bytes()
    assert load_sheet(saved.path).sheet.extra == {"couleur": ["bleu"]}


@pytest.mark.parametrize(
    "name", ["Uto-Pic coworking", "Le 6b", "104", "🌱 Le Jardin", "L’Œuf & la Poule", "北京", "O'"]
)
def test_a_name_one_can_say_is_taken(name: str, tmp_path: Path) -> None:
    stored = _save(tmp_path, check_name(name))
    assert stored.path.parent.parent == tmp_path
    assert require_venue(tmp_path, name).latest == stored.path


@pytest.mark.parametrize("name", ["", "  ", "..", "/", "../..", "!?…", "«»", "\x00", "🎉", "\u202e", "\ud800"])
def test_a_name_nobody_can_say_is_refused(name: str) -> None:
    with pytest.raises(ImpactError) as raised:
        check_name(name)
    assert raised.value.exit_code == 2
    assert "n’est pas un nom de lieu" in raised.value.message
    assert raised.value.hint


def test_a_name_of_300_characters_is_refused() -> None:
    with pytest.raises(ImpactError) as raised:
        check_name("n" * 300)
    assert "compte 300 caractères" in _plain(raised)


def test_a_name_is_told_on_one_line_without_what_nobody_sees() -> None:
    assert check_name("  La\n Remise\t\x00 du\x1b Nord ") == "La Remise du Nord"


@pytest.mark.parametrize("edition", ["2026", "2025-2026", "Ete", "2026-bis"])
def test_an_edition_is_a_year_or_a_plain_word(edition: str) -> None:
    assert check_edition(edition) == edition


@pytest.mark.parametrize("edition", ["", "..", "2026/1", "été", "-1", "2026.history", "2026 bis", "x" * 21, "2026\n"])
def test_an_edition_that_is_no_file_name_is_refused(edition: str) -> None:
    with pytest.raises(ImpactError) as raised:
        check_edition(edition)
    assert raised.value.exit_code == 2


def test_two_venues_with_one_slug_have_a_folder_each(tmp_path: Path) -> None:
    folders = [_save(tmp_path, name).path.parent.name for name in ("Café 1", "Café, 1", "CAFÉ + 1", "日本", "中国")]
    assert folders == ["cafe-1", "cafe-1-2", "cafe-1-3", "lieu", "lieu-2"]
    assert [find_venue(tmp_path, name) is not None for name in ("Café, 1", "日本", "café  1")] == [True, True, True]


def test_editions_of_one_venue_share_its_folder_however_it_is_typed(tmp_path: Path) -> None:
    paths = [
        _save(tmp_path, name, str(year)).path for year, name in enumerate(("Numéripôle (Le)", "le numeripole"), 2025)
    ]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["numeripole/2025.json", "numeripole/2026.json"]
    assert list_venues(tmp_path)[0].latest == paths[1]


@pytest.mark.parametrize(
    "typed",
    [
        "numeripole",
        "Numéripôle",
        "NUMÉRIPÔLE",
        "Le Numéripôle",
        "numéripôle (le)",
        "  le   numeripole ",
        "le-numeripole",
    ],
)
def test_a_venue_is_found_without_accents_case_or_article(typed: str, tmp_path: Path) -> None:
    stored = _save(tmp_path, "Numéripôle (Le)")
    _save(tmp_path, "L’Octroi")
    assert require_venue(tmp_path, typed).latest == stored.path


def test_a_near_miss_is_suggested(tmp_path: Path) -> None:
    _save(tmp_path, "Numéripôle (Le)")
    with pytest.raises(ImpactError) as raised:
        require_venue(tmp_path, "Numerypol")
    assert _plain(raised) == "Aucune fiche pour « Numerypol ». Vouliez-vous dire « Numéripôle (Le) » ?"
    assert find_near(list_names(tmp_path), "Tout autre chose") is None


def test_names_that_differ_in_more_than_their_article_are_not_mixed() -> None:
    assert fold_name("Le Mans") != fold_name("Les Mans ouverts")
    assert fold_name("Le") == "le"
    assert slug_of("…") == "lieu"


def test_venues_are_listed_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("Uto-Pic", "Le Hangar", "École", "L’Abri"):
        _save(tmp_path, name)
    assert [venue.name for venue in list_venues(tmp_path)] == ["L’Abri", "École", "Le Hangar", "Uto-Pic"]


def test_a_venue_whose_sheet_is_broken_is_still_listed(tmp_path: Path) -> None:
    _save(tmp_path, "La Remise").path.write_bytes(b"{")
    assert [venue.name for venue in list_venues(tmp_path)] == ["remise"]


def test_files_that_are_no_sheets_are_not_venues(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "lisez-moi.txt").write_text("x", encoding="utf-8")
    (tmp_path / "seul.json").write_text("{}", encoding="utf-8")
    assert list_venues(tmp_path) == []
    assert list_venues(tmp_path / "absent") == []


def test_the_home_is_the_one_that_is_named() -> None:
    assert default_home({"IMPACT_HOME": "/srv/impact"}) == Path("/srv/impact")
    assert default_home({}).name == "impact"


def test_a_home_that_is_a_file_is_told_as_such(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("x", encoding="utf-8")
    with pytest.raises(ImpactError) as listed:
        list_venues(home)
    assert "pas un dossier" in listed.value.message
    sheet = new_sheet(real_catalogue())
    with pytest.raises(ImpactError) as saved:
        save_sheet(Stored(home / "remise" / "2026.json", sheet, ""))
    assert "n’a pas pu être enregistrée" in saved.value.message
    assert home.read_text(encoding="utf-8") == "x"


def test_a_sheet_that_is_a_folder_or_nowhere_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(ImpactError, match="dossier"):
        load_sheet(tmp_path)
    with pytest.raises(ImpactError, match="existe pas"):
        load_sheet(tmp_path / "absent.json")
