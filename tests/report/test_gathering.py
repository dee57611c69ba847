"""A collection counted in shares: the sheets that count are those of a second, naive way of choosing them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report.speaking import random_sheet
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.collection import sharing, sources
from impact_cli.answers.collection.latest import Register
from impact_cli.answers.collection.sources import LeftOut, Reason
from impact_cli.answers.keeping.venues import rank_edition
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.report.panorama.aggregate import Aggregate, aggregate_sheets
from impact_cli.report.panorama.gathering import Gathered, gather


def told(aggregate: Aggregate) -> object:
    tallies = [
        (tally.answered, tally.doubted, tally.silences, tally.counts, tally.amounts, tally.quotes, tally.spellings)
        for tally in aggregate.tallies.values()
    ]
    figures = aggregate.venues, aggregate.others, aggregate.editions, aggregate.quotations
    return sorted(aggregate.names), figures, tallies


@settings(max_examples=10)
@given(parts=st.lists(st.lists(st.integers(0, 60), max_size=9), max_size=6))
def test_any_parts_add_up_to_the_same(parts: list[list[int]]) -> None:
    catalogue, whole = real_catalogue(), Aggregate(real_catalogue())
    for part in parts:
        whole.add(aggregate_sheets(catalogue, map(random_sheet, part), names=True))
    every = sorted(number for part in parts for number in part)
    assert told(whole) == told(aggregate_sheets(catalogue, map(random_sheet, every), names=True))


@contextmanager
def shares_of(size: int, processors: int = 1) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_SHARE", size)
        patch.setattr(sharing, "_count_processors", lambda: processors)
        yield


def answered(number: int, venue: str, edition: str, *, later: int, finished: bool) -> Sheet:
    sheet = new_sheet(real_catalogue(), {"lieu.salaries": number}, venue=venue)
    status = Status.FINISHED if finished else Status.IN_PROGRESS
    voices = ("2026-equipe",) if edition == "2026" and number % 2 else None
    return replace(sheet, edition=edition, status=status, changed=NOW + timedelta(days=later), voices=voices)


COLLECTION = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c/1", "c/2"]),  # its folder
        st.sampled_from(["Lieu", "La Remise", "Zinc"]),
        st.sampled_from(["2024", "2025", "2026", "2026-equipe"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=14,
)


def gathered_from(folder: Path, edition: str | None = None) -> Gathered:
    return gather([folder], real_catalogue(), edition, bool, names=True)


@given(
    collection=COLLECTION, size=st.integers(1, 5), edition=st.sampled_from([None, None, "2025"]), seed=st.integers(0, 9)
)
def test_the_latest_sheet_of_each_venue_counts_however_they_lie(
    collection: list[tuple[str, str, str, int, bool]],
    size: int,
    edition: str | None,
    seed: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("fiches")
    paths = dict[str, Sheet]()
    for number, (where, venue, named, later, finished) in enumerate(collection):
        sheet = answered(number, venue, named, later=later, finished=finished)
        paths[f"{where}/{(number * 7 + seed) % 10}-{number}.json"] = sheet
    for path, sheet in paths.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(encode_sheet(sheet))
    with shares_of(size):
        gathered = gathered_from(folder, edition)
    firsts, doubles = dict[tuple[str, str], Sheet](), list[LeftOut]()
    for path, sheet in sorted(paths.items()):
        if firsts.setdefault((sheet.venue, sheet.edition), sheet) is not sheet:
            doubles.append(LeftOut(str(folder / path), Reason.TWICE, f"{sheet.venue}, {sheet.edition}"))
    meant = [sheet for sheet in firsts.values() if edition in {None, sheet.edition}]
    ranked = sorted(meant, key=lambda sheet: rank_edition(sheet.edition, sheet))
    latest = {sheet.venue: sheet for sheet in ranked if sheet.status is Status.FINISHED}
    assert told(gathered.aggregate) == told(aggregate_sheets(real_catalogue(), latest.values(), names=True))
    assert gathered.left_out == doubles
    assert gathered.drafts == len({sheet.venue for sheet in meant} - latest.keys())


def test_several_processes_gather_what_one_does(tmp_path: Path) -> None:
    for rank in range(60):
        sheet = replace(random_sheet(rank), venue=f"Lieu {rank % 50}", edition=str(2020 + rank % 3))
        (tmp_path / f"{rank:02}.json").write_bytes(encode_sheet(sheet) if rank % 9 else b"{}")
    with shares_of(100):
        alone = gathered_from(tmp_path)
    with shares_of(8, processors=2):
        together = gathered_from(tmp_path)
    assert told(together.aggregate) == told(alone.aggregate)
    assert (together.left_out, together.drafts) == (alone.left_out, alone.drafts)
    assert len(alone.left_out) >= 7


def test_a_sheet_is_known_again_among_more_editions_than_years() -> None:
    register, names = Register(), [f"{2000 + rank}" for rank in range(100)]
    for turn in ("a", "b"):
        register.add(
            [(b"venue..1", edition, f"{turn}/{edition}.json", (int(edition), False, 0.0, edition)) for edition in names]
        )
        assert register.doubles == ({f"b/{edition}.json" for edition in names} if turn == "b" else set())
    assert register.latest(b"venue..1") == (2099, False, 0.0, "2099")
