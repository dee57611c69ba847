"""The report of many venues: in its words, whatever the order, and never a word that was not given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report.speaking import own_words, random_sheet
from report.test_grammalecte import FALSE_ALARMS, judge
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Many, One, Question, Rating
from impact_cli.cli.commands.demo import invent_sheets
from impact_cli.render.json import render_json
from impact_cli.render.markdown import render_markdown
from impact_cli.report.blocks import Bars, Report, Table, tells_of
from impact_cli.report.panorama import wording as counting
from impact_cli.report.panorama.aggregate import aggregate_sheets
from impact_cli.report.panorama.build import build_panorama
from impact_cli.report.panorama.discretion import choose_told
from impact_cli.report.panorama.distribution import Scope


def panorama_of(several: Sequence[Sheet], *, least: int = 5, names: bool = False, drafts: int = 0) -> Report:
    aggregate = aggregate_sheets(real_catalogue(), several, names=names)
    scope = Scope(len(several), least, drafts, tuple(aggregate.names))
    return build_panorama(aggregate, scope, date(2026, 3, 1), "1.0")


def network(venues: int = 30) -> list[Sheet]:
    """Venues whose answers are drawn at random, always the same."""
    return [replace(random_sheet(number), venue=f"Lieu {number}") for number in range(venues)]


def test_a_small_network_is_told(golden: Callable[[str, str], None]) -> None:
    golden("reports/reseau.md", render_markdown(panorama_of(network(12), least=4, drafts=1)))


@settings(max_examples=3)
@given(several=st.lists(sheets(real_catalogue()), min_size=5, max_size=7), order=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bytes(several: list[Sheet], order: st.DataObject) -> None:
    several = [replace(sheet, venue=f"{sheet.venue} {rank}") for rank, sheet in enumerate(several)]
    told = render_json(panorama_of(several, least=2, names=True))
    order.shuffle(several)  # type: ignore[attr-defined]
    assert render_json(panorama_of(several, least=2, names=True)) == told


def test_words_are_told_with_consent_and_venues_with_names() -> None:
    given_words = [new_sheet(real_catalogue(), _say(rank), venue=f"Lieu {rank}", consent=rank < 5) for rank in range(9)]
    told = render_markdown(panorama_of(given_words))
    assert all(f"parole n{rank}" in told for rank in range(5))
    assert not any(f"parole n{rank}" in told for rank in range(5, 9))
    assert "Lieu " not in told.replace("Lieu 1 sur", "")
    named = render_markdown(panorama_of(given_words, names=True))
    assert all(f"Lieu {rank}" in named for rank in range(9))


def _say(rank: int) -> dict[str, str]:
    return {"cadre_de_vie.image": "mieux", "cadre_de_vie.exemple": f"Ici la parole n{rank}."}


def test_venues_are_named_as_a_directory_lists_them() -> None:
    names = ["Le Zinc", "Atelier du Pont", "La Remise", "L’Établi"]
    report = panorama_of([new_sheet(real_catalogue(), venue=name) for name in names], least=1, names=True)
    assert "Ce sont Atelier du Pont, L’Établi, La Remise et Le Zinc." in render_markdown(report)


def test_an_edition_is_named_where_enough_venues_have_it() -> None:
    editions = ["2025"] * 5 + ["2026"] * 6 + ["2026-maison-du-canal"]
    report = panorama_of([replace(sheet, edition=each) for sheet, each in zip(network(12), editions, strict=True)])
    assert report.edition == ""  # for it would stand for all
    assert "canal" not in render_json(report)
    assert "des éditions 2025 et 2026 ou d’une autre." in render_markdown(report)


def test_where_one_venue_is_enough_nothing_is_said_to_be_hidden() -> None:
    told = render_markdown(panorama_of([new_sheet(real_catalogue(), {"lieu.statut": "association"})], least=1))
    assert told.startswith("# Effets sociaux et urbains d’un lieu\n")
    assert "Réponse d’aucun lieu" in told
    assert "pour ne désigner" not in told


def test_numbers_of_a_few_digits_are_whole() -> None:
    several = [new_sheet(real_catalogue(), {"lieu.benevoles": count}, venue=f"Lieu {count}") for count in range(20)]
    (table,) = (block for block in panorama_of(several).blocks if isinstance(block, Table))
    assert table.rows == (("20 lieux", "190", "9,5", "de 5 à\u00a014"),)


def test_difficulties_have_the_place_of_changes() -> None:
    report = panorama_of(network())
    front = [block for block in report.blocks if isinstance(block, Bars)][:2]
    assert [len(bars.items) for bars in front] == [6, 6]
    assert front[0].maximum == front[1].maximum == len(network())
    assert "difficile" in front[1].caption


def test_fewer_than_the_least_say_nothing() -> None:
    report = panorama_of(network(4))
    assert not [block for block in report.blocks if isinstance(block, Bars)]
    assert not [key for block in report.blocks for key in tells_of(block)]


def test_no_bar_is_shorter_than_the_least() -> None:
    report = panorama_of(network(40))
    bars = [bar for block in report.blocks if isinstance(block, Bars) for bar in block.items]
    assert len(bars) > 50
    assert min(bar.value for bar in bars) >= 5


def test_every_question_is_told_or_named_as_untold() -> None:
    report = panorama_of(network(12))
    told = {key for block in report.blocks for key in tells_of(block)}
    untold = {key for key, _ in report.untold}
    asked = {key for key, question in real_catalogue().questions.items() if question.asked}
    assert told.isdisjoint(untold)
    assert asked <= told | untold
    assert any(isinstance(real_catalogue().questions[key], Many) for key in told)


@pytest.mark.slow
def test_grammalecte_finds_nothing_in_random_panoramas(tmp_path_factory: pytest.TempPathFactory) -> None:
    sentences = set[str]()
    for number in range(60):
        several = [random_sheet(rank) for rank in range(number * 12, number * 12 + 3 + number % 10)]
        report = panorama_of(several, least=1 + number % 3, names=number % 4 == 0, drafts=number % 3)
        sentences |= {words for block in report.blocks for words in own_words(block)} | {*report.colophon}
    assert len(sentences) > 500
    assert judge(sorted(sentences), tmp_path_factory.mktemp("words")) - FALSE_ALARMS.keys() == set()


@pytest.mark.slow
@pytest.mark.parametrize("venues", [12, 39])
def test_of_each_hidden_option_the_whole_document_fits_another_number(venues: int) -> None:
    least = 5
    finished = {each.venue: each for each in invent_sheets(real_catalogue()) if each.status is Status.FINISHED}
    several = [*finished.values()][:venues]
    aggregate = aggregate_sheets(real_catalogue(), several)
    told, tried = render_json(panorama_of(several, least=least)), 0
    for key, shown in choose_told(aggregate, least).items():
        tally = aggregate.tallies[key]
        if isinstance(tally.question, Many | One | Rating):
            for option in (each for each in shown.hidden if 0 < tally.counts[each] < least):
                worlds = _change(several, key, tally.question, shown.hidden, option)
                assert any(render_json(panorama_of(world, least=least)) == told for world in worlds), (key, option)
                tried += 1
    assert tried > 5


def _change(
    several: list[Sheet], key: str, question: Question, hidden: Sequence[Any], option: Any
) -> Iterator[list[Sheet]]:
    """The same venues, one or two of which answer otherwise, so that another number of them has the option."""
    for rank, sheet in enumerate(several):
        said = sheet.answers.get(key)
        for other in _list_others(question, hidden, option, said):
            world = [*several]
            world[rank] = replace(sheet, answers={**sheet.answers, key: other})
            yield world
            for place, second in enumerate(world):  # who makes up for what the first one adds
                ticked = second.answers.get(key)
                if place != rank and isinstance(other, tuple) and isinstance(ticked, tuple) and len(ticked) > 1:
                    rest = tuple(each for each in ticked if each not in other)
                    if len(rest) == len(ticked) - 1:
                        yield [
                            *world[:place],
                            replace(second, answers={**second.answers, key: rest}),
                            *world[place + 1 :],
                        ]


def _list_others(question: Question, hidden: Sequence[Any], option: Any, said: Any) -> Iterator[Any]:
    if not isinstance(question, Many):
        yield from (each for each in hidden if each != option) if said == option else [option] * (said in hidden)
    elif isinstance(said, tuple) and option in said:
        rest = tuple(each for each in said if each != option)
        yield from [rest] if rest else ()
        yield from ((*rest, each.id) for each in question.options if each.id not in said and not each.exclusive)


def test_the_invented_network_has_quotations_that_venues_chose() -> None:
    told = render_markdown(panorama_of([sheet for sheet in invent_sheets(real_catalogue()) if sheet.edition == "2026"]))
    front, _, _ = told.partition(counting.PRESENTED_TITLE)
    assert front.partition(counting.QUOTATIONS)[2].count("\n> ") >= 2
