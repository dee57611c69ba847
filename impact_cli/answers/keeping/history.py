"""The answers that others have replaced: one line of JSON each, in a file beside the sheet.

They are not in the sheet itself, so that somebody who is given a sheet is not given what was taken out of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, to_builtins
from msgspec.json import decode

from impact_cli.answers.following import follow_answer, list_moves
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.catalogue.model import Catalogue
from impact_cli.clock import is_in_calendar
from impact_cli.files import append_line, read_file

_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that was replaced: `was` is the one before, `now` the one after, None where the key has gone."""

    when: datetime
    key: str
    was: Answer
    now: Answer | None


class _Line(Struct, frozen=True, omit_defaults=True):
    """A change as it stands in the file, where an answer that is a silence has a key of its own."""

    when: Annotated[datetime, Meta(tz=True)]
    key: str
    was: Value | None = None
    was_silence: Silence | None = None
    now: Value | None = None
    now_silence: Silence | None = None


def history_path(sheet: Path) -> Path:
    """The file that keeps the former answers of a sheet."""
    return sheet.with_name(f"{sheet.stem}.history.jsonl")


def list_former(sheet: Path) -> list[Path]:
    """Every file beside a sheet that holds answers it has no more: its history, and what older formats left."""
    return [history_path(sheet), *sorted(sheet.parent.glob(f"{sheet.stem}.format-*.json"))]


def compare_sheets(before: Sheet, after: Sheet) -> list[Change]:
    """What was replaced between two states of one sheet, dated by the second; a first answer replaces nothing.

    Both are in the terms of one catalogue. Where they are not, an answer that is found again under a new key is taken
    for one whose question moved, and not for replaced. Nor is a grid to which a row was added.
    """
    said, moves = after.said, before.catalogue != after.catalogue
    arrived = [now for key, now in said.items() if moves and before.answer(key) is None]
    return [
        Change(after.changed, key, was, said.get(key))
        for key, was in before.said.items()
        if not (_is_same(was, said.get(key)) or (key not in said and was in arrived))
    ]


def _is_same(was: Answer, now: Answer | None) -> bool:
    """Whether nothing of it went: one answer of several is the same answer."""
    is_grown = isinstance(was, Mapping) and isinstance(now, Mapping) and was.items() <= now.items()
    return is_grown or now in (was, (was,))


def append_changes(sheet: Path, changes: Sequence[Change]) -> None:
    """Write the changes at the end of the sheet's history, synced."""
    if changes:
        append_line(history_path(sheet), b"\n".join(_encode(change) for change in changes))


def read_changes(path: Path, sheet: Sheet, catalogue: Catalogue | None = None) -> list[Change]:
    """The changes of the sheet at `path`, from the oldest; none where it has no history. Raises OSError.

    They are told by the keys and ids of the catalogue, which `sheet` then has too. A change is written before the
    answer itself, so that no crash loses the former one: a change that never came to be, or that was tried twice, is
    left out here.
    """
    changes = [change for line in _read_lines(path) if (change := _decode(line))]
    if catalogue:
        changes = list(_follow(catalogue, changes))
    kept: list[Change] = []
    before_next: dict[str, Answer | None] = {}
    for change in reversed(changes):
        then = before_next.get(change.key, sheet.answer(change.key))
        if then != change.was or then == change.now:
            kept.append(change)
        before_next[change.key] = change.was
    return kept[::-1]


def find_spoilt(path: Path) -> list[int]:
    """The numbers of the lines that a crash cut or a hand spoilt. Raises OSError."""
    return [number for number, line in enumerate(_read_lines(path), 1) if line.strip() and not _decode(line)]


def _read_lines(path: Path) -> list[bytes]:
    try:
        return read_file(history_path(path), _LARGEST).split(b"\n")
    except FileNotFoundError:
        return []


def _follow(catalogue: Catalogue, changes: Sequence[Change]) -> Iterator[Change]:
    moves = list_moves(catalogue)
    for change in changes:
        key = moves.get(change.key, change.key)
        question = catalogue.questions.get(key)
        now = None if change.now is None else follow_answer(question, change.now)
        yield Change(change.when, key, follow_answer(question, change.was), now)


def _encode(change: Change) -> bytes:
    line = _Line(change.when.replace(microsecond=0), change.key, *_part(change.was), *_part(change.now))
    return json.dumps(to_builtins(line), ensure_ascii=False).encode("utf-8", "replace")


def _part(answer: Answer | None) -> tuple[Value | None, Silence | None]:
    return (None, answer) if isinstance(answer, Silence) else (answer, None)


def _decode(line: bytes) -> Change | None:
    """The change of a line; None for one that a crash cut or a hand spoilt."""
    try:
        read = decode(line, type=_Line)
    except (MsgspecError, RecursionError):
        return None
    was = read.was_silence or read.was
    if was is None or not is_in_calendar(read.when):
        return None
    return Change(read.when, read.key, was, read.now_silence or read.now)
