"""The sheet as JSON: one object a person can read and a database can load. docs/sheet.md describes it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from impact_cli.answers.migrations import latest_format
from impact_cli.answers.sheet import CatalogueStamp, Sheet, Silence, Status, Value
from impact_cli.errors import ImpactError

LARGEST = 20_000_000  # bytes; a sheet with long texts everywhere has some tens of thousands

_STAMP = ("id", "version", "fingerprint")
_KNOWN = ("format", "catalogue", "venue", "edition", "status", "created", "changed")
_EMPTY: dict[str, Any] = {"answers": {}, "silences": {}, "uncertain": {}, "cleared": {}, "unplaced": []}


def decode_sheet(content: bytes, path: Path) -> Sheet:
    """The sheet in a file's bytes. Raises ImpactError, naming `path`, where they are not a whole and sound sheet."""
    if len(content) > LARGEST:
        raise ImpactError(
            f"{path} : le fichier dépasse {LARGEST // 1_000_000} Mo, ce n’est pas une fiche.",
            "Rien n’a été modifié. Vérifiez le chemin.",
        )
    if sheet := _read_plainly(content):
        return sheet
    from impact_cli.answers.sheet_form import read_sheet

    return read_sheet(content, path)


def _read_plainly(content: bytes) -> Sheet | None:
    """The sheet, where everything in it is plainly as we write it; None leaves it to `sheet_form` to read or refuse.

    Nearly every sheet is: pydantic, whose import takes a third of the time of `impact show`, is then not needed.
    """
    if b"\\u" in content:  # escapes can stand for halves of characters
        return None
    try:
        return _build_sheet(json.loads(content.decode("utf-8"), parse_constant=_refuse))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _build_sheet(document: dict[str, Any]) -> Sheet:
    """The sheet of a document of today's format. Raises one of the errors above where a value is not as we write it."""
    document = {**_EMPTY, **document}
    stamp = document["catalogue"]
    if document["format"] != latest_format() or document["format"] is True or tuple(stamp) != _STAMP:
        _refuse()
    silences = {key: Silence(silence) for key, silence in document["silences"].items()}
    if not silences.keys().isdisjoint(document["answers"]):
        _refuse()
    identifier, version, fingerprint = _texts(*stamp.values())
    return Sheet(
        venue=_texts(document["venue"])[0],
        edition=_texts(document["edition"])[0],
        catalogue=CatalogueStamp(identifier, version, fingerprint),
        created=_read_moment(document["created"]),
        changed=_read_moment(document["changed"]),
        status=Status(document["status"]),
        answers={key: _read_value(value) for key, value in document["answers"].items()},
        silences=silences,
        uncertain=dict(zip(document["uncertain"], _texts(*document["uncertain"].values()), strict=True)),
        cleared={key: may if isinstance(may, bool) else _refuse() for key, may in document["cleared"].items()},
        unplaced=_texts(*document["unplaced"]) if isinstance(document["unplaced"], list) else _refuse(),
        extra={key: value for key, value in document.items() if key not in (*_KNOWN, *_EMPTY)},
    )


def _texts(*values: object) -> tuple[str, ...]:
    return tuple(value if isinstance(value, str) and value else _refuse() for value in values)


def _read_moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo and moment.isoformat(timespec="seconds") == value else _refuse()


def _read_value(value: object) -> Value:
    match value:
        case int() | str() if not isinstance(value, bool):
            return value
        case list():
            return tuple(each if isinstance(each, str) else _refuse() for each in value)
        case dict():
            return {row: choice if isinstance(choice, str) else _refuse() for row, choice in value.items()}
        case _:
            return _refuse()


def _refuse(_constant: str = "") -> NoReturn:
    raise ValueError


def encode_sheet(sheet: Sheet) -> bytes:
    """The sheet's file: UTF-8, two spaces a level, keys in a stable order, unknown ones last."""
    document = {
        "format": sheet.format,
        "catalogue": {
            "id": sheet.catalogue.id,
            "version": sheet.catalogue.version,
            "fingerprint": sheet.catalogue.fingerprint,
            **sheet.catalogue.extra,
        },
        "venue": sheet.venue,
        "edition": sheet.edition,
        "status": sheet.status,
        "created": sheet.created.isoformat(timespec="seconds"),
        "changed": sheet.changed.isoformat(timespec="seconds"),
        "answers": dict(sheet.answers),
        "silences": dict(sheet.silences),
        "uncertain": dict(sheet.uncertain),
        "cleared": dict(sheet.cleared),
        "unplaced": sheet.unplaced,
        **sheet.extra,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
