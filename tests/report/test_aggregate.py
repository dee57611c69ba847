"""What many sheets say, counted a second time the slow way; and what of it may be told."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from report.speaking import random_sheet
from strategies import sheets
from writing import load_sections, new_sheet, real_catalogue

from impact_cli.answers.collection.walking import Walker
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.report.panorama.aggregate import Tally, aggregate_sheets
from impact_cli.report.panorama.discretion import choose_told, measure, protect
from impact_cli.typography import fold


def doubtful(catalogue: Catalogue) -> st.SearchStrategy[Sheet]:
    """Sheets some of whose answers are doubted, and which were answered with another version now and then."""

    def doubt(drawn: tuple[Sheet, bool, bool]) -> Sheet:
        sheet, doubts, older = drawn
        reasons = dict.fromkeys([*sheet.answers][::3], "le texte est abîmé") if doubts else {}
        stamp = replace(sheet.catalogue, fingerprint="autre") if older else sheet.catalogue
        return replace(sheet, uncertain=reasons, catalogue=stamp)

    return st.tuples(sheets(catalogue), st.booleans(), st.booleans()).map(doubt)


@settings(max_examples=10)
@given(sheet=doubtful(real_catalogue()))
def test_a_walk_finds_the_path_and_the_contradictions(sheet: Sheet) -> None:
    catalogue = real_catalogue()
    path, walked = trace_path(catalogue, sheet), Walker(catalogue).walk(sheet)
    assert walked.answers == {
        key: each for key, each in path.answers.items() if each is not None or key in sheet.answers
    }
    found = find_contradictions(catalogue, path.values)
    assert walked.contradicted == {key for each in found for key in each.keys}


def read_paths(catalogue: Catalogue, several: Sequence[Sheet]) -> Iterator[tuple[Mapping[str, Any], set[str]]]:
    """What each sheet answers as reports are told by it, and what of that is doubted."""
    for sheet in several:
        path = trace_path(catalogue, sheet)
        contradicted = {name for each in find_contradictions(catalogue, path.values) for name in each.keys}
        yield path.answers, contradicted | sheet.uncertain.keys()


def naive_counts(question: Question, key: str, paths: Sequence[tuple[Mapping[str, Any], set[str]]]) -> dict[str, Any]:
    """The figures of one question, from the paths that reports are told by."""
    sure: list[Value] = []
    states: Counter[str] = Counter()
    for answers, doubted in paths:
        said = answers.get(key)
        if said is None or said is Silence.SKIPPED:
            states["rest"] += 1
        elif isinstance(said, Silence):
            states[said] += 1
        elif {key, key.rpartition(".")[0]} & doubted:
            states["doubted"] += 1
        else:
            sure.append(said)
    told = [said for said in sure if not isinstance(question, Grid) or _told_rows(question, said)]
    return {"states": states, "sure": told, "unsaid": len(sure) - len(told)}


def _told_rows(question: Grid, said: Value) -> list[tuple[str, str]]:
    silent = {choice.id for choice in question.choices if choice.means}
    return [pair for pair in said.items() if pair[1] not in silent] if isinstance(said, Mapping) else []


def check_counts(tally: Tally, sure: list[Any]) -> None:
    match tally.question:
        case Many():
            assert +tally.counts == Counter(option for ticked in sure for option in ticked)
        case One() | Rating():
            assert +tally.counts == Counter(sure)
        case Number():
            assert tally.amounts == Counter(sure)
        case Grid() as grid:
            assert +tally.counts == Counter(pair for said in sure for pair in _told_rows(grid, said))
        case Text(public=True):
            assert +tally.counts == Counter(map(fold, sure))
        case Keywords() | Text():
            assert tally.published <= len(sure)


@settings(max_examples=4)
@given(several=st.lists(doubtful(real_catalogue()), min_size=1, max_size=6))
def test_every_count_is_that_of_a_second_way_of_counting(several: list[Sheet]) -> None:
    catalogue = real_catalogue()
    aggregate, paths = aggregate_sheets(catalogue, several), [*read_paths(catalogue, several)]
    for key, tally in aggregate.tallies.items():
        naive = naive_counts(catalogue.questions[key], key, paths)
        assert tally.answered == len(naive["sure"])
        assert tally.doubted == naive["states"]["doubted"]
        for silence in (Silence.NOT_KNOWN, Silence.NOT_APPLICABLE):
            assert tally.silences[silence] == naive["states"][silence]
        assert tally.answered + naive["unsaid"] + naive["states"].total() == aggregate.venues
        check_counts(tally, naive["sure"])


@given(
    counts=st.dictionaries(st.integers(0, 9), st.integers(0, 12), min_size=1, max_size=7),
    least=st.integers(1, 6),
)
def test_no_option_of_few_is_found_by_subtraction(counts: dict[int, int], least: int) -> None:
    told = protect(counts, sum(counts.values()), least, one=True)
    assert all(told.shown[option] == counts[option] >= least for option in told.shown)
    assert {*told.shown, *told.hidden} == counts.keys()
    rest = sum(counts[option] for option in told.hidden)
    if rest:
        assert len(told.hidden) > 1 or not told.shown
        for most in (rest, least - 1):  # who knows nothing of the others, and who takes each for one of few
            ways = _fillings(rest, len(told.hidden), min(most, rest))
            assert len(ways) != 1 or most * len(told.hidden) < rest or not told.shown


def _fillings(rest: int, cells: int, most: int) -> set[int]:
    """What the first of some cells can hold when together they hold the rest."""
    return {held for held in range(most + 1) if 0 <= rest - held <= most * (cells - 1)}


def test_a_single_option_of_few_takes_the_next_one_with_it() -> None:
    assert protect({"a": 20, "b": 9, "c": 2}, 31, 5, one=True).shown == {"a": 20}
    assert protect({"a": 20, "b": 9, "c": 0}, 29, 5, one=True).shown == {"a": 20, "b": 9}
    assert protect({"a": 20, "b": 4, "c": 4}, 28, 5, one=True).shown == {}
    assert protect({"a": 20, "b": 19, "aucun": 2}, 31, 5, one=False).shown == {"a": 20, "b": 19}
    assert protect({"a": 20, "b": 6, "aucun": 3}, 29, 5, one=False).shown == {"a": 20}


PARTED = """
- id: rubrique
  title: Rubrique
  questions:
    - id: image
      kind: one
      ask: L’image a-t-elle changé ?
      topic: l’image
      options: [Mieux, Moins, Mitigée, Inchangée, Perdue]
      tell: "Image : {image}."
    - id: points
      kind: many
      ask: Sur quels points ?
      topic: les points
      when: {image: [mieux, moins, mitigee]}
      options: [Bruit, Nature]
      tell: "Points : {points}."
    - id: raison
      kind: one
      ask: Pourquoi rien ?
      topic: la raison
      when: {image: [inchangee, perdue]}
      options: [Temps, Argent]
      tell: "Raison : {raison}."
    - id: suite
      kind: one
      ask: Et ensuite ?
      topic: la suite
      when: {image: [moins, perdue]}
      options: [Oui, Non]
      tell: "Suite : {suite}."
