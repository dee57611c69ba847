"""Sentences as they were met in a report, and what owns each of its words."""

from dataclasses import dataclass, field
from typing import NamedTuple

from impact_cli.exchange.document import Document
from impact_cli.exchange.wordings import Choices, Pattern, Quotation, Title, Wording

Said = tuple[str, object]  # a key, and what a question takes: a list's option, a number's prose, a row or a choice


class State(NamedTuple):
    """Where a sentence has been followed to: a part of the pattern, a word of that part, and what was said so far."""

    part: int = 0
    word: int = 0
    said: tuple[Said, ...] = ()
    started: tuple[tuple[Wording, int], ...] = ()  # options whose first words ended a line
    slips: int = 0
    doubts: frozenset[str] = frozenset()
    heard: int = 0  # words of the sentence itself that were found


class Reach(NamedTuple):
    """How far a sentence goes: its state there, and the next word of the document."""

    state: State
    at: int


def is_complete(pattern: Pattern, state: State) -> bool:
    """Whether nothing of the sentence must follow: it is over, or in a list that has an option already."""
    if state.part >= len(pattern.parts):
        return True
    part = pattern.parts[state.part]
    last = state.part == len(pattern.parts) - 1
    return last and isinstance(part, Choices) and part.several and any(key == part.name for key, _ in state.said)


@dataclass(eq=False, slots=True)
class Thread:
    """One sentence that was met, in the forms that still fit, and the runs of words it holds."""

    forms: list[tuple[Pattern, State]]
    born: int
    spans: list[tuple[int, int]] = field(default_factory=list)
    crossed: bool = False  # whether other text came between its pieces, or might have
    beside: "Thread | None" = None  # the sentence right before or behind, of which something was still to come too

    @property
    def pattern(self) -> Pattern:
        """The form that fits best."""
        return self.forms[0][0]

    @property
    def state(self) -> State:
        """Where the best form has been followed to."""
        return self.forms[0][1]

    @property
    def answers(self) -> tuple[Said, ...]:
        """All that it says, the answers that its form implies included."""
        implied = self.pattern.implied if is_complete(self.pattern, self.state) else ()
        return (*self.state.said, *implied)

    @property
    def keys(self) -> tuple[str, ...]:
        """The questions it answers."""
        return tuple(dict.fromkeys(name.partition(":")[0] for name, _ in self.answers))

    @property
    def waits(self) -> bool:
        """Whether something of it must still come: words, or the first item of its list."""
        return not is_complete(self.pattern, self.state)

    def is_next(self, at: int, *, gap: bool) -> bool:
        """Whether, of two sentences side by side, it is its turn at a word.

        Lines that follow each other are of one sentence; where a blank line parts them, they take turns.
        """
        return self.spans[-1][1] != at if gap else self.spans[-1][1] == at

    @property
    def says_something(self) -> bool:
        """Whether an answer came of it; the rows of a grid without their choice are none."""
        return bool(self.leads_to) or any(":" not in name for name, _ in self.answers)

    @property
    def leads_to(self) -> str:
        """The key of the quotation that follows the sentence, if one does."""
        last = self.pattern.parts[-1]
        return last.key if isinstance(last, Quotation) and self.state.part == len(self.pattern.parts) else ""


@dataclass(slots=True)
class Explanation:
    """The owner of each word, and of each piece that is one thing as a whole."""

    document: Document
    owners: list[Thread | None]
    threads: list[Thread] = field(default_factory=list)
    titles: dict[int, Title] = field(default_factory=dict)  # by piece
    keywords: dict[range, str] = field(default_factory=dict)  # by pieces: what was typed
    keyword_pieces: set[int] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)  # by key
    venue: str = ""
    venue_pieces: set[int] = field(default_factory=set)
