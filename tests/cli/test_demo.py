"""impact demo: a report, or the sheets of a network, out of nothing of the user's."""

from pathlib import Path

import pytest
from cli.commands import photograph, run


def test_the_network_is_a_home_with_forty_venues(home: Path, tmp_path: Path) -> None:
    network = tmp_path / "reseau"
    assert run("demo", "--network", str(network), home=home).code == 0
    listed = run("list", "--home", str(network), home=home)
    assert sum(not line.startswith(" ") for line in listed.out.splitlines()) == 40
    assert not home.exists()


def test_a_folder_that_is_there_is_left_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "lettre.txt").write_text("chère voisine")
    before = photograph(tmp_path)
    for name in ("vide", "plein"):
        told = run("demo", "--network", str(tmp_path / name), home=home)
        assert told.failed_well
        assert "existe déjà" in told.err
    assert photograph(tmp_path) == before
    assert not [*(tmp_path / "vide").iterdir()]


def test_no_network_is_written_among_the_sheets(home: Path) -> None:
    home.mkdir()
    assert run("demo", "--network", str(home / "reseau"), home=home).failed_well
    assert not [*home.iterdir()]


@pytest.mark.parametrize("words", [("--format", "text"), ("-o", "rapport.txt"), ("--trace",)])
def test_a_network_is_no_report(words: tuple[str, ...], home: Path, tmp_path: Path) -> None:
    told = run("demo", "--network", str(tmp_path / "reseau"), *words, home=home)
    assert told.failed_well
    assert not (tmp_path / "reseau").exists()
