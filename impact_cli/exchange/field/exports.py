"""Files of submissions, whatever their format: what kind a file is, and each submission in it, field by field."""

import codecs
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from impact_cli.answers.collection.sources import DAMAGES
from impact_cli.errors import ImpactError, refuse_unreadable, shorten
from impact_cli.exchange.field import metadata
from impact_cli.exchange.field.fields import Fields
from impact_cli.exchange.field.instances import Pairs, read_instances
from impact_cli.exchange.field.json_items import read_items
from impact_cli.exchange.field.mistaken import HINT, explain_absence
from impact_cli.exchange.tables.delimited import read_csv
from impact_cli.exchange.tables.rows import is_workbook
from impact_cli.exchange.tables.workbooks import read_workbook
from impact_cli.files import open_regular

_HEAD = 65_536  # bytes by which a file is known
_LARGEST = 2_000_000_000  # bytes, read submission by submission
_LARGEST_JSON = 300_000_000  # bytes, read in one go
_MOST_ENTRIES = 200_000  # of an archive or a folder
_LONGEST_NAME = 80  # letters of a file that is unpacked, of the 255 that a system takes
_HIGHEST_RATIO = 200  # of what a file says and what it takes in an archive; exports have 10 to 40


class Kind(Enum):
    """What a file of submissions is."""

    TABLE = auto()
    JSON = auto()
    XML = auto()
    ARCHIVE = auto()
    FOLDER = auto()


_KINDS = {".csv": Kind.TABLE, ".tsv": Kind.TABLE, ".xlsx": Kind.TABLE, ".xml": Kind.XML, ".json": Kind.JSON}
_ENDINGS = (*_KINDS,)


@dataclass(slots=True)
class Beside:
    """What is not read: how many pictures and sounds, other files, tables of repeated groups.

    `absent` are the questions of the form for which a table has no column, in words; `errors` why files among others
    could not be read to their ends.
    """

    media: int = 0
    others: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    errors: list[ImpactError] = field(default_factory=list)


def find_kind(path: Path, fields: Fields) -> Kind | None:
    """What kind of submissions a file holds; None where it is something else, a report perhaps.

    Raises ImpactError where it bears the name of an export and is none, or cannot be read.
    """
    if path.is_dir():
        return Kind.FOLDER
    named = _KINDS.get(path.suffix.lower())
    kind = _guess_kind(path) or named
    if kind is None or kind is Kind.ARCHIVE:
        return kind
    try:
        first = next(_read_file(path, path.name, kind, fields, Beside()), ())
    except ImpactError:
        if named:
            raise
        return None
    if _is_known(first, fields):
        return kind
    if named:
        raise explain_absence(path)
    return None


def _guess_kind(path: Path) -> Kind | None:
    """What it may be, by how it begins: a workbook and a Word document are archives too."""
    head = _read_head(path)
    if head.startswith(b"PK\x03\x04"):
        return _guess_packed(path)
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    beginnings = {b"{": Kind.JSON, b"[": Kind.JSON, b"<": Kind.XML, b"%": None}
    return beginnings.get(text[:1], Kind.TABLE)


