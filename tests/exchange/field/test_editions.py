from pathlib import Path

import pytest
from writing import NOW

from impact_cli.answers.keeping.names import check_edition
from impact_cli.exchange.field.editions import Shelf, name_edition, read_edition

HERE = Path("lieu")


@pytest.mark.parametrize(
    ("voice", "name"),
    [
        ("", "2026-voix"),
        ("👍", "2026-voix"),
        ("L’équipe salariée", "2026-equipe-salariee"),
        ("Les habitantes et habitants du quartier", "2026-habitantes"),
        ("Anticonstitutionnellement", "2026-anticonstitutio"),
        ("../../etc", "2026-etc"),
    ],
)
def test_a_voice_gives_its_edition_a_name_that_says_it(voice: str, name: str) -> None:
    assert name_edition(Shelf("Lieu", HERE, {}), "2026", voice, alone=False) == name


def test_names_stay_fit_for_files_however_many_there_are() -> None:
    for edition in ("2026", "automne-2026-du-lieu"):
        shelf = Shelf("Lieu", HERE, {})
        for number in range(120):
            name = check_edition(name_edition(shelf, edition, "Les habitantes et habitants", alone=False))
            shelf.put(name, (str(number),))
        assert len(shelf.editions) == 120


@pytest.mark.parametrize(
    ("said", "edition"),
    [
        ("2026", ("2026", True)),
        ("automne-2026", ("automne-2026", True)),
        ("été 2025 !", ("2025", False)),
        ("", ("2026", True)),
    ],
)
def test_an_edition_is_what_was_typed_or_the_year_in_it(said: str, edition: tuple[str, bool]) -> None:
    assert read_edition(said, NOW) == edition
