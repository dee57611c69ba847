"""Sheets as this program writes them, decoded in a fifth of the time; whatever is written otherwise is left alone.

`decode_sheet` says what a sheet is. This gives the same sheet or None, which tests hold it to.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from impact_cli.answers.migrations import latest_format
from impact_cli.answers.sheet import CatalogueStamp, Consent, Origin, Sheet, Silence, Status
from impact_cli.answers.sheet_form import SHEET
from impact_cli.clock import is_in_calendar

_REQUIRED = frozenset(key for key, part in SHEET.parts.items() if part.required)
_KNOWN = frozenset(SHEET.parts)
_STAMP = {"id", "version", "fingerprint"}
_ORIGIN = {"from", "read", "edition_said"}
_CONSENT = {"publish", "words"}, {"publish", "words", "from"}
_TEXTS = {str}
_SILENCES: Mapping[Any, Silence] = {silence.value: silence for silence in Silence}
_STATUSES: Mapping[Any, Status] = {status.value: status for status in Status}


class _OtherwiseError(Exception):
    """Something is not as this program writes it."""


def decode_plain(content: bytes) -> Sheet | None:
    """The sheet, or None where something in it is faulty, unknown, older, newer or merely unusual."""
    if not content.startswith(b"{") or b"\\u" in content or b": -0" in content:
        return None
    try:
        document = json.loads(content.decode())
        return _read(document) if _is_plain(document, content) else None
    except (ValueError, TypeError, KeyError, RecursionError, _OtherwiseError):
        return None


def _is_plain(document: Any, content: bytes) -> bool:
    """Whether its keys are known, and none can have been written twice: there are as many colons as keys."""
    if not _REQUIRED <= document.keys() <= _KNOWN or document["format"] != latest_format():
        return False
    maps = [each for each in document.values() if type(each) is dict]
    inner = [each for entries in maps for each in entries.values() if type(each) is dict]
    keys = len(document) + sum(map(len, maps)) + sum(map(len, inner))
    return content.count(b'": ') == keys == content.count(b'":')


def _read(document: dict[str, Any]) -> Sheet:
    stamp = document["catalogue"]
    answers = _read_answers(document.get("answers", {}))
    silences = {key: _SILENCES[said] for key, said in document.get("silences", {}).items()}
    _require(stamp.keys() == _STAMP and answers.keys().isdisjoint(silences))
    return Sheet(
        format=_read_as(int, document["format"]),
        catalogue=CatalogueStamp(*(_read_as(str, stamp[key]) for key in ("id", "version", "fingerprint"))),
        venue=_read_name(document["venue"]),
        edition=_read_name(document["edition"]),
        status=_STATUSES[document["status"]],
        created=_read_moment(document["created"]),
        changed=_read_moment(document["changed"]),
        former_edition=_read_name(document["former_edition"]) if "former_edition" in document else None,
        origin=_read_origin(document["origin"]) if "origin" in document else None,
        unplaced=_read_texts(document.get("unplaced", [])),
        answers=answers,
        silences=silences,
        uncertain={key: _read_as(str, reason) for key, reason in document.get("uncertain", {}).items()},
        consent={key: _read_consent(given) for key, given in document.get("consent", {}).items()},
        quotation=_read_name(document["quotation"]) if "quotation" in document else None,
    )


def _require(holds: bool) -> None:
    if not holds:
        raise _OtherwiseError


def _read_as(kind: type, raw: Any) -> Any:
    _require(type(raw) is kind)
    return raw


def _read_name(raw: Any) -> str:
    _require(type(raw) is str and raw != "")
    return str(raw)


def _read_answers(raw: Any) -> dict[str, Any]:
    """Numbers and texts as they are; lists as tuples, and objects, of texts alone."""
    answers: dict[str, Any] = {key: tuple(said) if type(said) is list else said for key, said in raw.items()}
    for said in answers.values():
        kind: type = type(said)
        if kind is not str and kind is not int:
            inner = said if kind is tuple else said.values() if kind is dict else [None]
            _require({*map(type, inner)} <= _TEXTS)
    return answers


def _read_texts(raw: Any) -> tuple[str, ...]:
    _require(type(raw) is list and {*map(type, raw)} <= _TEXTS)
    return tuple(raw)


def _read_origin(raw: Any) -> Origin:
    _require(raw.keys() == _ORIGIN)
    return Origin(_read_name(raw["from"]), _read_moment(raw["read"]), _read_as(bool, raw["edition_said"]))


def _read_moment(raw: Any) -> datetime:
    """A date as it is written here, "2026-03-01T14:30:00+01:00"; other ways of writing one are left alone."""
    moment = datetime.fromisoformat(raw)
    _require(raw[10] == "T" and moment.tzinfo is not None and is_in_calendar(moment))
    return moment


def _read_consent(raw: Any) -> Consent:
    _require(raw.keys() in _CONSENT)
    return Consent(_read_as(bool, raw["publish"]), _read_as(str, raw["words"]), _read_as(str, raw.get("from", "")))
