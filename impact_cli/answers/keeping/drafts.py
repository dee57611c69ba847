"""What somebody had half typed when they left: kept beside the sheet, and offered on return."""

import json
from collections.abc import Mapping
from pathlib import Path

from impact_cli.files import first_free, move_file, read_file, write_whole

_LARGEST = 5_000_000  # bytes

Typed = str | tuple[str, ...]  # words in a field, or what was ticked


def drafts_path(sheet: Path) -> Path:
    """The file that keeps what was half typed in a sheet."""
    return sheet.with_name(f"{sheet.stem}.draft.json")


def load_drafts(sheet: Path) -> dict[str, Typed]:
    """What was half typed, by the name of the place it was typed at (a question's key, or that of a grid's row).

    A file that cannot be read or understood has nothing to offer: it is no answer, and stops nothing.
    """
    return _load(sheet)[0]


def set_aside_spoilt(sheet: Path) -> Path | None:
    """Give a file in which something cannot be read another name, which it returns: the next one would replace it."""
    drafts, spoilt = _load(sheet)
    if not spoilt:
        return None
    kept = first_free(sheet.with_name(f"{sheet.stem}.draft-illisible.json"))
    try:
        move_file(drafts_path(sheet), kept)
        save_drafts(sheet, drafts)
    except OSError:
        return drafts_path(sheet)
    return kept


def _load(sheet: Path) -> tuple[dict[str, Typed], bool]:
    """What can be read, and whether something cannot."""
    try:
        kept = json.loads(read_file(drafts_path(sheet), _LARGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}, False
    except (OSError, ValueError, RecursionError):
        return {}, True
    if not isinstance(kept, dict):
        return {}, True
    drafts = {name: typed for name, raw in kept.items() if (typed := _read(raw)) is not None}
    return drafts, len(drafts) < len(kept)


def save_drafts(sheet: Path, drafts: Mapping[str, Typed]) -> None:
    """Keep these, and these only; without any the file goes. Raises OSError."""
    if not drafts:
        drafts_path(sheet).unlink(missing_ok=True)
        return
    content = json.dumps(dict(drafts), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"
    write_whole(drafts_path(sheet), content)


def _read(raw: object) -> Typed | None:
    match raw:
        case str():
            return raw.encode("utf-8", "replace").decode()
        case list() if all(isinstance(each, str) for each in raw):
            return tuple(raw)
        case _:
            return None
