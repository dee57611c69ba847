"""The answers that others have replaced: one line of JSON each, in a file beside the sheet.

They are not in the sheet itself, so that somebody who is given a sheet is not given what was taken out of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impact_cli.answers.following import follow_answer, list_moves
from impact_cli.answers.sheet import Answer, Sheet, Silence
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
    return list(_compare(before, after))


def _compare(before: Sheet, after: Sheet) -> Iterator[Change]:
    keys = [*before.answers, *before.silences]
    arrived = [after.answer(key) for key in (*after.answers, *after.silences) if before.answer(key) is None]
    arrived = arrived if before.catalogue != after.catalogue else []
    for key in keys:
        was, now = before.answer(key), after.answer(key)
        if was is None or now in (was, (was,)) or (now is None and was in arrived) or _is_grown(was, now):
            continue
        yield Change(after.changed, key, was, now)


def _is_grown(was: Answer, now: Answer | None) -> bool:
    return isinstance(was, Mapping) and isinstance(now, Mapping) and was.items() <= now.items()


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
        key, was = follow_answer(catalogue, moves, change.key, change.was)
        now: Answer | None = change.now
        if now is not None:
            _, now = follow_answer(catalogue, moves, change.key, now)
        yield Change(change.when, key, was, now)


def _encode(change: Change) -> bytes:
    line = {
        "when": change.when.isoformat(timespec="seconds"),
        "key": change.key,
        **_name("was", change.was),
        **_name("now", change.now),
    }
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace")


def _name(moment: str, answer: Answer | None) -> dict[str, object]:
    if isinstance(answer, Silence):
        return {f"{moment}_silence": answer.value}
    return {} if answer is None else {moment: answer}


def _decode(line: bytes) -> Change | None:
    """The change of a line; None for one that a crash cut or a hand spoilt."""
    try:
        read = json.loads(line)
        was, now = _read_answer(read, "was"), _read_answer(read, "now")
        when = datetime.fromisoformat(read["when"])
        if was is None or when.tzinfo is None or not is_in_calendar(when):
            return None
        return Change(when, str(read["key"]), was, now)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read_answer(line: Mapping[str, object], moment: str) -> Answer | None:
    if f"{moment}_silence" in line:
        return Silence(str(line[f"{moment}_silence"]))
    match line.get(moment):
        case str() | int() as value if not isinstance(value, bool):
            return value
        case list(words) if all(isinstance(word, str) for word in words):
            return tuple(words)
        case dict(rows) if all(isinstance(choice, str) for choice in rows.values()):
            return rows
        case None:
            return None
        case _:
            raise ValueError(moment)
