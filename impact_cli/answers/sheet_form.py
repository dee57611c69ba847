"""The form of a sheet's file, written once: by it sheets are read, written, described to databases, and followed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from impact_cli.answers.json_files import Where
from impact_cli.answers.sheet import CatalogueStamp, Consent, Origin, Sheet, Silence, Status, Submission
from impact_cli.clock import is_in_calendar

Schema = dict[str, Any]
Faults = list[tuple[Where, str]]

LONGEST_NAME = 1000  # characters: far above what is taken, and below what fills every row of a dataset
_AN_ANSWER = "une réponse est un texte, un nombre entier, une liste de textes ou un objet de textes."
_A_DATE = "une date est attendue, comme 2026-03-01T14:30:00+01:00."


class Form(Protocol):
    """What may stand under one key."""

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The value of a file's; what is wrong with it is added to `faults`, and the value is then worth nothing."""

    def write(self, value: Any) -> object:
        """The value as it stands in the file."""

    @property
    def schema(self) -> Schema:
        """Its JSON Schema."""


class Plain(NamedTuple):
    """A value that is as Python has it."""

    kind: type
    expected: str
    schema: Schema

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The value, of exactly this kind: True is no number."""
        if type(raw) is not self.kind:
            faults.append((where, self.expected))
        elif self.schema.get("minLength") and not raw:
            faults.append((where, "le texte est vide."))
        elif isinstance(raw, str) and len(raw) > self.schema.get("maxLength", len(raw)):
            faults.append((where, f"le texte est trop long\u00a0: {LONGEST_NAME} caractères au plus."))
        elif isinstance(raw, int) and raw < self.schema.get("minimum", raw):
            faults.append((where, self.expected))
        return raw

    def write(self, value: Any) -> object:
        """As it is."""
        return value


class Chosen(NamedTuple):
    """One of the words of an enumeration."""

    words: type[StrEnum]

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The member of that word."""
        if isinstance(raw, str) and raw in list(self.words):
            return self.words(raw)
        faults.append((where, f"la valeur n’est pas une de celles attendues : {', '.join(self.words)}."))
        return None

    def write(self, value: Any) -> object:
        """Its word."""
        return str(value)

    @property
    def schema(self) -> Schema:
        """The words."""
        return {"enum": [word.value for word in self.words]}


class Moment:
    """A date with its offset."""

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The moment, within the years whose every hour has a date everywhere on earth."""
        try:
            moment = datetime.fromisoformat(raw) if isinstance(raw, str) else None
        except ValueError:
            moment = None
        if moment is None or not isinstance(raw, str) or "T" not in raw.upper().replace(" ", "T"):
            faults.append((where, _A_DATE))
        elif moment.tzinfo is None:
            faults.append((where, "la date doit porter son décalage horaire, comme +01:00."))
        elif not is_in_calendar(moment):
            faults.append((where, "cette date est hors du calendrier."))
        return moment

    def write(self, value: Any) -> object:
        """To the second."""
        return value.isoformat(timespec="seconds")

    @property
    def schema(self) -> Schema:
        """ISO 8601."""
        return {"type": "string", "format": "date-time"}


class Words:
    """A list of texts."""

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The texts."""
        if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
            faults.append((where, "une liste de textes est attendue."))
            return ()
        return tuple(raw)

    def write(self, value: Any) -> object:
        """As it is."""
        return value

    @property
    def schema(self) -> Schema:
        """An array of strings."""
        return {"type": "array", "items": {"type": "string"}}


class Answered:
    """The value of an answer, in the form of any kind of question."""

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The value, with a tuple for a list."""
        if type(raw) in (str, int):
            return raw
        inner: Sequence[object] = ()
        if isinstance(raw, list):
            inner = raw
        elif isinstance(raw, dict):
            inner = [*raw.values()]
        else:
            faults.append((where, _AN_ANSWER))
        if not all(isinstance(each, str) for each in inner):
            faults.append((where, _AN_ANSWER))
        return tuple(inner) if isinstance(raw, list) else raw

    def write(self, value: Any) -> object:
        """As it is."""
        return value

    @property
    def schema(self) -> Schema:
        """Any value; the questions of a catalogue say more."""
        words: Schema = {"type": "string"}
        several: Schema = {"type": "array", "items": words}
        return {"anyOf": [words, {"type": "integer"}, several, {"type": "object", "additionalProperties": words}]}


class Entries(NamedTuple):
    """Values by the key of their question."""

    form: Form

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The values by key."""
        if not isinstance(raw, dict):
            faults.append((where, "un objet {…} est attendu."))
            return {}
        return {key: self.form.read(value, (*where, key), faults) for key, value in raw.items()}

    def write(self, value: Any) -> object:
        """The values by key."""
        return {key: self.form.write(each) for key, each in value.items()}

    @property
    def schema(self) -> Schema:
        """An object of such values."""
        return {"type": "object", "additionalProperties": self.form.schema}


