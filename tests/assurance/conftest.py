"""How many kills and faults to try: a few in the usual run, hundreds with `--kills 200`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from assurance.conversation import Place, make_place

KILLS = 5  # also where these options are unknown: pytest reads this file too late when all tests are run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=KILLS, help="random moments at which a survey is killed")
    parser.addoption("--every-point", action="store_true", help="kill at each write point, not at every thirtieth")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Somewhere to answer, where nothing was said yet."""
    return make_place(tmp_path)


@pytest.fixture
def new_place(tmp_path: Path) -> Callable[[object], Place]:
    """Places of their own, by name."""
    return lambda name: make_place(tmp_path / str(name))
