"""Sentences as they were met in a report, and what owns each of its words."""

from dataclasses import dataclass, field

from impact_cli.exchange.document import Document
from impact_cli.exchange.following import Reach, Said, State, is_complete
from impact_cli.exchange.wordings import Pattern, Quotation, Title


@dataclass(eq=False, slots=True)
class Thread:
    """One sentence that was met, in the forms that still fit, and the runs of words it holds."""

    forms: list[tuple[Pattern, State]]
    born: int
    spans: list[tuple[int, int]] = field(default_factory=list)
    said: tuple[Said, ...] = ()  # before the sentence's first words: the prose of a number
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
        return (*self.said, *self.state.said, *implied)

    @property
    def keys(self) -> tuple[str, ...]:
        """The questions it answers."""
        return tuple(dict.fromkeys(name.partition(":")[0] for name, _ in self.answers))

    @property
    def waits(self) -> bool:
        """Whether something of it must still come: words, or the first item of its list."""
        return not is_complete(self.pattern, self.state)

    def is_next(self, reach: Reach, at: int, *, gap: bool) -> bool:
        """Whether, of two sentences side by side, it is its turn at a word, without saying anything twice.

        Lines that follow each other are of one sentence; where a blank line parts them, they take turns.
        """
        if len(set(reach.state.said)) < len(reach.state.said):
            return False
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
    keywords: dict[int, str] = field(default_factory=dict)  # by first piece: what was typed
    keyword_pieces: set[int] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)  # by key
    venue: str = ""
    venue_pieces: set[int] = field(default_factory=set)
