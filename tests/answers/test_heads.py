"""A venue's name from the first lines of its latest sheet is the name that its whole sheets give."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from writing import new_sheet, real_catalogue

from impact_cli.answers.keeping.heads import read_latest_name
from impact_cli.answers.keeping.venues import list_names, list_venues
from impact_cli.answers.sheet_file import encode_sheet


def put(folder: Path, venue: str, edition: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{edition}.json"
    path.write_bytes(encode_sheet(replace(new_sheet(real_catalogue(), venue=venue), edition=edition)))
    return path


@settings(max_examples=25)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_name_is_read_as_it_is_written(tmp_path_factory: object, name: str) -> None:
    folder = tmp_path_factory.mktemp("lieu")  # type: ignore[attr-defined]
    put(folder, "Avant", "2025")
    put(folder, name, "2026")
    assert read_latest_name(folder) == name


def test_what_is_not_plain_is_read_with_care(home: Path) -> None:
    put(home / "a", "Deux voix", "2026-equipe")
    put(home / "a", "Deux voix", "2026-habitants")
    put(home / "b", "Autrement écrit", "2026").write_bytes(
        (home / "b" / "2026.json").read_bytes().replace(b'"format": 2,', b'"venue_id": 1, "format": 2,')
    )
    put(home / "c", "Abîmé", "2026").write_text("{")
    (home / "d").mkdir()
    put(home / "_corbeille", "Parti", "2026")
    assert [name for name, _ in list_names(home)] == [venue.name for venue in list_venues(home)]
    assert [name for name, _ in list_names(home)] == ["Autrement écrit", "c", "Deux voix"]
