"""Which sentences are looked for at a word: all that may begin there, and hardly any other."""

from hypothesis import given, settings
from hypothesis import strategies as st
from writing import real_book

from impact_cli.exchange.document import Document
from impact_cli.exchange.files.pieces import Piece
from impact_cli.exchange.following import follow
from impact_cli.exchange.threads import State
from impact_cli.exchange.wordings import Choices, Literal, Pattern
from impact_cli.exchange.words import is_near

SLIP = st.sampled_from(["none", "typo", "joined", "torn", "missing", "too many"])
PLACES = st.integers(0, 4)


def list_begun() -> list[tuple[Pattern, tuple[str, ...]]]:
    patterns = real_book().patterns
    return [(pattern, pattern.parts[0].words) for pattern in patterns if isinstance(pattern.parts[0], Literal)]


def list_optioned() -> list[tuple[Pattern, tuple[object, ...]]]:
    patterns = real_book().patterns
    return [(pattern, part.wordings) for pattern in patterns if isinstance(part := pattern.parts[0], Choices)]


def spoil(known: tuple[str, ...], at: int, slip: str) -> str:
    """The words in small letters, with one slip."""
    at = min(at, len(known) - 1)
    word, rest = known[at], [*known[at + 1 :], "zzz", "zzz"]
    match slip:
        case "typo":
            spoilt = [word[:1] + word[2:], *rest]
        case "joined":
            spoilt = [word + rest[0], *rest[1:]]
        case "torn":
            spoilt = [word[:2], word[2:], *rest]
        case "missing":
            spoilt = rest
        case "too many":
            spoilt = [word, "zzz", *rest]
        case _:
            spoilt = [word, *rest]
    return " ".join([*known[:at], *spoilt])


def reaches(pattern: Pattern, text: str, *, saying: bool = False) -> tuple[str, ...]:
    """The first words of a text in which a sentence is followed, and says something; none where it is not."""
    document = Document([Piece(1, 1, text)])
    reach = follow(document, pattern, State(), 0, fresh=True) if len(document) else None
    goes = reach and (not saying or reach.state.said or reach.state.started)
    return tuple(document.texts[:5]) if goes else ()


@settings(max_examples=100)
@given(st.deferred(lambda: st.sampled_from(list_begun())), PLACES, SLIP)
def test_a_sentence_that_would_be_followed_is_found_by_its_first_words(
    begun: tuple[Pattern, tuple[str, ...]], at: int, slip: str
) -> None:
    pattern, known = begun
    if words := reaches(pattern, spoil(known, at, slip)):
        near = any(word in known[:5] for word in words[:4]) or (len(known) <= 2 and is_near(known[0], words[0]))
        assert not near or pattern in real_book().beginning(words)


@settings(max_examples=100)
@given(
    st.deferred(lambda: st.sampled_from(list_optioned())),
    st.integers(0, 99),
    st.sampled_from(["", "de ", "et la "]),
    st.integers(0, 4),
    SLIP,
)
def test_a_sentence_that_an_option_begins_is_found_by_it(
    optioned: tuple[Pattern, tuple[object, ...]], option: int, lead: str, at: int, slip: str
) -> None:
    pattern, wordings = optioned
    known = wordings[option % len(wordings)].words  # type: ignore[attr-defined]
    if words := reaches(pattern, lead + spoil(known, at, slip), saying=True):
        looked_up = any(word in wording.words[:5] for wording in wordings for word in words[:4])  # type: ignore[attr-defined]
        assert not looked_up or pattern in real_book().beginning_with_option(words)


def test_no_sentence_is_looked_for_where_none_begins() -> None:
    for words in (("x", "y", "z", "x", "y"), ("xylophone", "et", "a", "la", "de")):
        assert real_book().beginning(words) == ()
        assert real_book().behind_number(words) == ()
        assert real_book().beginning_with_option(words) == ()
