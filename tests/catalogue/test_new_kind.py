"""A new kind of question is a matter of mypy: it names the places that must learn it."""

from pathlib import Path

import pytest
from copied import list_faults

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
    "exchange/compiling.py",
}


@pytest.mark.slow
def test_mypy_names_every_place_that_must_learn_a_new_kind(tmp_path: Path) -> None:
    faults = list_faults(tmp_path, "catalogue/model.py", "Question = Many |", _KIND)
    assert faults.keys() >= _NAMED
    assert all("Moment" in faults[name] for name in _NAMED - {"catalogue/model.py"})
