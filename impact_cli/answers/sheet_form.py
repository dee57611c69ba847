"""The form of a sheet's file, written once: by it sheets are read, written, described to databases, and followed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, TypeGuard

from impact_cli.answers.json_files import Where
from impact_cli.answers.sheet import CatalogueStamp, Consent, Origin, Sheet, Silence, Status, Submission
from impact_cli.clock import is_in_calendar

Schema = dict[str, Any]
Faults = list[tuple[Where, str]]

_FIELDS = {"from": "source"}  # of our data, where Python has no such name
LONGEST_NAME = 1000  # characters: far above what is taken, and below what fills every row of a dataset


class _Misfit(Exception):  # noqa: N818  a signal to the form above, which knows where it is
    """What is wrong with a value, in French."""


class Leaf(NamedTuple):
    """A value without keys of its own; `take` gives it as Python has it, `give` as it stands in the file."""

    take: Callable[[object], Any]
    schema: Schema
    give: Callable[[Any], object] = lambda value: value

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The value of a file's; what is wrong with it is added to `faults`, and there is none then."""
        try:
            return self.take(raw)
        except _Misfit as misfit:
            faults.append((where, str(misfit)))

    def write(self, value: Any) -> object:
        """The value as it stands in the file."""
        return self.give(value)


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


class Record(NamedTuple):
    """An object with keys of its own, those that it must have first, made into `kind`; others survive in `extra`."""

    kind: Callable[..., Any]
    required: Mapping[str, "Form"]
    optional: Mapping[str, "Form"] = MappingProxyType({})

    @property
    def forms(self) -> Mapping[str, "Form"]:
        """What may stand under each key, in the order of the file."""
        return {**self.required, **self.optional}

    def read(self, raw: object, where: Where, faults: Faults) -> Any:
        """The object, where it has no fault."""
        held = _OBJECT.read(raw, where, faults)
        if held is None:
            return None
        forms = self.forms
        known = {
            _FIELDS.get(key, key): form.read(held[key], (*where, key), faults)
            for key, form in forms.items()
            if key in held
        }
        faults += [((*where, key), "la clé manque.") for key in self.required if key not in held]
        extra = {key: value for key, value in held.items() if key not in forms}
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


def _refuse(what: str) -> NoReturn:
    raise _Misfit(what)


def _take(kind: type, expected: str) -> Callable[[object], Any]:
    """A value of exactly this kind: True is no number."""
    return lambda raw: raw if type(raw) is kind else _refuse(expected)


_take_text = _take(str, "un texte est attendu.")


def _take_name(raw: object) -> str:
    name: str = _take_text(raw)
    if not name:
        _refuse("le texte est vide.")
    if len(name) > LONGEST_NAME:
        _refuse(f"le texte est trop long\u00a0: {LONGEST_NAME} caractères au plus.")
    return name


def _take_format(raw: object) -> int:
    return raw if type(raw) is int and raw > 0 else _refuse("un nombre entier est attendu.")


def _take_moment(raw: object) -> datetime:
    """A date with its offset, within the years whose every hour has a date everywhere on earth."""
    expected = "une date est attendue, comme 2026-03-01T14:30:00+01:00."
    if not isinstance(raw, str) or "T" not in raw.upper().replace(" ", "T"):
        _refuse(expected)
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        _refuse(expected)
    if moment.tzinfo is None:
        _refuse("la date doit porter son décalage horaire, comme +01:00.")
    return moment if is_in_calendar(moment) else _refuse("cette date est hors du calendrier.")


def _take_words(raw: object) -> tuple[str, ...]:
    return tuple(raw) if _is_of_texts(raw) else _refuse("une liste de textes est attendue.")


def _take_answer(raw: object) -> Any:
    """The value of any kind of question, with a tuple for a list."""
    match raw:
        case dict() if _is_of_texts([*raw.values()]):
            return raw
        case list() if _is_of_texts(raw):
            return tuple(raw)
        case _ if type(raw) in (str, int):
            return raw
    _refuse("une réponse est un texte, un nombre entier, une liste de textes ou un objet de textes.")


def _is_of_texts(raw: object) -> TypeGuard[list[str]]:
    return isinstance(raw, list) and all(isinstance(each, str) for each in raw)


def _choose(words: type[StrEnum]) -> Leaf:
    """One of the words of an enumeration."""

    def take(raw: object) -> StrEnum:
        if isinstance(raw, str) and raw in list(words):
            return words(raw)
        _refuse(f"la valeur n’est pas une de celles attendues\u00a0: {', '.join(words)}.")

    return Leaf(take, {"enum": [word.value for word in words]}, str)


_STRING: Schema = {"type": "string"}
_STRINGS: Schema = {"type": "array", "items": _STRING}
_OBJECT = Leaf(_take(dict, "un objet {…} est attendu."), {"type": "object"})
TEXT = Leaf(_take_text, _STRING)
_NAME = Leaf(_take_name, {**_STRING, "minLength": 1, "maxLength": LONGEST_NAME})
_YES_NO = Leaf(_take(bool, "true ou false est attendu."), {"type": "boolean"})
_WORDS = Leaf(_take_words, _STRINGS)
MOMENT = Leaf(_take_moment, {**_STRING, "format": "date-time"}, lambda moment: moment.isoformat(timespec="seconds"))
ANSWER = Leaf(
    _take_answer,
    {"anyOf": [_STRING, {"type": "integer"}, _STRINGS, {"type": "object", "additionalProperties": _STRING}]},
)
SILENCE = _choose(Silence)

SHEET = Record(
    Sheet,
    {
        "format": Leaf(_take_format, {"type": "integer", "minimum": 1}),
        "catalogue": Record(CatalogueStamp, {"id": TEXT, "version": TEXT, "fingerprint": TEXT}),
        "venue": _NAME,
        "edition": _NAME,
        "status": _choose(Status),
        "created": MOMENT,
        "changed": MOMENT,
    },
    {
        "former_edition": _NAME,
        "voices": _WORDS,
        "origin": Record(Origin, {"from": _NAME, "read": MOMENT, "edition_said": _YES_NO}),
        "submission": Record(Submission, {"instances": _WORDS, "voice": TEXT, "said": TEXT, "read": MOMENT}),
        "answers": Entries(ANSWER),
        "silences": Entries(SILENCE),
        "uncertain": Entries(TEXT),
        "consent": Entries(Record(Consent, {"publish": _YES_NO, "words": TEXT}, {"from": TEXT})),
        "quotation": _NAME,
        "unplaced": _WORDS,
    },
)
BY_QUESTION = tuple(key for key, form in SHEET.forms.items() if isinstance(form, Entries))
