"""What was said about one venue for one edition, as frozen data."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from impact_cli.answers.migrations import latest_format

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


PUBLISHED = "published"  # where words, or a whole sheet, come from: a report that was published


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether free words may be published: those whose digest is `words`, and no others.

    `source` is PUBLISHED for words that were read from a published report, empty where the venue was asked.
    """

    publish: bool
    words: str
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported sheet comes from: its `source`, when it was read, whether its edition was said there."""

    source: str
    read: datetime
    edition_said: bool
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """Where a sheet that came from a form comes from: by what it is known again, in whose name, when it was read.

    `instances` has all the ids that servers gave it, also before it was edited; `said` is the digest of its values.
    """

    instances: tuple[str, ...]
    voice: str
    said: str
    read: datetime
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)


def _digest_words(words: str) -> str:
    """What consent is bound to: the SHA-256 of the words, hexadecimal."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The answers of one venue for one edition, by key `section.question`; a key is in one of the two maps at most.

    `unplaced` keeps what a reader could not place, verbatim; `uncertain` the reason to doubt an answer, by key;
    `consent` whether a text may be published, by key, where the venue has said so: `may_publish` reads it.
    `quotation` is the key of the text the venue chose for the first page, `former_edition` the one whose answers are
    proposed until each is confirmed, as are those of the editions named `voices` where they agree; `extra` are the
    keys of the file that this version does not know.
    """

    venue: str
    edition: str
    catalogue: CatalogueStamp
    created: datetime
    changed: datetime
    status: Status = Status.IN_PROGRESS
    former_edition: str | None = None
    voices: tuple[str, ...] | None = None
    origin: Origin | None = None
    submission: Submission | None = None
    answers: Mapping[str, Value] = field(default_factory=dict)
    silences: Mapping[str, Silence] = field(default_factory=dict)
    uncertain: Mapping[str, str] = field(default_factory=dict)
    consent: Mapping[str, Consent] = field(default_factory=dict)
    quotation: str | None = None
    unplaced: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    format: int = field(default_factory=latest_format)

    def answer(self, key: str) -> Answer | None:
        """What was said to the question, None if it was not asked."""
        return self.answers.get(key, self.silences.get(key))

    @property
    def said(self) -> dict[str, Answer]:
        """All that was said, by key."""
        return {**self.answers, **self.silences}

    def find_consent(self, key: str) -> Consent | None:
        """What the venue said of publishing the words the question has now; None where it was not asked about them."""
        given, words = self.consent.get(key), self._free_words(key)
        return given if given and words is not None and given.words == _digest_words(words) else None

    def _free_words(self, key: str) -> str | None:
        """What was typed: a text, or keywords."""
        words = self.answers.get(key)
        return ", ".join(words) if isinstance(words, tuple) else words if isinstance(words, str) else None

    def may_publish(self, key: str) -> bool:
        """Whether the words of the question, as they are now, may leave the venue."""
        given = self.find_consent(key)
        return given is not None and given.publish

    def with_consent(self, key: str, *, publish: bool, source: str = "") -> "Sheet":
        """A copy in which the words that the question has now may, or may not, be published."""
        words = self._free_words(key)
        if words is None:
            return self
        consent = {**self.consent, key: Consent(publish, _digest_words(words), source)}
        return replace(self, consent=dict(sorted(consent.items())))

    def with_answer(self, key: str, answer: Answer, now: datetime) -> "Sheet":
        """A copy in which the question has this answer, certain, in place of the one it had."""
        return self.with_answers({key: answer}, now)

    def with_answers(self, given: Mapping[str, Answer], now: datetime) -> "Sheet":
        """A copy in which these questions have these answers, certain, in place of those they had."""
        said = {**{key: each for key, each in self.said.items() if key not in given}, **given}
        return replace(
            self,
            answers={key: each for key, each in said.items() if not isinstance(each, Silence)},
            silences={key: each for key, each in said.items() if isinstance(each, Silence)},
            uncertain={key: reason for key, reason in self.uncertain.items() if key not in given},
            changed=now,
        ).without_stale_consent()

    def without_stale_consent(self) -> "Sheet":
        """A copy that remembers nothing of words that are gone: no digest by which they could be guessed."""
        return replace(self, consent={key: given for key, given in self.consent.items() if self.find_consent(key)})

    def in_order(self, keys: Iterable[str]) -> "Sheet":
        """A copy whose answers stand in the order of these keys, others last."""
        order = dict.fromkeys([*keys, *sorted(self.said)])
        answers = {key: self.answers[key] for key in order if key in self.answers}
        silences = {key: self.silences[key] for key in order if key in self.silences}
        return replace(self, answers=answers, silences=silences)
