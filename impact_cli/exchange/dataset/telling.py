"""What a dataset tells of one sheet: the state of every question, and the answers that may leave the venue."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from impact_cli.answers.collection.walking import Walker
from impact_cli.answers.consent import is_free
from impact_cli.answers.doubts import is_held_back
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.model import Catalogue


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
_SILENCES = {silence: State(silence.value) for silence in Silence}


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet: the state of each question in the order asked, and the values that are told.

    The words of `withheld` keys have no consent; they are among the values of a dataset that stays at home only. What
    is `doubted` is still to be confirmed; what is `contradicted` cannot be true together with other answers.
    """

    sheet: Sheet
    states: Mapping[str, State]
    values: Mapping[str, Value]
    doubted: frozenset[str]
    withheld: frozenset[str]
    contradicted: frozenset[str]


class Teller:
    """Tells sheets, one after the other; where the dataset is `internal`, with the words without consent."""

    def __init__(self, catalogue: Catalogue, *, internal: bool) -> None:
        self._catalogue = catalogue
        self._internal = internal
        self._walker = Walker(catalogue)
        self._free = {key for key, question in catalogue.questions.items() if is_free(question)}

    def tell(self, sheet: Sheet) -> Told:
        """What the dataset tells of a sheet."""
        walked = self._walker.walk(sheet)
        states = dict.fromkeys(self._catalogue.questions, State.NOT_ASKED)
        values: dict[str, Value] = {}
        for key, said in walked.answers.items():
            if isinstance(said, Silence):
                states[key] = _SILENCES[said]
            elif said is not None:
                states[key] = State.ANSWERED
                values[key] = said
            elif key in walked.sheet.answers:
                states[key] = State.MISREAD
        withheld = frozenset(key for key in self._free & values.keys() if not walked.sheet.may_publish(key))
        doubted = frozenset(values.keys() & walked.sheet.uncertain.keys())
        unclear = {key for key in doubted if self._is_unclear(walked.sheet, key)}
        for key in unclear if self._internal else unclear | withheld:
            del values[key]
        return Told(sheet, states, values, doubted, withheld, walked.contradicted)

    def _is_unclear(self, sheet: Sheet, key: str) -> bool:
        """Whether the words were read from a report and perhaps nobody's, as the reports do not print them either."""
        said = sheet.answers[key]
        return isinstance(said, str) and is_held_back(self._catalogue, said, sheet.uncertain[key])
