"""What servers and phones write beside the answers: by which a submission is known again, and what is left out."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from impact_cli.exchange.field.instances import Pairs

_BETWEEN_NAMES = re.compile(r"[/.:-]")
_GROUPS = ("meta", "formhub", "__system")
# KoboToolbox's `_id` is none of them: two servers count alike, and one submission would take another's place.
_INSTANCES = ("KEY", "__id", "_uuid", "instanceID", "rootUuid", "deprecatedID")
_EDITS = ("Edits", "edits")
_MOMENTS = ("updatedAt", "end", "_submission_time", "SubmissionDate", "submissionDate")
_REVIEWS = ("ReviewState", "reviewState", "_validation_status")
_REJECTED = re.compile(r"rejected|not[_ ]approved|rejet|non approuv", re.IGNORECASE)
_MOST_DIGITS = 9  # of a count of edits
_LOCKED = ("not decrypted", "missing encrypted form data")
# What says nothing of the venue, or names who holds the phone: none of it is kept.
_LEFT = (
    "SubmitterID SubmitterName AttachmentsPresent AttachmentsExpected Status DeviceID FormVersion start end today"
    " deviceid subscriberid simserial phonenumber username audit instanceName uuid _id _status _submitted_by"
    " __version__ _version_ _index _parent_index _parent_table_name _xform_id_string _geolocation _attachments"
    " _bamboo_dataset_id _links _supplementalDetails"
)
_LEFT_NAMES = frozenset((*_LEFT.split(), *_INSTANCES, *_EDITS, *_MOMENTS, *_REVIEWS))
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|heic|webp|bmp|svg|tiff?|m4a|mp3|mp4|3gpp?|wav|amr|ogg|oga|opus|aac|flac|webm|mov|avi|pdf)$",
    re.IGNORECASE,
)


def list_instances(pairs: Pairs) -> list[str]:
    """All by which a submission is known again, before and after it was edited; none where nothing says it."""
    said = [value.strip().removeprefix("uuid:") for head, value in pairs if is_instance(head)]
    return list(dict.fromkeys(filter(None, said)))


def is_instance(head: str) -> bool:
    """Whether a column says which submission this is."""
    return _last(head) in _INSTANCES


def is_left(head: str) -> bool:
    """Whether a column is a server's or a phone's, and no answer."""
    return _last(head) in _LEFT_NAMES or head.startswith("__system")


def is_media(value: str) -> bool:
    """Whether words are the name of a picture, a sound or another file that a phone attached."""
    return bool(_MEDIA.search(value)) and "\n" not in value


def is_rejected(pairs: Pairs) -> bool:
    """Whether somebody who looked it over on the server refused it."""
    return any(_last(head) in _REVIEWS and _REJECTED.search(value) for head, value in pairs)


def is_locked(pairs: Pairs) -> bool:
    """Whether it is encrypted, and was exported without its key."""
    return any(_last(head) in ("Status", "status") and value in _LOCKED for head, value in pairs)


def rank_edit(pairs: Pairs) -> tuple[int, bool, str]:
    """What grows each time that a submission is edited: how often, whether it replaces another, until when."""
    said = {_last(head): value for head, value in pairs if is_left(head)}
    edits = next((said[name] for name in _EDITS if name in said), "")
    moments = [written for name in _MOMENTS if (written := _read_moment(said.get(name, "")))]
    return (
        int(edits) if edits.isdecimal() and len(edits) <= _MOST_DIGITS else 0,
        "deprecatedID" in said,
        max(moments, default=""),
    )


def _read_moment(written: str) -> str:
    """A moment in one form, that sorts; "" where it is none."""
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


@lru_cache(maxsize=20_000)  # an export asks it for the same heads, submission after submission
def _last(head: str) -> str:
    """The name of a server's column, without the groups that servers have; "" of any other."""
    *groups, last = _BETWEEN_NAMES.split(head)
    return last if all(group in _GROUPS for group in groups) else ""
