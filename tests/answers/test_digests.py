"""Digests are known again as in a set, and numbered as in a list."""

from hypothesis import given
from hypothesis import strategies as st

from impact_cli.answers.collection.digests import Digests


def test_thousands_are_numbered_in_the_order_in_which_they_came() -> None:
    digests, names = Digests(), [(number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8) for number in range(5000)]
    assert [digests.add(name) for name in names] == [*range(5000)]
    assert [digests.add(name) for name in names] == [*range(5000)]
    assert digests.find(names[-1]) == 4999
    assert digests.find(b"inconnu.") is None


@given(st.lists(st.integers(0, 40).map(lambda low: (low << 40 | low % 3).to_bytes(8)), max_size=60))
def test_digests_that_meet_are_told_apart(several: list[bytes]) -> None:
    digests = Digests()
    order = [*dict.fromkeys(several)]
    assert [digests.add(digest) for digest in several] == [order.index(digest) for digest in several]
    assert len(digests) == len(order)
