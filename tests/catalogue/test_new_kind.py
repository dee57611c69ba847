"""A new kind of question is a matter of mypy: it names the places that must learn it."""

from pathlib import Path

import pytest
from copied import list_faults

_KIND = '''class Moment(_Asked, frozen=True):
    """A date."""


Question = Moment | Many |'''
_NAMED = {
    # what it is
    *("catalogue/model.py", "catalogue/lines.py", "catalogue/reach.py", "catalogue/outline.py", "catalogue/paper.py"),
    # what it takes as an answer, how one follows it, and how one is invented
    *("answers/values.py", "answers/following.py", "answers/sheet_schema.py", "answers/invented.py"),
    # how it is asked
    *("survey/plain.py", "survey/steps.py", "survey/terminal/face.py"),
    # how it is told, of one venue, of two and of many
    *("report/telling.py", "report/comparison/changes.py", "report/comparison/parts.py"),
    *("report/panorama/aggregate.py", "report/panorama/distribution.py"),
    # how it is read back, handed to phones and to databases
    *("exchange/published.py", "exchange/compiling.py"),
    *("exchange/field/constraints.py", "exchange/field/naming.py", "exchange/field/filling.py"),
    *("exchange/dataset/columns.py", "exchange/dataset/reading.py"),
}


@pytest.mark.slow
def test_mypy_names_every_place_that_must_learn_a_new_kind(tmp_path: Path) -> None:
    faults = list_faults(tmp_path, "catalogue/model.py", "Question = Many |", _KIND)
    assert faults.keys() == _NAMED
    assert all("Moment" in faults[name] for name in _NAMED - {"catalogue/model.py"})
