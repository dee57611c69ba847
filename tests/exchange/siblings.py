"""The sentences of `siblings.yaml`, each heard alone: `python tests/exchange/siblings.py` gives a table.

Each is printed under its section's title. What it says is found, or something of the line is doubted or kept as not
placed; nothing else is heard without a doubt.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from exchange.templates import list_parts
from writing import real_book

from impact_cli.exchange.published import read_report

Sentence = tuple[str, str, Mapping[str, object]]


def _load_siblings() -> dict[str, list[Sentence]]:
    """By kind: the section, the sentence, and what it says."""
    kinds = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {kind: [_read_row(row) for row in rows] for kind, rows in kinds.items()}


def _read_row(row: Mapping[str, Any]) -> Sentence:
    (section, sentence), (_, said) = row.items()
    return section, sentence, said


SIBLINGS = _load_siblings()


def write_report(section: str, sentence: str) -> str:
    """A report that says one thing."""
    title = next(each.title for each in real_book().catalogue.sections if each.id == section)
    return f"effets sociaux et urbains de La Remise\n\n{title}\n\n{sentence}\n"


@dataclass(frozen=True)
class Score:
    """What a sentence says, what of it is found, what is silently missed, and what is heard wrongly without a doubt."""

    told: frozenset[tuple[str, str]]
    found: frozenset[tuple[str, str]]
    lost: frozenset[tuple[str, str]]
    wrong: frozenset[tuple[str, str]]


def try_sentence(section: str, sentence: str, answers: Mapping[str, object]) -> Score:
    reading = read_report(real_book(), write_report(section, sentence), "rapport.txt")
    told = frozenset(list_parts({f"{section}.{name}": value for name, value in answers.items()}))
    heard = frozenset(list_parts(reading.answers))
    marked = reading.unplaced or reading.uncertain
    wrong = {part for part in heard - told if part[0] not in reading.uncertain and not _is_typed(part, sentence)}
    return Score(told, told & heard, frozenset() if marked else told - heard, frozenset(wrong))


def _is_typed(part: tuple[str, str], sentence: str) -> bool:
    """Whether words are a whole sentence of their own, behind the one that is known."""
    return sentence.endswith((f". {part[1]}", f".{part[1]}"))


def main() -> None:
    print(f"{'kind':34}{'told':>6}{'found':>9}{'lost':>6}{'wrong':>7}")
    for kind, sentences in SIBLINGS.items():
        scores = [try_sentence(*each) for each in sentences]
        told, found, lost, wrong = (
            sum(len(part) for part in each)
            for each in zip(*((score.told, score.found, score.lost, score.wrong) for score in scores), strict=True)
        )
        print(f"{kind:34}{told:6}{found / told if told else 1:9.2%}{lost:6}{wrong:7}")


if __name__ == "__main__":
    main()
