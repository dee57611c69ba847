"""Reports of the public platform's four templates are heard whole. `templates.py` prints the table."""

import pytest
from exchange.templates import YEARS, try_year


@pytest.mark.parametrize("year", YEARS)
def test_a_template_of_the_platform_is_heard(year: str) -> None:
    score = try_year(year, 8)
    assert score.wrong == 0, score.faults
    assert score.found >= 0.98 * score.told, score.faults
