"""Whether one venue can come to answer some questions: what their conditions ask of earlier answers, all together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import assert_never

from impact_cli.catalogue.conditions import Test, key_of, section_of
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Question, Rating, Text


def list_reachable(questions: Mapping[str, Question], also: Collection[str] = ()) -> dict[str, Question]:
    """The questions by key that are asked of somebody who begins, or named by `also`, in their order.

    One that waits for an answer which nobody can give any more is none.
    """
    found: dict[str, Question] = {}
    for key, question in questions.items():
        awaited = {key_of(name, section_of(key)) for name, test in question.when.items() if needs_answer(test)}
        if (question.asked or key in also) and found.keys() >= awaited:
            found[key] = question
    return found


def can_be_told(keys: Iterable[str], questions: Mapping[str, Question]) -> bool:
    """Whether one sheet can answer all these questions with words for a sentence: no exclusive option."""
    named = {key: questions[key] for key in keys}
    words = {key: _refuse_exclusive(question) for key, question in named.items() if isinstance(question, Many)}
    return can_be_answered(named, questions, {key: [test] for key, test in words.items()})


def can_be_answered(
    keys: Iterable[str], questions: Mapping[str, Question], more: Mapping[str, Sequence[Test]] | None = None
) -> bool:
    """Whether one sheet can answer all these questions, `more` tests of them included.

    False is proved; True is not: two conditions on one list of many options may still exclude each other.
    """
    tests = {key: list(wanted) for key, wanted in (more or {}).items()}
    answered: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in answered:
            answered.add(key)
            for name, test in questions[key].when.items():
                earlier = key_of(name, section_of(key))
                tests.setdefault(earlier, []).append(test)
                waiting += [earlier] if earlier in questions and needs_answer(test) else []
    return all(
        can_pass(questions[key], tests.get(key, ()), must_answer=key in answered)
        for key in answered | tests.keys()
        if key in questions
    )


def needs_answer(test: Test) -> bool:
    """Whether silence fails the test: one that only refuses options holds without an answer."""
    return bool(test.all or test.includes) or test.min is not None or test.max is not None


def _refuse_exclusive(question: Many) -> Test:
    return Test(excludes=tuple(option.id for option in question.options if option.exclusive))


def can_pass(question: Question, tests: Sequence[Test], *, must_answer: bool = True) -> bool:
    """Whether some answer passes all tests, or, where none must be given, silence does."""
    refused = {name for test in tests for name in test.excludes}
    wanted = [set(test.includes) for test in tests if test.includes] + [{name} for test in tests for name in test.all]
    match question:
        case One(options=options):
            left = {option.id for option in options} - refused
            return not must_answer or bool(left.intersection(*wanted))
        case Many(options=options):
            lowest, highest = _bounds(tests, 1, len(options))
            silent = not must_answer and not wanted
            return lowest <= highest and (silent or _can_tick(options, refused, wanted, lowest))
        case Number(min=low, max=high) if tests:
            lowest, highest = _bounds(tests, low, high)
            return lowest <= highest
        case Rating(marks=marks) if tests:
            lowest, highest = _bounds(tests, min(marks), max(marks))
            return lowest <= highest
        case Grid() | Keywords() | Number() | Rating() | Text():
            return True
        case _:
            assert_never(question)


def _can_tick(options: Sequence[Option], refused: set[str], wanted: Sequence[set[str]], lowest: int) -> bool:
    """Whether one exclusive option, or several others, are what is wanted, at least so many of them."""
    alone = {option.id for option in options if option.exclusive} - refused
    together = {option.id for option in options if not option.exclusive} - refused
    return (len(together) >= lowest and all(together & names for names in wanted)) or (
        lowest <= 1 and bool(alone.intersection(*wanted))
    )


def _bounds(tests: Sequence[Test], low: int, high: int) -> tuple[int, int]:
    """The least and the most that all tests leave of these bounds."""
    lowest = max([low, *(test.min for test in tests if test.min is not None)])
    return lowest, min([high, *(test.max for test in tests if test.max is not None)])
