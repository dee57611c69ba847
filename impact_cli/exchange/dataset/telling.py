"""What a dataset tells of one sheet: what became of every question, and the answers that may leave the venue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from impact_cli.answers.collection.walking import Seen, Walker
from impact_cli.answers.doubts import is_held_back
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.model import Catalogue, Question


class State(StrEnum):
    """What became of a question. One whose condition does not hold was not asked, whatever stands in the sheet."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    MISREAD = "misread"


STATES = {
    State.ANSWERED: "répondu",
    State.SKIPPED: "passé",
    State.NOT_KNOWN: "ne sait pas",
    State.NOT_APPLICABLE: "sans objet",
    State.NOT_ASKED: "pas demandé",
    State.MISREAD: "réponse que ce questionnaire ne comprend pas",
}


Spell = Callable[[str], str]  # how words stand in a line of CSV


@dataclass(slots=True, eq=False)
class Entry:
    """What became of one question, with the value where it is told: one object for all sheets that say the same.

    What is `doubted` is still to be confirmed; what is `contradicted` cannot be true together with other answers. In
    each way it is `spelt` once: as lines of the long form, and as cells of the wide form.
    """

    key: str
    question: Question
    state: State
    value: Value | None = None
    doubted: bool = False
    contradicted: bool = False
    spelt: dict[Spell, tuple[Sequence[str], str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet: an entry for each question, and the keys of those of which more is to be said, in the order asked.

    The words of `withheld` keys have no consent; they are among the values of a dataset that stays at home only.
    """

    sheet: Sheet
    entries: Sequence[Entry]
    doubted: Sequence[str]
    contradicted: Sequence[str]
    withheld: Sequence[str]


class Teller:
    """Tells sheets, one after the other; where the dataset is `internal`, with the words without consent."""

    def __init__(self, catalogue: Catalogue, *, internal: bool) -> None:
        self._catalogue = catalogue
        self._internal = internal
        self._walker = Walker(catalogue, self._forget)
        self._ranks = {key: rank for rank, key in enumerate(catalogue.questions)}
        self._bare: dict[tuple[str, str], Entry] = {  # a silence bears the name of its state
            (key, state): Entry(key, question, state)
            for key, question in catalogue.questions.items()
            for state in State
        }
        self._not_asked = [self._bare[key, State.NOT_ASKED] for key in catalogue.questions]
        self._known: dict[Seen, Entry] = {}

    def tell(self, sheet: Sheet) -> Told:
        """What the dataset tells of a sheet."""
        walked = self._walker.walk(sheet)
        followed, ranks, entries = walked.sheet, self._ranks, self._not_asked.copy()
        for seen in walked.seen:
            entries[ranks[seen.key]] = self._known.get(seen) or self._know(seen)
        for said in walked.silences:
            entries[ranks[said[0]]] = self._bare[said]
        withheld = {key for key, words in walked.words if words is not None and not followed.may_publish(key)}
        for key, words in walked.words:
            told = key not in withheld or self._internal
            entries[ranks[key]] = self._enter(key, words) if told else self._bare[key, State.ANSWERED]
        uncertain = followed.uncertain.keys() & ranks.keys()
        doubted = {key for key in uncertain if entries[ranks[key]].state is State.ANSWERED}
        for key in doubted | walked.contradicted:
            entry = entries[ranks[key]]
            value = None if self._is_unclear(followed, key) else entry.value
            flags = key in doubted, key in walked.contradicted
            entries[ranks[key]] = Entry(key, entry.question, entry.state, value, *flags)
        return Told(
            sheet, entries, *(sorted(keys, key=ranks.__getitem__) for keys in (doubted, walked.contradicted, withheld))
        )

    def _is_unclear(self, sheet: Sheet, key: str) -> bool:
        """Whether the words were read from a report and perhaps nobody's, as the reports do not print them either."""
        said = sheet.answers[key]
        return isinstance(said, str) and is_held_back(self._catalogue, said, sheet.uncertain.get(key))

    def _enter(self, key: str, value: Value | None) -> Entry:
        if value is None:
            return self._bare[key, State.MISREAD]
        return Entry(key, self._catalogue.questions[key], State.ANSWERED, value)

    def _know(self, seen: Seen) -> Entry:
        self._known[seen] = self._enter(seen.key, seen.value)
        return self._known[seen]

    def _forget(self, seen: Seen) -> None:
        self._known.pop(seen, None)
