"""What known words say about which question: the parts of a sentence run backwards, and titles."""

from dataclasses import dataclass
from functools import lru_cache

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.sentences import Style
from impact_cli.exchange.words import may_begin


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand in the sentence itself; `text` is exactly as the catalogue has them."""

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say one option; `specified` if words of its own may stand behind it, in brackets."""

    option: str
    words: tuple[str, ...]
    specified: bool = False


class Vocabulary:
    """The wordings of one list of options, the longest first; the same object for the same wordings.

    `halves` are parts of a wording that are of no other option.
    """

    def __init__(self, wordings: tuple[Wording, ...], halves: tuple[Wording, ...] = ()) -> None:
        self.wordings = wordings
        self.halves = Vocabulary(halves) if halves else self
        longest = max((len(wording.words) for wording in wordings), default=0)
        self.reach = 3 * longest + 3  # words of a text, more than any of them takes with its slips
        self._heads = {wording.words[:2] for wording in wordings}

    @lru_cache(maxsize=50_000)  # noqa: B019  vocabularies are few and shared
    def beginning(self, word: str, following: str) -> tuple[Wording, ...]:
        """The wordings that may begin with a word before another: all others need not be compared."""
        heads = {head for head in self._heads if may_begin(head, word, following)}
        return tuple(wording for wording in self.wordings if wording.words[:2] in heads) if heads else ()


@dataclass(frozen=True, slots=True)
class Choices:
    """The place of options. `several` may stand there; `role` tells the rows of a grid from its choice."""

    key: str
    vocabulary: Vocabulary
    several: bool
    role: str = ""

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every way to say every option."""
        return self.vocabulary.wordings

    @property
    def name(self) -> str:
        """The key, and for the rows of a grid their role: what is said of rows is no answer before its choice."""
        return f"{self.key}:{self.role}" if self.role == Style.ROWS else self.key


@dataclass(frozen=True, slots=True)
class Digits:
    """The place of a number, and of the prose people type in its stead."""

    key: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The place of free words inside the sentence; `after` is what ends it, to the letter."""

    key: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """The place of a mark, and how many there are."""

    key: str
    most: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """The place of a quotation, below the sentence."""

    key: str


Part = Literal | Choices | Digits | Typed | Graded | Quotation


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sentence to look for. `implied` answers follow from its very form: "une personne" is the number 1."""

    section: str
    parts: tuple[Part, ...]
    implied: tuple[tuple[str, Value], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The questions it may answer."""
        asked = (part.key for part in self.parts if not isinstance(part, Literal))
        return (*dict.fromkeys(asked), *(key for key, _ in self.implied))


@dataclass(frozen=True, slots=True)
class Title:
    """A known title of a family or a section, a printed question (`key`), or furniture (nothing)."""

    words: tuple[str, ...]
    family: str = ""
    section: str = ""
    key: str = ""
