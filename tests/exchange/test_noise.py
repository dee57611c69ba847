"""Damaged reports: what can be found is found, and nothing is invented unmarked. `noise.py` prints the whole table."""

import pytest
from exchange.noise import DAMAGES, Score, try_damage

FOUND = {"two columns interleaved": 0.98, "1 % of letters swapped": 0.99}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_hides_little_and_invents_nothing(damage: str) -> None:
    scores = [try_damage(damage, seed, run_in=run_in) for seed in range(8) for run_in in (False, True)]
    assert _sum_found(scores) >= FOUND.get(damage, 1.0)
    assert sum(score.invented_surely for score in scores) == 0


def _sum_found(scores: list[Score]) -> float:
    return sum(score.found for score in scores) / sum(score.told for score in scores)
