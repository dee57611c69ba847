"""A new kind of question is a matter of mypy: it names the places that must learn it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_KIND = '''@dataclass(frozen=True, kw_only=True)
class Moment(_Asked):
    """A date."""

    kind: Literal["moment"]


Question = Moment | Many |'''
# What a kind is: its options, its styles, whether it can be reached, its name and its seconds; what it takes as an
# answer, and how one follows it; what a database, a survey and a sheet of paper show of it;
# how it is told and read back.
_NAMED = {
    "catalogue/model.py",
    "catalogue/lines.py",
    "catalogue/reach.py",
    "catalogue/outline.py",
    "answers/reading.py",
    "answers/following.py",
    "answers/schema.py",
    "survey/plain.py",
    "survey/steps.py",
    "survey/terminal.py",
    "report/telling.py",
    "catalogue/paper.py",
    "exchange/field/constraints.py",
    "exchange/field/form.py",
    "exchange/published.py",
    "exchange/wordings.py",
}


@pytest.mark.slow
def test_mypy_names_every_place_that_must_learn_a_new_kind(tmp_path: Path) -> None:
    shutil.copytree(_ROOT / "impact_cli", tmp_path / "impact_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    model = tmp_path / "impact_cli" / "catalogue" / "model.py"
    text = model.read_text(encoding="utf-8")
    assert text.count("Question = Many |") == 1
    model.write_text(text.replace("Question = Many |", _KIND), encoding="utf-8")
    arguments = ["--cache-dir", str(tmp_path / "cache"), "impact_cli"]
    done = subprocess.run([sys.executable, "-m", "mypy", *arguments], cwd=tmp_path, capture_output=True, check=False)
    faults = done.stdout.decode()
    assert {
        Path(name).as_posix() for name in re.findall(r"^impact_cli/(\S+?):\d+: error", faults, re.MULTILINE)
    } >= _NAMED
    assert "Moment" in faults
