"""What a published report says, and what became of each of its lines."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from impact_cli.answers.sheet import Silence, Value
from impact_cli.answers.values import read_value
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.files.pieces import Piece


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line that answers nothing, as the file has it."""

    line: int
    text: str


@dataclass(slots=True)
class Reading:
    """What a report says, by key.

    `uncertain` has the reason to doubt an answer, `withheld` the texts that the report itself says are not published,
    `lines` the keys that each line of the file answers: none, where it is furniture or unplaced.
    """

    venue: str = ""
    edition: str = ""
    answers: dict[str, Value] = field(default_factory=dict)
    silences: dict[str, Silence] = field(default_factory=dict)
    uncertain: dict[str, str] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    unplaced: list[Unplaced] = field(default_factory=list)
    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def lose(self, piece: Piece) -> None:
        """A piece answers nothing, or not all of it does."""
        self.unplaced.append(Unplaced(piece.first, piece.kept))

    def hold(self, piece: Piece, *keys: str) -> None:
        """A piece answers questions, beside those that it answers already."""
        for line in piece.numbers:
            self.lines[line] = (*self.lines.get(line, ()), *keys)

    def doubt(self, key: str, reason: str) -> None:
        """There is a reason to doubt an answer, "" for none; the first one counts."""
        if reason:
            self.uncertain.setdefault(key, reason)

    def in_order(self, keys: Iterable[str]) -> "Reading":
        """A copy in the order of these keys, and of its lines."""
        answers = {key: self.answers[key] for key in keys if key in self.answers}
        uncertain = {key: self.uncertain[key] for key in keys if key in self.uncertain}
        first = {each.line: each for each in reversed(self.unplaced)}  # of a line that was lost twice
        unplaced = [first[line] for line in sorted(first)]
        return replace(self, answers=answers, uncertain=uncertain, unplaced=unplaced)

    def count_by_section(self, catalogue: Catalogue) -> Mapping[str, int]:
        """Section id → how many of its questions have an answer, sections without one left out."""
        counts: dict[str, int] = {}
        for key in catalogue.questions:
            if key in self.answers or key in self.silences:
                section = section_of(key)
                counts[section] = counts.get(section, 0) + 1
        return counts


def write_json(reading: Reading) -> dict[str, Any]:
    """What `read_json` takes: strings, numbers, lists and objects. What became of each line is left out."""
    said = asdict(reading)
    del said["lines"]
    return {**said, "withheld": sorted(reading.withheld)}


def read_json(catalogue: Catalogue, said: dict[str, Any]) -> Reading:
    """The reading that `write_json` wrote, its answers held against the catalogue once more."""
    questions = catalogue.questions
    return Reading(
        venue=said["venue"],
        edition=said["edition"],
        answers={key: read_value(questions[key], value) for key, value in said["answers"].items()},
        silences={key: Silence(silence) for key, silence in said["silences"].items()},
        uncertain=said["uncertain"],
        withheld=set(said["withheld"]),
        unplaced=[Unplaced(**each) for each in said["unplaced"]],
    )
