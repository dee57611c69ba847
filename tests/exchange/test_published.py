"""Reports in tests/published, each with what a careful reader finds in it: see the README there."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from writing import real_book

from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading
from impact_cli.exchange.words import words_of

_REPORTS = Path(__file__).parents[1] / "published"
_NAMES = sorted(
    path.name for path in _REPORTS.iterdir() if path.suffix in {".txt", ".html", ".md"} and path.stem != "README"
)


@pytest.mark.parametrize("name", _NAMES)
def test_a_published_report_is_read_as_a_careful_reader_does(name: str) -> None:
    content = (_REPORTS / name).read_bytes()
    known = json.loads((_REPORTS / name).with_suffix(".json").read_text(encoding="utf-8"))
    reading = read_report(real_book(), content, name)
    told, heard = set(_parts(known["answers"])), set(_parts(reading.answers))
    assert words_of(reading.venue) == words_of(known["venue"])
    assert sorted({key for key, *_ in told ^ heard}) == known.get("missed", [])
    for key in {key for key, *_ in heard - told} & set(known["unsure"]):
        assert key in reading.uncertain
    unplaced = [each.line for each in reading.unplaced]
    assert unplaced == sorted(set(unplaced))
    if name.endswith(".txt"):
        _account_for_lines(content, reading)


def _account_for_lines(content: bytes, reading: Reading) -> None:
    """Every line is an answer, furniture, or kept as not placed."""
    lines = content.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    written = {number for number, line in enumerate(lines, 1) if line.strip(" \t\u00a0\ufeff")}
    assert written <= reading.lines.keys()
    assert {each.line for each in reading.unplaced} <= written


def _parts(answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each thing that is told, without the places where a page breaks its lines."""
    for key, value in answers.items():
        match value:
            case list() | tuple():
                yield from ((key, _flatten(each)) for each in value)
            case Mapping():
                yield from ((key, f"{row} {choice}") for row, choice in value.items())
            case _:
                yield key, _flatten(value)


def _flatten(value: object) -> str:
    return " ".join(str(value).replace("\u00ad", "").replace("’", "'").split())
