"""Where one has not the right to, each command says so in a true sentence, and changes nothing."""

import json
from pathlib import Path

import pytest
from another_user import own_folder, run_as_another
from cli.commands import photograph

pytestmark = pytest.mark.slow

REPORT = "Effets sociaux et urbains de La Remise\n\nLa ville\u00a0: Lyon.\n"
ACTS = {
    "answers": ("survey", "La Remise", "--edition", "2026", "--answers", "-"),
    "an answer restored": ("history", "La Remise", "--edition", "2026", "--restore", "1"),
    "import": ("import", "REPORT", "--venue", "La Remise", "--edition", "2026", "--replace"),
    "rename": ("rename", "La Remise", "La Remize"),
    "delete": ("delete", "La Remise", "--edition", "2026", "--yes"),
    "return": ("delete", "La Remise", "--edition", "2025", "--restore"),
}


@pytest.fixture
def home() -> Path:
    """A venue whose 2025 is in the bin, and whose 2026 has a history."""
    home = own_folder()
    (home / "rapport.txt").write_text(REPORT, encoding="utf-8")
    for edition, commune in (("2025", "Lyon"), ("2026", "Lyon"), ("2026", "Massy")):
        words = ("survey", "La Remise", "--edition", edition, "--answers", "-")
        assert run_as_another(home, *words, given=json.dumps({"lieu.commune": commune})).returncode == 0
    assert run_as_another(home, "delete", "La Remise", "--edition", "2025", "--yes").returncode == 0
    return home


def _act(home: Path, name: str) -> str:
    """What a command says that fails well."""
    words = (str(home / "rapport.txt") if word == "REPORT" else word for word in ACTS[name])
    told = run_as_another(home, *words, given='{"lieu.commune": "Paris"}')
    assert told.returncode == 1, told.stdout
    assert "Traceback" not in told.stderr
    assert "la faute est à nous" not in told.stderr
    return told.stderr


def _read_sheets(home: Path) -> dict[Path, bytes | None]:
    return {path: content for path, content in photograph(home).items() if path.suffix == ".json"}


@pytest.mark.parametrize("name", ACTS)
def test_in_a_folder_that_is_closed_to_writing_nothing_changes(home: Path, name: str) -> None:
    folder = home / "remise"
    before = _read_sheets(home)
    folder.chmod(0o500)
    said = _act(home, name)
    folder.chmod(0o700)
    assert "vous n’en avez pas le droit" in said
    assert _read_sheets(home) == before


@pytest.mark.parametrize("name", ["answers", "an answer restored", "import", "rename"])
def test_where_a_sheet_is_closed_to_writing_no_sheet_changes(home: Path, name: str) -> None:
    assert run_as_another(home, *ACTS["return"]).returncode == 0
    before = _read_sheets(home)
    (home / "remise" / "2026.json").chmod(0o400)
    assert "vous n’en avez pas le droit" in _act(home, name)
    assert _read_sheets(home) == before
