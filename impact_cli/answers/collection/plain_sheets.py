"""Sheets as this program writes them, decoded and checked in one go; whatever is written otherwise is left alone.

`decode_sheet` says what a sheet is. This gives the same sheet or None, which tests hold it to.
"""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, MsgspecError, Struct, UnsetType, field
from msgspec.json import Decoder, Encoder
from msgspec.json import format as format_json

from impact_cli.answers.migrations import latest_format
from impact_cli.answers.sheet import CatalogueStamp, Consent, Origin, Sheet, Silence, Status, Submission
from impact_cli.answers.sheet_form import LONGEST_NAME
from impact_cli.clock import is_in_calendar

_Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
_Words = tuple[str, ...]


class _Record(Struct, forbid_unknown_fields=True):
    """An object of these keys and no others, written in this order."""


class _Stamp(_Record):
    id: str
    version: str
    fingerprint: str


class _Origin(_Record):
    source: _Name = field(name="from")
    read: str
    edition_said: bool


class _Submission(_Record):
    instances: _Words
    voice: str
    said: str
    read: str


class _Consent(_Record):
    publish: bool
    words: str
    source: str | UnsetType = field(default=UNSET, name="from")


class _Plain(_Record, kw_only=True):
    format: int
    catalogue: _Stamp
    venue: _Name
    edition: _Name
    status: Status
    created: str
    changed: str
    former_edition: _Name | UnsetType = UNSET
    voices: _Words | UnsetType = UNSET
    origin: _Origin | UnsetType = UNSET
    submission: _Submission | UnsetType = UNSET
    answers: dict[str, int | str | _Words | dict[str, str]]
    silences: dict[str, Silence]
    uncertain: dict[str, str]
    consent: dict[str, _Consent]
    quotation: _Name | UnsetType = UNSET
    unplaced: _Words


_DECODER, _ENCODER = Decoder(_Plain), Encoder()


def decode_plain(content: bytes) -> Sheet | None:
    """The sheet, or None where something in it is faulty, unknown, older, newer or merely unusual."""
    try:
        plain = _DECODER.decode(content)
        return _read(plain) if _is_plain(plain, content) else None
    except (MsgspecError, ValueError, IndexError, RecursionError):
        return None


def _is_plain(plain: _Plain, content: bytes) -> bool:
    """Whether writing it again gives the same bytes, so that nothing stands there twice or in another way."""
    if plain.format != latest_format() or not plain.answers.keys().isdisjoint(plain.silences):
        return False
    return format_json(_ENCODER.encode(plain), indent=2) + b"\n" == content


def _read(plain: _Plain) -> Sheet:
    stamp, origin, sent = plain.catalogue, plain.origin, plain.submission
    return Sheet(
        format=plain.format,
        catalogue=CatalogueStamp(stamp.id, stamp.version, stamp.fingerprint),
        venue=plain.venue,
        edition=plain.edition,
        status=plain.status,
        created=_read_moment(plain.created),
        changed=_read_moment(plain.changed),
        former_edition=plain.former_edition or None,
        voices=None if plain.voices is UNSET else plain.voices,
        origin=Origin(origin.source, _read_moment(origin.read), origin.edition_said) if origin else None,
        submission=Submission(sent.instances, sent.voice, sent.said, _read_moment(sent.read)) if sent else None,
        unplaced=plain.unplaced,
        answers=plain.answers,
        silences=plain.silences,
        uncertain=plain.uncertain,
        consent={key: Consent(each.publish, each.words, each.source or "") for key, each in plain.consent.items()},
        quotation=plain.quotation or None,
    )


def _read_moment(raw: str) -> datetime:
    """A date as it is written here, "2026-03-01T14:30:00+01:00"; other ways of writing one are left alone."""
    moment = datetime.fromisoformat(raw)
    if raw[10] != "T" or moment.tzinfo is None or not is_in_calendar(moment):
        raise ValueError(raw)
    return moment
