"""What every test can use: golden files, which `pytest --update-golden` writes anew, a home, a profile."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Programs that tests start keep their bytecode, as people's do: else each compiles us and all our parts anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No deadline: a loaded machine is no fault. On CI the same examples each time, so that a change turns red by what it
# changed; by hand others each time, which find what nobody thought of.
settings.register_profile(
    "impact",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
    max_examples=25,
    database=None,
)
settings.load_profile("impact")

# Whoever starts the tests in the background may have told their programs to pass over Ctrl-C, which some tests press.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_GOLDEN = Path(__file__).parent / "golden"


def _wait_for_no_disk(fd: object) -> None:
    """Whether a disk has something no test of this process can see: those of `assurance/` watch others that wait."""
    del fd


os.fsync = _wait_for_no_disk


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_finish() -> None:
    """What was collected stays: nobody need look for cycles in it, nor often in the little that a test makes."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for sheets, not yet made."""
    return tmp_path / "home"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name under tests/golden."""

    def compare(name: str, text: str) -> None:
        path = _GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"{name} is not there yet: run pytest --update-golden, and read what it wrote"
        assert text == path.read_text(encoding="utf-8")

    return compare
