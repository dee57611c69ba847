"""The form of a sheet's file, written once: by it sheets are read, written, described to databases, and followed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import EnumType, StrEnum
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, ValidationError, convert
from msgspec.json import schema

from impact_cli.answers.json_files import Where
from impact_cli.answers.sheet import CatalogueStamp, Consent, Origin, Sheet, Silence, Status, Submission, Value
from impact_cli.clock import is_in_calendar

Schema = dict[str, Any]
Faults = list[tuple[Where, str]]

_FIELDS = {"from": "source"}  # of our data, where Python has no such name
LONGEST_NAME = 1000  # characters: far above what is taken, and below what fills every row of a dataset


class Leaf(NamedTuple):
    """A value without keys of its own: its type, and what is said in place of another."""

    kind: Any
    expected: str

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The value of a file's; what is wrong with it is added to `faults`, and there is none then."""
        try:
            value = convert(raw, self.kind)
        except ValidationError:
            value = None
        if value is None or (isinstance(value, datetime) and not is_in_calendar(value)):
            faults.append((where, self.expected))
            return None
        return value

    def write(self, value: Any) -> object:
        """The value as it stands in the file."""
        match value:
            case datetime():
                return value.isoformat(timespec="seconds")
            case StrEnum():
                return value.value
            case _:
                return value

    @property
    def schema(self) -> Schema:
        """Its JSON Schema."""
        return {"enum": [*map(str, self.kind)]} if isinstance(self.kind, EnumType) else schema(self.kind)


class Entries(NamedTuple):
    """Values by the key of their question."""

    form: "Form"

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The values by key."""
        entries = _OBJECT.read(raw, where, faults) or {}
        return {key: self.form.read(value, (*where, key), faults) for key, value in entries.items()}

    def write(self, value: Any) -> object:
        """The values by key."""
        return {key: self.form.write(each) for key, each in value.items()}

    @property
    def schema(self) -> Schema:
        """An object of such values."""
        return {"type": "object", "additionalProperties": self.form.schema}


@dataclass(frozen=True)
class Record:
    """An object with keys of its own, those that it must have first, made into `kind`; others survive in `extra`."""

    kind: Callable[..., Any]
    required: Mapping[str, "Form"]
    optional: Mapping[str, "Form"] = field(default_factory=dict)

    @cached_property
    def forms(self) -> Mapping[str, "Form"]:
        """What may stand under each key, in the order of the file."""
        return {**self.required, **self.optional}

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The object, where it has no fault."""
        held = _OBJECT.read(raw, where, faults)
        if held is None:
            return None
        known = {
            _FIELDS.get(key, key): form.read(held[key], (*where, key), faults)
            for key, form in self.forms.items()
            if key in held
        }
        faults += [((*where, key), "la clé manque.") for key in self.required if key not in held]
        extra = {key: value for key, value in held.items() if key not in self.forms}
        return None if faults else self.kind(**known, extra=extra)

    def write(self, value: Any) -> object:
        """The object, without what it does not hold."""
        held = {key: getattr(value, _FIELDS.get(key, key)) for key in self.forms}
        known = {
            key: form.write(held[key])
            for key, form in self.forms.items()
            if key in self.required or held[key] not in (None, "")
        }
        return {**known, **value.extra}

    @property
    def schema(self) -> Schema:
        """An object, with what it must have."""
        properties = {key: form.schema for key, form in self.forms.items()}
        return {"type": "object", "required": [*self.required], "properties": properties}


Form = Leaf | Entries | Record


def _choose(words: type[StrEnum]) -> Leaf:
    return Leaf(words, f"la valeur n’est pas une de celles attendues\u00a0: {', '.join(words)}.")


_OBJECT = Leaf(dict[str, Any], "un objet {…} est attendu.")
_TEXT = Leaf(str, "un texte est attendu.")
_NAME = Leaf(
    Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)],
    f"un texte de 1 à {LONGEST_NAME} caractères est attendu.",
)
_COUNT = Leaf(Annotated[int, Meta(ge=1)], "un nombre entier est attendu.")
_YES_NO = Leaf(bool, "true ou false est attendu.")
_WORDS = Leaf(tuple[str, ...], "une liste de textes est attendue.")
_MOMENT = Leaf(
    Annotated[datetime, Meta(tz=True)],
    "une date du calendrier est attendue, avec son décalage horaire\u00a0: 2026-03-01T14:30:00+01:00.",
)
_ANSWER = Leaf(Value, "une réponse est un texte, un nombre entier, une liste de textes ou un objet de textes.")
_SILENCE = _choose(Silence)

SHEET = Record(
    Sheet,
    {
        "format": _COUNT,
        "catalogue": Record(CatalogueStamp, {"id": _TEXT, "version": _TEXT, "fingerprint": _TEXT}),
        "venue": _NAME,
        "edition": _NAME,
        "status": _choose(Status),
        "created": _MOMENT,
        "changed": _MOMENT,
    },
    {
        "former_edition": _NAME,
        "voices": _WORDS,
        "origin": Record(Origin, {"from": _NAME, "read": _MOMENT, "edition_said": _YES_NO}),
        "submission": Record(Submission, {"instances": _WORDS, "voice": _TEXT, "said": _TEXT, "read": _MOMENT}),
        "answers": Entries(_ANSWER),
        "silences": Entries(_SILENCE),
        "uncertain": Entries(_TEXT),
        "consent": Entries(Record(Consent, {"publish": _YES_NO, "words": _TEXT}, {"from": _TEXT})),
        "quotation": _NAME,
        "unplaced": _WORDS,
    },
)
BY_QUESTION = tuple(key for key, form in SHEET.forms.items() if isinstance(form, Entries))