"""


@cache
def parted_catalogue() -> Catalogue:
    return load_sections(PARTED)


@given(
    images=st.lists(st.integers(0, 9), min_size=5, max_size=5),
    answering=st.sampled_from([1.0, 1.0, 0.8]),
    seed=st.integers(0, 999),
)
def test_no_question_that_others_lead_to_betrays_an_option(images: list[int], answering: float, seed: int) -> None:
    """Every world that fits all that is told: an option of few venues never has the same number in all of them."""
    catalogue, least, dice = parted_catalogue(), 4, random.Random(seed)
    options = ("mieux", "moins", "mitigee", "inchangee", "perdue")
    given_images = [option for option, count in zip(options, images, strict=True) for _ in range(count)]
    several = [
        new_sheet(catalogue, dict(_draw(option, answering, dice)), venue=f"Lieu {option}") for option in given_images
    ]
    aggregate = aggregate_sheets(catalogue, several)
    tellable = choose_told(aggregate, least)
    if "rubrique.image" not in tellable:
        return
    told, tally = tellable["rubrique.image"], aggregate.tallies["rubrique.image"]
    free = [option for option in options if option in told.hidden]
    rest = tally.answered - sum(told.shown.values())
    worlds = [{**told.shown, **dict(zip(free, world, strict=True))} for world in _share(rest, len(free))]
    for key, leading in (("points", options[:3]), ("raison", options[3:]), ("suite", ("moins", "perdue"))):
        if f"rubrique.{key}" in tellable:
            said = aggregate.tallies[f"rubrique.{key}"]
            sure = said.answered + said.doubted + said.silences.total()
            worlds = [world for world in worlds if sum(world[option] for option in leading) >= sure]
    for option in free:
        if 0 < tally.counts[option] < least and told.shown:
            assert len({world[option] for world in worlds}) > 1


def _share(rest: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many cells share what is left."""
    if not cells:
        yield from [()] if rest == 0 else []
        return
    for held in range(rest + 1) if cells > 1 else [rest]:
        yield from ((held, *others) for others in _share(rest - held, cells - 1))


