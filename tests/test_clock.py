"""The machine's clock, which may be wrong by thousands of years."""

import re
from pathlib import Path

import pytest

import impact_cli
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError


@pytest.mark.parametrize("seconds", [-1e20, -62135596800.0, 253402300799.0, 1e12, 1e20, float("nan")])
def test_a_moment_that_no_calendar_has_is_refused_in_a_sentence(seconds: float) -> None:
    with pytest.raises(ImpactError, match="horloge"):
        read_clock(seconds)


def test_the_clock_has_an_offset() -> None:
    assert read_clock().tzinfo is not None


def test_nobody_else_asks_the_clock_for_a_date() -> None:
    asks = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.(?:time|localtime|gmtime)\(")
    package = Path(impact_cli.__file__).parent
    found = {path.name for path in package.rglob("*.py") if asks.search(path.read_text(encoding="utf-8"))}
    assert found == {"clock.py"}
