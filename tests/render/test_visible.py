import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact_cli.render.visible import make_lines_visible


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("un\x00deux\x1b[31m", "un\ufffddeux\ufffd[31m"),
        ("\u202eelbisivni\u202c \u2066a\u2069", "\ufffdelbisivni\ufffd \ufffda\ufffd"),
        ("moitié \ud83d", "moitié \ufffd"),
        ("a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne"),
        ("\ufffe\U0010ffff", "\ufffd\ufffd"),
        ("é 日 😀 👩‍👧 שלום \u200f \u00a0", "é 日 😀 👩‍👧 שלום \u200f \u00a0"),
    ],
)
def test_what_hides_gets_a_stand_in_and_nothing_else_changes(typed: str, shown: str) -> None:
    assert make_lines_visible(typed) == shown


@given(st.text(st.characters()))
def test_no_control_or_half_character_is_left(typed: str) -> None:
    shown = make_lines_visible(typed)
    assert {unicodedata.category(character) for character in shown if character != "\n"}.isdisjoint({"Cc", "Cs"})
    assert make_lines_visible(shown) == shown
    shown.encode()