def _guess_packed(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.namelist()
    except (*DAMAGES, OSError):
        return None
    if "xl/workbook.xml" in entries:
        return Kind.TABLE
    is_archive = "word/document.xml" not in entries and any(entry.lower().endswith(_ENDINGS) for entry in entries)
    return Kind.ARCHIVE if is_archive else None


def _is_known(first: Pairs, fields: Fields) -> bool:
    """Whether a submission has an id of a server's or fields of ours: one label may be a line of words."""
    heads = [head for head, _ in first]
    ours = sum(fields.find(head.partition("/")[0]) is not None for head in heads)
    return ours > 1 or any(map(metadata.is_instance, heads))


def read_submissions(path: Path, name: str, kind: Kind, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    """Each submission of a file, its fields named as the form names them; other heads as they are.

    Raises ImpactError, at the latest at the submission that is at fault.
    """
    if kind is Kind.FOLDER:
        yield from _read_folder(path, fields, beside)
    elif kind is Kind.ARCHIVE:
        yield from _read_archive(path, name, fields, beside)
    else:
        yield from _read_file(path, name, kind, fields, beside)


def _read_file(path: Path, name: str, kind: Kind, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    if kind is Kind.TABLE:
        yield from _read_table(path, fields, beside)
    elif kind is Kind.JSON:
        with _open(path, _LARGEST_JSON) as file:
            text = file.read().decode("utf-8-sig", "replace")
        yield from (_name(pairs, fields) for pairs in read_items(text, name))
    else:
        with _open(path) as file:
            yield from (_name(pairs, fields) for pairs in read_instances(file, name))


def _read_table(path: Path, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    rows = read_workbook(path) if is_workbook(path) else read_csv(path)
    heads = fields.name_heads([head.strip() for head in next(rows, [])])
    beside.absent += [topic for topic in fields.list_absent(heads) if topic not in beside.absent]
    nothing = ["0" if "/" in head and fields.find(head.partition("/")[0]) else "" for head in heads]  # not ticked
    for row in rows:
        over = enumerate(row[len(heads) :], len(heads) + 1)
        said = [(head, cell) for head, cell, blank in zip(heads, row, nothing, strict=False) if cell not in ("", blank)]
        yield [*said, *((f"colonne {number}", cell) for number, cell in over if cell)]


def _name(pairs: Pairs, fields: Fields) -> Pairs:
    return [(fields.name_head(head) or head, value) for head, value in pairs if value]


def _read_folder(path: Path, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    """Every submission under a folder, in the order of names; links are not followed."""
    files = (Path(parent, name) for parent, _, names in os.walk(path) for name in names if not name.startswith("."))
    listed = sorted(islice(files, _MOST_ENTRIES + 1))
    if len(listed) > _MOST_ENTRIES:
        raise ImpactError(f"{path}\u00a0: ce dossier a trop de fichiers.", HINT)
    for file in listed:
        if not _is_left(file.name, beside):
            yield from _read_part(file, file.name, fields, beside)


def _is_left(name: str, beside: Beside) -> bool:
    """Whether a file among others is none by its name; then it is counted."""
    if metadata.is_media(name):
        beside.media += 1
    elif not name.lower().endswith(_ENDINGS):
        beside.others.append(name)
    else:
        return False
    return True


def _read_part(file: Path, name: str, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    """The submissions of one file among others; those of a table of repeated groups have no place in a sheet."""
    try:
        kind = None if file.is_symlink() else find_kind(file, fields)
        if kind is None or kind is Kind.ARCHIVE or (kind is Kind.TABLE and _is_repeated(file)):
            beside.others.append(name)
        else:
            yield from _read_file(file, name, kind, fields, beside)
    except ImpactError as error:  # the next file may be sound
        beside.errors.append(error)


def _is_repeated(file: Path) -> bool:
    return "PARENT_KEY" in _read_head(file).decode("utf-8", "replace").partition("\n")[0]


def _read_archive(path: Path, name: str, fields: Fields, beside: Beside) -> Iterator[Pairs]:
    """Every submission of an archive; each file is unpacked by itself, under a tame name, and goes once read."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
            _refuse_bomb(entries, name)
            for entry in entries:
                last = entry.filename.replace("\\", "/").rpartition("/")[2]
                if entry.is_dir() or last.startswith(".") or _is_left(last, beside):
                    continue
                unpacked = _unpack(archive, entry, Path(folder), last)
                yield from _read_part(unpacked, last, fields, beside)
                unpacked.unlink()
    except (*DAMAGES, OSError) as error:
        raise ImpactError(f"{shorten(name)}\u00a0: cette archive est abîmée, ou protégée.", HINT) from error


def _refuse_bomb(entries: Sequence[zipfile.ZipInfo], name: str) -> None:
    unpacked, packed = (sum(sizes) for sizes in zip(*((e.file_size, e.compress_size) for e in entries), strict=True))
    if len(entries) > _MOST_ENTRIES or unpacked > min(_LARGEST, _HIGHEST_RATIO * packed + _HEAD):
        raise ImpactError(f"{shorten(name)}\u00a0: cette archive se déplie sans mesure.", HINT)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, name: str) -> Path:
    unpacked = folder / (re.sub(r"[^\w.-]", "_", name)[-_LONGEST_NAME:] or "envois")
    with archive.open(entry) as source, unpacked.open("wb") as target:
        shutil.copyfileobj(source, target)  # no further than the size that the archive says
    return unpacked


def _open(path: Path, largest: int = _LARGEST) -> BinaryIO:
    try:
        with open_regular(path, os.O_RDONLY) as handle:
            if os.fstat(handle).st_size > largest:
                raise ImpactError(f"{path.name}\u00a0: ce fichier est trop gros.", "Partagez-le, ou exportez en CSV.")
            return os.fdopen(os.dup(handle), "rb")
    except OSError as error:
        raise refuse_unreadable(path, error) from error


def _read_head(path: Path) -> bytes:
    with _open(path) as file:
        return file.read(_HEAD)
