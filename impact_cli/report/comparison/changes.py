"""Two sheets held beside each other, as data: where they say other things, and where nothing can be compared.

Of each pair the first is of the first sheet, the second of the second: swapped sheets give swapped pairs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from impact_cli.answers.sheet import Silence, Value
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.report.comparison.sides import Said, Side, is_alike
from impact_cli.report.silences import NOT_ASKED
from impact_cli.typography import fold

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """A question that takes several answers, given by both: what `only` one of them says, and what `both` say.

    Options by id, keywords as they were typed.
    """

    key: str
    only: tuple[Words, Words]
    both: Words

    @property
    def differs(self) -> bool:
        """Whether one says what the other does not."""
        return any(self.only)


@dataclass(frozen=True, slots=True)
class Values:
    """A question that takes one answer, or a row of a grid, given by both: an option, a number, a mark, a fact.

    So are options of which one excludes all others: they are not added to what the other sheet has.
    """

    key: str
    row: str
    values: tuple[Value, Value]

    @property
    def differs(self) -> bool:
        """Whether they say other things."""
        return self.values[0] != self.values[1]


@dataclass(frozen=True, slots=True)
class Story:
    """Free words of the sheet numbered `side`, which the other does not have."""

    key: str
    side: int
    words: str


class Reason(StrEnum):
    """Why what both sheets say, or what one of them says, is not compared, beside the silences of a sheet."""

    ASKED_ONCE = "asked_once"
    ASKED_OTHERWISE = "asked_otherwise"
    OFFERED_ONCE = "offered_once"
    OFF_PATH = "off_path"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Limit:
    """What cannot be compared, of a question or of some of its `options` or rows alone, by their ids.

    The `reason` is about the sheet numbered `side`: a silence of it, or that it alone was asked or offered something,
    that its other answers led past the question, that nobody relies on what it says.
    """

    key: str
    side: int
    reason: str
    options: Words = ()


Change = Lists | Values | Story | Limit


def compare_sides(terms: Catalogue, sides: tuple[Side, Side]) -> list[Change]:
    """Everything there is to say of two sheets, in the order of the questionnaire, then what it no longer asks."""
    gone = (key for side in sides for key in side.said if key not in terms.questions)
    return [change for key in (*terms.questions, *dict.fromkeys(gone)) for change in _compare(key, sides)]


def _compare(key: str, sides: tuple[Side, Side]) -> Iterator[Change]:
    said = (sides[0].said.get(key), sides[1].said.get(key))
    question = next((each.question for each in reversed(said) if each), None)
    if question is None:
        return
    if isinstance(question, Text) and not question.public:
        yield from _find_stories(key, said)
    elif (one := said[0]) and (other := said[1]) and one.value is not None and other.value is not None:
        yield from _compare_values(key, one, other)
    else:
        yield from _find_gap(key, sides, question)


def _find_stories(key: str, said: tuple[Said | None, Said | None]) -> Iterator[Change]:
    words = [each.value if each and not each.unsure else None for each in said]
    for side, text in enumerate(words):
        if isinstance(text, str) and text != words[1 - side]:
            yield Story(key, side, text)


def _find_gap(key: str, sides: tuple[Side, Side], question: Question) -> Iterator[Change]:
    """What one sheet says and the other does not, though it could have; words nobody misses."""
    for number, side in enumerate(sides):
        said, other = side.said.get(key), sides[1 - number]
        if said is None or said.value is None or said.unsure or isinstance(question, Text | Keywords):
            continue
        if key not in other.asked:
            yield Limit(key, number, Reason.ASKED_ONCE)
        elif key in other.said:
            answer = other.said[key].answer
            yield Limit(key, 1 - number, answer if isinstance(answer, Silence) else NOT_ASKED)
        else:
            yield Limit(key, 1 - number, Reason.OFF_PATH)


def _compare_values(key: str, one: Said, other: Said) -> Iterator[Change]:
    doubted = [number for number, said in enumerate((one, other)) if said.unsure]
    if doubted:
        yield from (Limit(key, number, Reason.UNSURE) for number in doubted)
    elif not is_alike(one.question, other.question):
        yield Limit(key, 0, Reason.ASKED_OTHERWISE)
    else:
        yield from _compare_alike(key, one, other)


def _compare_alike(key: str, one: Said, other: Said) -> Iterator[Change]:
    match one.question:
        case Many():
            yield from _compare_options(key, (one, other), (_read_words(one), _read_words(other)))
        case Keywords():
            former, latter = _read_words(one), _read_words(other)
            yield Lists(key, (_without(former, latter), _without(latter, former)), _common(former, latter))
        case Grid():
            rows = (_read_rows(one), _read_rows(other))
            for row in dict.fromkeys([*rows[0], *rows[1]]):
                yield from _compare_row(key, row, (one, other), rows)
        case One():
            yield from _compare_choices(key, "", (one, other), (str(one.value), str(other.value)))
        case Number() | Rating() | Text():
            if one.value is not None and other.value is not None:
                yield Values(key, "", (one.value, other.value))
        case _:
            assert_never(one.question)


def _read_words(said: Said) -> Words:
    return said.value if isinstance(said.value, tuple) else ()


def _read_rows(said: Said) -> Mapping[str, str]:
    return said.value if isinstance(said.value, Mapping) else {}


def _compare_options(key: str, said: tuple[Said, Said], ticked: tuple[Words, Words]) -> Iterator[Change]:
    """Of what one alone ticks, what the other could have ticked; then what it was not offered."""
    only = [_without(ticked[0], ticked[1]), _without(ticked[1], ticked[0])]
    offered = [tuple(each for each in only[side] if each in said[1 - side].offered) for side in (0, 1)]
    if all(offered) and any(each.alone for each in said):
        yield Values(key, "", (offered[0], offered[1]))
    else:
        yield Lists(key, (offered[0], offered[1]), _common(*ticked))
    for side in (0, 1):
        if unknown := _without(only[side], offered[side]):
            yield Limit(key, side, Reason.OFFERED_ONCE, unknown)


def _compare_row(
    key: str, row: str, said: tuple[Said, Said], given: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[Change]:
    if row in given[0] and row in given[1]:
        yield from _compare_choices(key, row, said, (given[0][row], given[1][row]))
        return
    missing = 0 if row in given[1] else 1
    if row in said[missing].offered:
        yield Limit(key, missing, NOT_ASKED, (row,))
    else:
        yield Limit(key, 1 - missing, Reason.OFFERED_ONCE, (row,))


def _compare_choices(key: str, row: str, said: tuple[Said, Said], chosen: tuple[str, str]) -> Iterator[Change]:
    """Two choices; where the other sheet was not offered one of them, that is said, and no change."""
    unknown = [side for side in (0, 1) if chosen[0] != chosen[1] and chosen[side] not in said[1 - side].offered]
    yield from (Limit(key, side, Reason.OFFERED_ONCE, (chosen[side],)) for side in unknown)
    if not unknown:
        yield Values(key, row, chosen)


def _without(words: Words, others: Words) -> Words:
    folded = {fold(word) for word in others}
    return tuple(word for word in words if fold(word) not in folded)


def _common(words: Words, others: Words) -> Words:
    folded = {fold(word) for word in others}
    return tuple(word for word in words if fold(word) in folded)
