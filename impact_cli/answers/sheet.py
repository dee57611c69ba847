"""What was said about one venue for one edition, as frozen data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

# many and keywords: ids or words; one: an id; number and rating: a number; text: words; grid: row id → choice id.
Value = int | str | tuple[str, ...] | Mapping[str, str]


class Silence(StrEnum):
    """Why a question has no value. A question that is in neither map of the sheet was not asked."""

    SKIPPED = "skipped"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"


Answer = Value | Silence


class Status(StrEnum):
    """Whether the manager has said that the sheet is complete."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class CatalogueStamp:
    """The catalogue a sheet was last answered with; `extra` are keys of the file that this version does not know."""

    id: str
    version: str
    fingerprint: str
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The answers of one venue for one edition, by key `section.question`; a key is in one of the two maps at most.

    `unplaced` keeps what a reader could not place, verbatim; `uncertain` the reason to doubt an answer, by key;
    `cleared` whether a text may be published, by key, where the venue has said so;
    `extra` the keys of the file that this version does not know; `format` numbers the form of the file.
    """

    venue: str
    edition: str
    catalogue: CatalogueStamp
    created: datetime
    changed: datetime
    status: Status = Status.IN_PROGRESS
    answers: Mapping[str, Value] = field(default_factory=dict)
    silences: Mapping[str, Silence] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, bool] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    format: int = 1

    def answer(self, key: str) -> Answer | None:
        """What was said to the question, None if it was not asked."""
        return self.answers.get(key, self.silences.get(key))

    def with_answer(self, key: str, answer: Answer, now: datetime) -> "Sheet":
        """A copy in which the question has this answer, certain, in place of the one it had.

        Words that have changed are no longer cleared for publication.
        """
        answers = {other: value for other, value in self.answers.items() if other != key}
        silences = {other: silence for other, silence in self.silences.items() if other != key}
        if isinstance(answer, Silence):
            silences[key] = answer
        else:
            answers[key] = answer
        uncertain = {other: reason for other, reason in self.uncertain.items() if other != key}
        same = self.answer(key) == answer
        cleared = {other: may for other, may in self.cleared.items() if other != key or same}
        return replace(self, answers=answers, silences=silences, uncertain=uncertain, cleared=cleared, changed=now)

    def in_order(self, keys: Iterable[str]) -> "Sheet":
        """A copy whose answers stand in the order of these keys, others last."""
        rank = {key: index for index, key in enumerate(keys)}

        def place(key: str) -> tuple[int, str]:
            return rank.get(key, len(rank)), key

        answers = {key: self.answers[key] for key in sorted(self.answers, key=place)}
        silences = {key: self.silences[key] for key in sorted(self.silences, key=place)}
        return replace(self, answers=answers, silences=silences)
