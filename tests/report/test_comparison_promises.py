"""What holds for the comparison of any two sheets, computed a second time without its code."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report.comparing import compare, limits_of, plain
from strategies import sheets
from writing import real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.report.blocks import Bullets, Heading, Paragraph, Quote, Report, tells_of
from impact_cli.report.comparison.changes import Change, Limit, Lists, Story, Values, compare_sides
from impact_cli.report.comparison.sides import Filled, read_side
from impact_cli.typography import fold

pytestmark = pytest.mark.slow

CATALOGUE = real_catalogue()
SHEETS = sheets(CATALOGUE)
WITH_FEW = settings(max_examples=25, suppress_health_check=[*HealthCheck])


def _years(one: Sheet, other: Sheet) -> tuple[Sheet, Sheet]:
    """The same venue in two years."""
    return replace(one, venue="La Remise", edition="2024"), replace(other, venue="La Remise", edition="2026")


@WITH_FEW
@given(SHEETS)
def test_a_sheet_beside_itself_has_not_changed(sheet: Sheet) -> None:
    before, after = _years(sheet, sheet)
    blocks = compare(CATALOGUE, before, after).blocks
    told = [block for block in blocks if isinstance(block, Paragraph | Bullets | Quote) and tells_of(block)]
    assert told == []
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert said[0].startswith(("Rien n’a changé", "Les deux éditions n’ont aucune réponse"))


@WITH_FEW
@given(SHEETS, SHEETS)
def test_two_sheets_swapped_give_the_mirror(one: Sheet, other: Sheet) -> None:
    sides = [read_side(CATALOGUE, Filled(CATALOGUE, sheet), public=False) for sheet in (one, other)]
    forth = compare_sides(CATALOGUE, (sides[0], sides[1]))
    back = compare_sides(CATALOGUE, (sides[1], sides[0]))
    assert sorted(repr(_mirror(_plain(change))) for change in forth) == sorted(repr(_plain(change)) for change in back)


def _plain(change: Change) -> Change:
    """Keywords that both have may be spelled in two ways."""
    return replace(change, both=tuple(map(fold, change.both))) if isinstance(change, Lists) else change


def _mirror(change: Change) -> Change:
    match change:
        case Lists(only=(former, latter)):
            return replace(change, only=(latter, former))
        case Values(values=(former, latter)):
            return replace(change, values=(latter, former))
        case Story(side=side) | Limit(side=side):
            return replace(change, side=1 - side)


@WITH_FEW
@given(SHEETS, SHEETS)
def test_voices_are_told_the_same_whichever_comes_first(one: Sheet, other: Sheet) -> None:
    team, people = (
        replace(sheet, venue="La Remise", edition=f"2026-{name}") for sheet, name in ((one, "a"), (other, "b"))
    )
    assert compare(CATALOGUE, team, people) == compare(CATALOGUE, people, team)


@WITH_FEW
@given(SHEETS, SHEETS)
def test_every_line_is_true_of_both_sheets_and_no_other_is_missing(one: Sheet, other: Sheet) -> None:
    before, after = _years(one, other)
    report = compare(CATALOGUE, before, after)
    assert sorted(_told_lines(report)) == sorted(_expected_lines(_relied(before), _relied(after)))


@WITH_FEW
@given(SHEETS, SHEETS)
def test_nothing_is_told_of_a_question_that_one_sheet_did_not_answer(one: Sheet, other: Sheet) -> None:
    before, after = _years(one, other)
    values = _relied(before), _relied(after)
    for block in compare(CATALOGUE, before, after).blocks:
        if isinstance(block, Quote):
            assert set(tells_of(block)) <= values[1].keys()
        elif isinstance(block, Bullets):
            assert set(tells_of(block)) <= values[0].keys() & values[1].keys()


@WITH_FEW
@given(SHEETS, SHEETS, st.sampled_from(["2024", "2026-voisins", "2026"]))
def test_no_words_leave_without_consent(one: Sheet, other: Sheet, edition: str) -> None:
    words = "Mot gardé"
    marked = [replace(_put_words(sheet, words), consent={}) for sheet in (one, other)]
    before, after = replace(marked[0], edition=edition), replace(marked[1], edition="2026")
    told = repr(compare(CATALOGUE, before, after))
    assert words not in told.replace("\u202f", " ").replace("\u00a0", " ")


def _put_words(sheet: Sheet, words: str) -> Sheet:
    answers: dict[str, Value] = {}
    for key, value in sheet.answers.items():
        question = CATALOGUE.questions[key]
        if isinstance(question, Keywords):
            answers[key] = (words,)
        else:
            answers[key] = words if isinstance(question, Text) and not question.public else value
    return replace(sheet, answers=answers)


def _relied(sheet: Sheet) -> dict[str, Value]:
    """The answers on the path that no other contradicts, without the rows of a grid that mean a silence."""
    values: dict[str, Value] = trace_path(CATALOGUE, sheet).values
    doubted = {key for found in find_contradictions(CATALOGUE, values) for key in found.keys}
    relied: dict[str, Value] = {}
    for key, value in values.items():
        question = CATALOGUE.questions[key]
        if key in doubted or key.rpartition(".")[0] in doubted:
            continue
        if isinstance(question, Grid) and isinstance(value, Mapping):
            meant = {choice.id for choice in question.choices if choice.means}
            if rows := {row: choice for row, choice in value.items() if choice not in meant}:
                relied[key] = rows
        else:
            relied[key] = value
    return relied


def _told_lines(report: Report) -> Iterator[str]:
    """The lines of the sections: not those of the first page, nor what cannot be compared."""
    front, lead = True, ""
    limits = limits_of(report)
    for block in report.blocks:
        match block:
            case Heading(level=2):
                front = block.front
            case Paragraph(text=text):
                lead = plain(text)
            case Bullets(items=items) if not front:
                yield from (f"{lead} {line}" for line in map(plain, items) if line not in limits)
            case _:
                pass


def _expected_lines(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[str]:
    for key in before.keys() & after.keys():
        question = CATALOGUE.questions[key]
        topic = question.topic[0].upper() + question.topic[1:]
        if isinstance(question, Many | Keywords):
            yield from _expected_lists(question, topic, before[key], after[key])
        elif isinstance(question, Grid):
            yield from _expected_rows(question, topic, before[key], after[key])
        elif before[key] != after[key] and not (isinstance(question, Text) and not question.public):
            values = [_expected_value(question, values[key]) for values in (before, after)]
            step = after[key] - before[key] if isinstance(question, Number) and not question.year else 0  # type: ignore[operator]
            yield _expected_change(topic, values) + (
                f" ({step:+,})".replace("-", "−").replace(",", " ") if step else ""
            )


def _expected_lists(question: Many | Keywords, topic: str, before: Value, after: Value) -> Iterator[str]:
    assert isinstance(before, tuple)
    assert isinstance(after, tuple)
    if isinstance(question, Many) and before != after:
        sides = [[option for option in question.options if option.id in said] for said in (before, after)]
        compared = [[option for option in side if option.asked] for side in sides]
        if any(option.exclusive for side in sides for option in side) and all(compared):
            yield _expected_change(topic, [_joined([_small(each.label) for each in side]) for side in compared])
            return
    for lead, said, other in (
        ("En 2026, mais pas en 2024 :", after, before),
        ("En 2024, mais pas en 2026 :", before, after),
    ):
        only = [each for each in said if fold(each) not in map(fold, other)]
        if isinstance(question, Many):
            # An option that is asked no more could not be ticked this time, or was read from an older report.
            labels = [
                _small(option.label)
                for each in only
                for option in question.options
                if option.id == each and option.asked
            ]
        else:
            labels = [f"#{each}" for each in only]
        if labels:
            yield f"{lead} {topic} : {_joined(labels)}"


def _expected_rows(question: Grid, topic: str, before: Value, after: Value) -> Iterator[str]:
    assert isinstance(before, Mapping)
    assert isinstance(after, Mapping)
    names = {option.id: option for option in (*question.rows, *question.choices)}
    for row in before.keys() & after.keys():
        if before[row] != after[row]:
            values = [_small(names[given[row]].label) for given in (before, after)]
            yield _expected_change(f"{topic} ({names[row].told})", values)


def _expected_change(topic: str, values: list[str]) -> str:
    return plain(f"Réponses différentes : {topic} – en 2024 : {values[0]} ; en 2026 : {values[1]}")


def _expected_value(question: Question, value: Value) -> str:
    match question:
        case One(options=options):
            return next(_small(option.label) for option in options if option.id == value)
        case Number(year=year) if isinstance(value, int):
            return str(value) if year else f"{value:,}".replace(",", " ")
        case Rating(marks=marks) if isinstance(value, int):
            return f"{value} sur {max(marks)} ({marks[value]})"
        case _:
            return str(value)


def _joined(labels: list[str]) -> str:
    commas = any("," in part for label in labels for part in (label.split("(")[0], label.split(")")[-1]))
    return plain((" ; " if commas else ", ").join(labels))


def _small(label: str) -> str:
    return label[0].lower() + label[1:]