class Part(NamedTuple):
    """One key of an object: its form, and the field of our data that holds it, where that has another name."""

    form: Form
    field: str = ""
    required: bool = False


class Record(NamedTuple):
    """An object with keys of its own, made into `kind`; keys it does not know survive in `extra`."""

    kind: Callable[..., Any]
    parts: Mapping[str, Part]

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The object, where it has no fault."""
        if not isinstance(raw, dict):
            faults.append((where, "un objet {…} est attendu."))
            return None
        known = {
            part.field or key: part.form.read(raw[key], (*where, key), faults)
            for key, part in self.parts.items()
            if key in raw
        }
        missing = [key for key, part in self.parts.items() if part.required and key not in raw]
        faults += [((*where, key), "la clé manque.") for key in missing]
        extra = {key: value for key, value in raw.items() if key not in self.parts}
        return None if faults else self.kind(**known, extra=extra)

    def write(self, value: Any) -> object:
        """The object, without what it does not hold."""
        held = {key: (part, getattr(value, part.field or key)) for key, part in self.parts.items()}
        known = {
            key: part.form.write(each) for key, (part, each) in held.items() if part.required or each not in (None, "")
        }
        return {**known, **value.extra}

    @property
    def schema(self) -> Schema:
        """An object, with what it must have."""
        return {
            "type": "object",
            "required": [key for key, part in self.parts.items() if part.required],
            "properties": {key: part.form.schema for key, part in self.parts.items()},
        }


_TEXT = Plain(str, "un texte est attendu.", {"type": "string"})
_NAME = Plain(str, "un texte est attendu.", {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME})
_YES_NO = Plain(bool, "true ou false est attendu.", {"type": "boolean"})
_MOMENT = Moment()

SHEET = Record(
    Sheet,
    {
        "format": Part(Plain(int, "un nombre entier est attendu.", {"type": "integer", "minimum": 1}), required=True),
        "catalogue": Part(
            Record(CatalogueStamp, {key: Part(_TEXT, required=True) for key in ("id", "version", "fingerprint")}),
            required=True,
        ),
        "venue": Part(_NAME, required=True),
        "edition": Part(_NAME, required=True),
        "status": Part(Chosen(Status), required=True),
        "created": Part(_MOMENT, required=True),
        "changed": Part(_MOMENT, required=True),
        "former_edition": Part(_NAME),
        "voices": Part(Words()),
        "origin": Part(
            Record(
                Origin,
                {
                    "from": Part(_NAME, field="source", required=True),
                    "read": Part(_MOMENT, required=True),
                    "edition_said": Part(_YES_NO, required=True),
                },
            )
        ),
        "submission": Part(
            Record(
                Submission,
                {
                    "instances": Part(Words(), required=True),
                    "voice": Part(_TEXT, required=True),
                    "said": Part(_TEXT, required=True),
                    "read": Part(_MOMENT, required=True),
                },
            )
        ),
        "answers": Part(Entries(Answered())),
        "silences": Part(Entries(Chosen(Silence))),
        "uncertain": Part(Entries(_TEXT)),
        "consent": Part(
            Entries(
                Record(
                    Consent,
                    {
                        "publish": Part(_YES_NO, required=True),
                        "words": Part(_TEXT, required=True),
                        "from": Part(_TEXT, field="source"),
                    },
                )
            )
        ),
        "quotation": Part(_NAME),
        "unplaced": Part(Words()),
    },
)
BY_QUESTION = ("answers", "silences", "uncertain", "consent")  # the maps whose keys are those of questions
