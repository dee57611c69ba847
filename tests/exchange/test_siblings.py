"""Kinds of sentences that others print: see `siblings.py`."""

import pytest
from exchange.siblings import SIBLINGS, try_sentence


@pytest.mark.parametrize("kind", SIBLINGS)
def test_what_others_print_is_found_or_doubted_and_never_silently_wrong(kind: str) -> None:
    scores = {sentence: try_sentence(section, sentence, said) for section, sentence, said in SIBLINGS[kind]}
    assert {sentence: score.lost for sentence, score in scores.items() if score.lost} == {}
    assert {sentence: score.wrong for sentence, score in scores.items() if score.wrong} == {}
    told, found = (sum(len(getattr(score, name)) for score in scores.values()) for name in ("told", "found"))
    assert found >= 0.85 * told
