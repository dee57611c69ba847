"""What one submission says, as answers of today's catalogue; whatever has no place there is kept word for word."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from impact_cli.answers.sheet import Silence, Value
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.exchange.field import metadata, naming
from impact_cli.exchange.field.fields import Choices, Field, Fields, Role
from impact_cli.exchange.field.instances import Pairs
from impact_cli.typography import fold

_TRUE = ("1", "true", "oui", "vrai", "yes", "x", "1.0")
_FALSE = ("", "0", "false", "non", "faux", "no", "0.0", "n/a")
_NOTHING = ("", "n/a")  # what some exports write where nothing was answered
_WHOLE = re.compile(r"([+-]?\d+)[.,]0+")
_OPENING = {naming.VENUE: "venue", naming.EDITION: "edition", naming.VOICE: "voice", naming.STAMP: "stamp"}
_BETWEEN_LABELS = " ,;|"
_UNKNOWN = "le formulaire a pour elle une réponse que ce questionnaire ne connaît pas"
_BOTH = "l’envoi lui donne une réponse et dit aussi qu’elle n’en a pas"


@dataclass(slots=True)
class Filled:
    """A submission as answers: what was said, what is doubted, what has no place, by whom and of which venue.

    `strangers` are the columns that no field of ours is, `refused` the questions whose value they do not take.
    """

    venue: str = ""
    edition: str = ""
    voice: str = ""
    stamp: str = ""
    answers: dict[str, Value] = field(default_factory=dict)
    silences: dict[str, Silence] = field(default_factory=dict)
    consents: dict[str, bool] = field(default_factory=dict)
    uncertain: dict[str, str] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    media: int = 0


def digest_filled(filled: Filled) -> str:
    """By what it is seen that a submission says something else than before, however it was exported."""
    said = [
        filled.venue,
        filled.edition,
        filled.voice,
        filled.answers,
        filled.silences,
        filled.consents,
        filled.refused,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def fill(fields: Fields, catalogue: Catalogue, pairs: Pairs) -> Filled:
    """The answers of one submission."""
    return _Filling(fields, catalogue).fill(pairs)


class _Filling:
    def __init__(self, fields: Fields, catalogue: Catalogue) -> None:
        self.fields = fields
        self.catalogue = catalogue
        self.filled = Filled()
        self.raw: dict[str, list[tuple[Field, str]]] = {}  # by key of a question
        self.ticked: dict[str, list[str]] = {}  # options with a column of their own, by key
        self.silent: dict[str, tuple[Field, str]] = {}
        self.agreed: dict[str, tuple[Field, str]] = {}

    def fill(self, pairs: Pairs) -> Filled:
        for head, value in pairs:
            self._sort(head, value)
        for key, question in self.catalogue.questions.items():
            if key in self.raw or key in self.ticked:
                self._answer(key, question)
            if key in self.silent:
                self._say_silence(key, *self.silent[key])
            if key in self.agreed:
                self._say_consent(key, *self.agreed[key])
        return self.filled

    def _sort(self, head: str, value: str) -> None:
        """Set a value beside the others of its question."""
        name, _, option = head.partition("/")
        found = self.fields.find(name)
        if found is None or (option and not self._is_many(found)):
            self._keep_stranger(head, value)
        elif found.role is Role.OPENING:
            self._open(name, value)
        elif option:
            self._tick(found, option, value)
        elif value.strip() in _NOTHING and found.choices.ids:
            pass
        elif found.role is Role.SILENCE:
            self.silent.setdefault(found.key, (found, value))
        elif found.role is Role.CONSENT:
            self.agreed.setdefault(found.key, (found, value))
        else:
            self.raw.setdefault(found.key, []).append((found, value))

    def _is_many(self, found: Field) -> bool:
        return found.role is Role.ANSWER and isinstance(self.catalogue.questions[found.key], Many)

    def _keep_stranger(self, head: str, value: str) -> None:
        note = head.rpartition("/")[2].startswith(naming.NOTES)
        if not value.strip() or metadata.is_left(head) or note:
            return
        self.filled.media += metadata.is_media(value)
        self.filled.strangers.append(head)
        self.filled.unplaced.append(f"{head}\u00a0: {value}")

    def _open(self, name: str, value: str) -> None:
        if name in _OPENING:
            setattr(self.filled, _OPENING[name], " ".join(value.split()))

    def _tick(self, found: Field, option: str, value: str) -> None:
        said = fold(value)
        if said in _TRUE:
            self.ticked.setdefault(found.key, []).append(option)
        elif said not in _FALSE:
            self._refuse(found.key, f"{option} {value}")

    def _answer(self, key: str, question: Question) -> None:
        given: object
        match question:
            case Many():
                given = self._choose_several(key)
            case Grid():
                rows = {found.row: self._choose(key, found, value) for found, value in self.raw[key]}
                given = {row: choice for row, choice in rows.items() if choice}
            case One() | Rating():
                given = self._choose(key, *self._take_first(key))
            case Number():
                given = _make_whole(self._take_first(key)[1]).strip()
            case Text() | Keywords():
                value = self._take_first(key)[1]
                given = value.strip() and value
            case _:
                assert_never(question)
        if given:
            self._keep(key, given)

    def _take_first(self, key: str) -> tuple[Field, str]:
        """The field and its value; what another column of the same name says otherwise is kept."""
        (found, value), *others = self.raw[key]
        for _, other in others:
            if other != value:
                self._refuse(key, other)
        return found, value

    def _choose(self, key: str, found: Field, value: str) -> str | None:
        """The id of one choice; None, and a doubt, for what is none."""
        chosen = found.choices.find(_make_whole(value))
        if chosen is None:
            self._refuse(key, f"{found.label or found.row}, {value}" if found.row else value)
        return chosen

    def _choose_several(self, key: str) -> Sequence[str]:
        """The options of the columns that each has, else those of the one cell."""
        found, value = self._take_first(key) if key in self.raw else (self.fields.require(key), "")
        ticked = [(option, found.choices.find(option)) for option in self.ticked.get(key, ())]
        options = ticked or _split(value, found.choices)
        for option, chosen in options:
            if chosen is None:
                self._refuse(key, option)
        return list(dict.fromkeys(chosen for _, chosen in options if chosen))

    def _keep(self, key: str, value: object) -> None:
        try:
            self.filled.answers[key] = read_value(self.catalogue.questions[key], value)
        except AnswerError as error:
            said = ", ".join(value) if isinstance(value, list) else str(value)
            self._refuse(key, said, str(error))

    def _refuse(self, key: str, value: str, reason: str = _UNKNOWN) -> None:
        """Keep a value that the question does not take, and ask about it first."""
        self.filled.unplaced.append(f"{self.catalogue.questions[key].ask} {value}")
        self.filled.uncertain.setdefault(key, reason.rstrip("."))
        self.filled.refused.append(key)

    def _say_silence(self, key: str, found: Field, value: str) -> None:
        said = found.choices.find(value)
        if said is None or key in self.filled.answers:
            self._refuse(key, value, _BOTH if said else _UNKNOWN)
        else:
            self.filled.silences[key] = Silence(said)

    def _say_consent(self, key: str, found: Field, value: str) -> None:
        said = found.choices.find(value)
        if said is None:
            self._refuse(key, value)
        elif key in self.filled.answers:
            self.filled.consents[key] = said == naming.YES


def _make_whole(value: str) -> str:
    """A whole number without the decimals that a spreadsheet adds."""
    whole = _WHOLE.fullmatch(value.strip())
    return whole[1] if whole else value


def _split(value: str, choices: Choices) -> list[tuple[str, str | None]]:
    """The options in one cell, each with today’s id: ids between spaces, or labels one after the other."""
    ids = [(each, choices.ids.get(each)) for each in value.split()]
    labels = list(_split_labels(fold(value), choices.labels))
    known = sum(chosen is not None for _, chosen in ids)
    return ids if known == len(ids) or (known and not all(chosen for _, chosen in labels)) else labels


def _split_labels(rest: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The longest label that fits first; what begins with none is one unknown option."""
    longest = sorted(labels, key=len, reverse=True)
    while rest := rest.lstrip(_BETWEEN_LABELS):
        label = next((each for each in longest if rest.startswith(each)), rest)
        yield label, labels.get(label)
        rest = rest[len(label) :]
