"""What the interview needs of a screen: one protocol, of which terminal, plain and scripted prompters are the faces."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from impact_cli.answers.keeping.drafts import Typed
from impact_cli.answers.sheet import Answer, Silence, Value
from impact_cli.catalogue.model import Option, Question
from impact_cli.report.blocks import Block

# What stands in the field before one types: typed words for text and number, ids or words otherwise.
Draft = Typed
Key = TypeVar("Key")
# Sets blocks of the report as visible lines of at most so many columns: a renderer, which nothing here may know.
SetBlocks = Callable[[Sequence[Block], int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask: a question, or one row of a grid (whose answer is then the id of a choice).

    `number` of `total` counts within the section, from 1. `current` is what the sheet holds, `proposed` what an earlier
    edition does, `draft` what was half-typed here before. `remark` is a sentence to show above, or empty.
    """

    question: Question
    row: Option | None
    number: int
    total: int
    current: Answer | None = None
    proposed: Draft | None = None
    draft: Draft | None = None
    remark: str = ""

    @property
    def standing(self) -> Draft | int | Mapping[str, str] | None:
        """What stands in the field before anything is typed: the latest of what was given; None for a silence."""
        current = None if isinstance(self.current, Silence) else self.current
        return next((given for given in (self.draft, current, self.proposed) if given is not None), None)


class Wish(StrEnum):
    """What a person can want instead of answering, by a key, a command or a line of a menu."""

    BACK = "back"  # the question before
    SKIP = "skip"  # nothing was given: what the sheet holds stays, else the question is skipped
    OTHER = "other"  # the menu of all that can be done here
    PAUSE = "pause"  # Ctrl-C or Ctrl-D
    STAY = "stay"  # the question again
    ERASE = "erase"  # the answer goes
    NOT_KNOWN = Silence.NOT_KNOWN.value
    NOT_APPLICABLE = Silence.NOT_APPLICABLE.value
    JUMP = "jump"  # another section
    CONSENT = "consent"  # what may be published
    LEAVE = "leave"


class Leave(Exception):  # noqa: N818  a signal, no error
    """Somebody leaves; everything said is saved."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A wish, and what stood half-typed in the field, which comes back with the question."""

    wish: Wish
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """What was heard in words: a number, or none that is alone there; the section's prose keeps the words."""

    number: int | None
    words: str


Reply = Value | Worded | Aside
Keep = Callable[[Draft], None]  # told what stands in the field while one types, and before a prompt is torn away


@dataclass(frozen=True, slots=True)
class Choice(Generic[Key]):
    """One line of a menu: the `key` the interview gets, the French `label` a person reads, a `heading` above it."""

    key: Key
    label: str
    heading: str = ""


class Prompter(Protocol):
    """One face of the conversation. It shows and asks; it never decides what comes next."""

    def ask(self, step: Step, keep: Keep) -> Reply:
        """Ask until the reply is a value the question accepts (`read_value`), or an aside."""

    def confirm(self, step: Step, answer: Answer) -> None:
        """Show an answer or a silence as one line, once it is on the disk."""

    def choose(
        self,
        title: str,
        choices: Sequence[Choice[Key]],
        escape: Key | None = None,
        at: Key | None = None,
        *,
        leaves: bool = False,
    ) -> Key | None:
        """The key of the chosen line of a menu, opened at the line `at` which changes nothing.

        `escape` for Esc where one is given, None for Ctrl-C or Ctrl-D, which there pauses unless it `leaves`.
        """

    def tick(
        self, title: str, choices: Sequence[Choice[Key]], ticked: Sequence[Key], several: Choice[Sequence[Key]]
    ) -> Sequence[Key] | None:
        """The keys of the lines that were ticked, perhaps none; `several` at one stroke. None for Ctrl-C or Ctrl-D."""

    def ask_line(self, title: str, draft: str = "") -> str | None:
        """One line of words, outside any question (a venue's name); None for Ctrl-C or Ctrl-D."""

    def show_section(self, title: str, hints: Sequence[str], gone: int, total: int) -> None:
        """Announce what comes, once `gone` of `total` sections lie behind."""

    def show_report(self, lead: str, blocks: Sequence[Block]) -> None:
        """Show what the section adds to the report, under a line of `lead`."""

    def say(self, sentence: str) -> None:
        """Show a sentence of the interview."""
