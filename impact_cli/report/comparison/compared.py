"""Two sheets held beside each other, and the words by which a comparison names what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue, Keywords, Option, Question, options_of
from impact_cli.report.comparison.changes import Change
from impact_cli.report.comparison.pairs import Pair
from impact_cli.report.comparison.sides import Side
from impact_cli.report.french import list_labels, lower_first
from impact_cli.report.telling import say_marks
from impact_cli.report.wording import WITHHELD
from impact_cli.typography import SEMICOLON


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sheets in the terms of one catalogue, how they are called, and all that there is to say of them."""

    terms: Catalogue
    sides: tuple[Side, Side]
    pair: Pair
    changes: Sequence[Change]

    def of_section(self, section: str) -> list[Change]:
        """What there is to say of one section's questions."""
        return [change for change in self.changes if section_of(change.key) == section]

    def question(self, key: str) -> Question:
        """The question, as it is asked today if it still is."""
        asked = (side.said[key].question for side in self.sides if key in side.said)
        return self.terms.questions.get(key) or next(asked)

    def option(self, key: str, identifier: str) -> Option | None:
        """The option, row or choice of that id, as one of the catalogues has it."""
        forms = [self.question(key), *(side.said[key].question for side in self.sides if key in side.said)]
        options = (option for form in forms for each in options_of(form).values() for option in each)
        return next((option for option in options if option.id == identifier), None)

    def label(self, key: str, identifier: str) -> str:
        """The words of an option inside a line; those of a keyword are its own."""
        if isinstance(self.question(key), Keywords):
            return f"#{identifier}"
        option = self.option(key, identifier)
        return lower_first(option.label) if option else identifier

    def subject(self, key: str, *options: str) -> str:
        """What a question is about: of its options or rows some alone, of the words of an option that option."""
        asker, _, identifier = key.rpartition(".")
        if "." in asker:
            return self.subject(asker, identifier)
        labels = list_labels([self.label(key, each) for each in options if each])
        return f"{self.question(key).topic} ({labels})" if labels else self.question(key).topic

    def mark(self, key: str, told: Sequence[int] = (0, 1)) -> str:
        """What is said beside a line that needs the answers of both sheets, and holds the words of those `told`."""
        marks = [
            f"{mark}, {self.pair.labels[number]}"
            for number, side in enumerate(self.sides)
            if key in side.said
            for mark in side.said[key].marks
            if number in told or mark != WITHHELD
        ]
        return f" ({SEMICOLON.join(marks)})" if marks else ""

    def mark_of(self, side: int, key: str) -> str:
        """What is said beside words of one sheet."""
        return say_marks({key: self.sides[side].said[key].marks}, (key,))

    @property
    def sides_told(self) -> tuple[int, ...]:
        """What is new before what is gone; where there is no order, that of the names."""
        return (1, 0) if self.pair.in_order else (0, 1)