def _draw(option: str, answering: float, dice: random.Random) -> Iterator[tuple[str, Value]]:
    yield "rubrique.image", option
    for key, leading, value in (
        ("points", ("mieux", "moins", "mitigee"), ("bruit",)),
        ("raison", ("inchangee", "perdue"), "temps"),
        ("suite", ("moins", "perdue"), "oui"),
    ):
        if option in leading and dice.random() < answering:
            yield f"rubrique.{key}", value


def test_numbers_are_told_from_the_middle_and_a_total_of_many() -> None:
    assert measure(Counter({3: 4}), 5).total is None
    assert measure(Counter([1, 2, 3, 4, 400]), 5).total is None
    few = measure(Counter([10, 11, 12, 13, 14]), 5)
    assert (few.total, few.median, few.quartiles) == (60, None, None)
    many = measure(Counter(range(1, 21)), 5)
    assert (many.total, many.median) == (210, 10.5)
    assert many.quartiles is not None
    assert 5 <= many.quartiles[0] <= many.quartiles[1] <= 16
    assert measure(Counter([-4000, 90, 91, 92, 93, 94]), 5).total is None  # a loss weighs as much as a gain
    assert measure(Counter([7]), 1).total == 7


def test_an_older_sheet_is_counted_under_the_ids_of_today() -> None:
    section = """
    - id: rubrique
      title: Rubrique
      questions:
        - id: image
          was: [ancienne]
          kind: one
          ask: L’image ?
          topic: l’image
          options: [{id: mieux, label: Mieux, tell: mieux, was: [bien]}, Moins]
          tell: "Image : {image}."
    """
    catalogue = load_sections(section)
    old = new_sheet(catalogue, {"rubrique.ancienne": "bien"})
    old = replace(old, catalogue=replace(old.catalogue, version="0", fingerprint="avant"))
    reworded = new_sheet(catalogue, {"rubrique.image": "mieux"})
    reworded = replace(reworded, catalogue=replace(reworded.catalogue, fingerprint="autres mots"))
    aggregate = aggregate_sheets(catalogue, [old, reworded, new_sheet(catalogue, {"rubrique.image": "mieux"})])
    assert aggregate.others == 1
    assert aggregate.tallies["rubrique.image"].counts == {"mieux": 3}


def test_random_sheets_of_the_real_questionnaire_leave_no_single_option_to_subtract() -> None:
    aggregate = aggregate_sheets(real_catalogue(), [random_sheet(number) for number in range(60)])
    tellable = choose_told(aggregate, 5)
    assert len(tellable) > 30
    for key, told in tellable.items():
        assert all(count >= 5 for count in told.shown.values())
        if isinstance(aggregate.tallies[key].question, One | Rating) and told.shown:
            rest = aggregate.tallies[key].answered - sum(told.shown.values())
            assert rest == 0 or (len(told.hidden) > 1 and rest >= 5)
