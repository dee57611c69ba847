"""Words in a CSV that no spreadsheet runs, and that are read again as they were."""

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impact_cli.exchange.tables.cells import guard, unguard
from impact_cli.exchange.tables.delimited import spell

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "'=1",
    "''",
    'bruit;=HYPERLINK("http://x")',
    'a;"=1+1',
    "une ligne\n=1+1",
    "＝1+1",
]
_TYPED = st.text(st.sampled_from("=+-@'\t\r\n;,\"＝ aé"), max_size=12)


@given(_TYPED)
@example("';=")
def test_guarded_words_are_read_as_they_were(words: str) -> None:
    assert unguard(guard(words)) == words


@given(_TYPED)
def test_no_cell_begins_as_a_formula_whatever_separates_the_columns(words: str) -> None:
    line = f"a,{spell(guard(words))}"
    read = next(csv.reader(io.StringIO(line + "\r\n", newline=""), strict=True))[1]
    assert read == guard(words)
    assert not read.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    for separator in ";\t":
        for cell in re.split(rf"[{separator}\r\n]", line):
            assert not cell.lstrip('"').startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_runs_in_a_spreadsheet_has_an_apostrophe_before_it(words: str) -> None:
    assert guard(words) != words
    assert unguard(guard(words)) == words


@pytest.mark.parametrize("words", ["de l’entraide", "l'accueil", "20-30", "a = b", "peut-être ; ou pas", "n° 4, -"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert guard(words) == words
