"""A fault of ours: a French sentence, where the answers are, and a report in which there is none of them."""

import shutil
import sys
from pathlib import Path

import pytest
from assurance.conversation import Place
from assurance.terminals import Terminal

from impact_cli.answers.keeping.store import load_sheet

pytestmark = pytest.mark.slow

TYPED = "UnRécitDeVoisine"
# A module that is broken where it is installed: one line of it raises, with what it was given in its message.
BREAKAGES = {
    "impact_cli/report/telling.py": (
        "def tell_section(section: Section, values: Values, marks: Marks = _NO_MARKS)",
        "    raise RuntimeError(values)",
    ),
    "impact_cli/files.py": (
        "def write_whole(path: Path, content: bytes",
        "    raise ZeroDivisionError(content)",
    ),
    "impact_cli/answers/sheet_file.py": ("def encode_sheet(sheet: Sheet)", "    raise KeyError(sheet)"),
}


@pytest.fixture
def broken(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the program in which one function raises."""
    root = Path(__file__).parents[2]
    copy = tmp_path / "installed"
    for folder in ("impact_cli", "questions"):
        shutil.copytree(root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    name = request.param
    start, line = BREAKAGES[name]
    module = copy / name
    before, found, after = module.read_text("utf-8").partition(start)
    assert found
    head, body = after.split(":\n", 1)
    docstring_end = body.index('"""\n', body.index('"""') + 3) + 4 if body.lstrip().startswith('"""') else 0
    module.write_text(f"{before}{start}{head}:\n{body[:docstring_end]}{line}\n{body[docstring_end:]}", "utf-8")
    return copy


@pytest.mark.parametrize("broken", BREAKAGES, indirect=True)
def test_a_fault_of_ours_loses_and_tells_nothing(place: Place, broken: Path, tmp_path: Path) -> None:
    place.begin(2).end()
    before = load_sheet(place.sheet_path).sheet.answers
    reports = tmp_path / "reports"
    reports.mkdir()
    command = (sys.executable, "-c", "from impact_cli.cli.app import main; main()", *place.command[3:])
    terminal = Terminal(command, {**place.environ, "PYTHONPATH": str(broken), "TMPDIR": str(reports)}, folder=broken)
    terminal.watch_for("Que voulez-vous faire")
    if "la faute est à nous" not in terminal.text:
        terminal.type("1", "\r")
        terminal.watch_for("Un exemple")
    if "la faute est à nous" not in terminal.text:
        terminal.type(TYPED)
        terminal.send("\r")
        terminal.type("\r")
    assert terminal.leave() == 1
    assert "Traceback" not in terminal.text
    flat = "".join(terminal.text.split())
    assert "la faute est à nous. Les réponses enregistrées sont intactes, dans".replace(" ", "") in flat
    assert "".join(str(place.home).split()) in flat
    (report,) = reports.glob("impact-*.txt")
    written = report.read_text("utf-8")
    assert TYPED not in written
    assert "voisins" not in written
    assert "Error" in written
    assert before.items() <= load_sheet(place.sheet_path).sheet.answers.items()
