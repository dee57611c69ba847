"""When a question is asked: tests of earlier answers, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta, Struct

from impact_cli.catalogue.sentences import Words

Named: TypeAlias = Annotated[tuple[Words, ...], Meta(max_length=200)]


class Test(Struct, frozen=True, omit_defaults=True, rename={"excludes": "not"}):
    """What one earlier answer must be: hold `all`, one of `includes`, none of `excludes`, lie in `min` and `max`.

    `min` and `max` are of a number, of a mark, or of how many options are ticked.
    """

    __test__: ClassVar[bool] = False
    all: Named = ()
    includes: Named = ()
    excludes: Named = ()
    min: int | None = None
    max: int | None = None


When = Annotated[Mapping[str, Test], Meta(max_length=20)]


def holds(when: When, section: str, answers: Mapping[str, object]) -> bool:
    """Whether every test holds. `answers` maps keys `section.question` to values; a missing key is no answer."""
    return all(passes(test, answers.get(key_of(question, section))) for question, test in when.items())


def key_of(question: str, section: str) -> str:
    """The key of a question named from within a section: by its id, or by its whole key."""
    return question if "." in question else f"{section}.{question}"


def section_of(key: str) -> str:
    """The id of the section of a question, or of an option, by its key."""
    return key.partition(".")[0]


def passes(test: Test, answer: object) -> bool:
    """Whether one answer, None for none, is what it must be."""
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, tuple) else set()
    if not chosen.issuperset(test.all):
        return False
    if test.includes and chosen.isdisjoint(test.includes):
        return False
    if not chosen.isdisjoint(test.excludes):
        return False
    if test.min is None and test.max is None:
        return True
    amount = len(answer) if isinstance(answer, tuple) else answer
    if not isinstance(amount, int):
        return False
    return (test.min is None or test.min <= amount) and (test.max is None or amount <= test.max)
