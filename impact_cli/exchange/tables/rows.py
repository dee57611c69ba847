"""The rows of a table that somebody hands in, CSV or XLSX, each by the names of its columns."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from impact_cli.errors import ImpactError, refuse_unreadable, shorten
from impact_cli.exchange.tables.delimited import read_csv
from impact_cli.exchange.tables.workbooks import read_workbook
from impact_cli.files import open_regular

_LARGEST_CSV = 2_000_000_000  # bytes, read row by row
_LARGEST_WORKBOOK = 50_000_000  # bytes, packed
_MOST_COLUMNS = 20_000  # more than a worksheet has; our wide form has some hundreds
_ZIP = b"PK\x03\x04"


def read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Each row under the head, cells as they are written; a cell that is missing is empty.

    Raises ImpactError where the file is no table, is too large, or names a column twice; at the latest at the row
    that is at fault.
    """
    rows = read_workbook(path) if is_workbook(path) else read_csv(path)
    head = [name.strip() for name in next(rows, [])]
    _check_head(path, head)
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        if any(row[len(head) :]):
            raise ImpactError(
                f"{path.name}, ligne {number}\u00a0: elle a plus de cellules que la première ligne n’a de noms.",
                "Vérifiez le séparateur des colonnes, puis enregistrez de nouveau.",
            )
        yield dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=False))


def is_table(path: Path) -> bool:
    """Whether the file bears the name of one."""
    return path.suffix.lower() in (".csv", ".tsv", ".xlsx")


def is_workbook(path: Path) -> bool:
    """Whether the file is an XLSX by what stands in it. Raises ImpactError where it cannot be read, or is too large."""
    try:
        with open_regular(path, os.O_RDONLY) as handle:
            is_zip, size = os.read(handle, len(_ZIP)) == _ZIP, os.fstat(handle).st_size
    except OSError as error:
        raise refuse_unreadable(path, error) from error
    if size > (_LARGEST_WORKBOOK if is_zip else _LARGEST_CSV):
        raise ImpactError(f"{path.name}\u00a0: ce tableau est trop grand.", "Partagez-le en plusieurs fichiers.")
    return is_zip


def _check_head(path: Path, head: list[str]) -> None:
    named = [name for name in head if name]
    if not named:
        raise ImpactError(f"{path.name}\u00a0: ce tableau est vide.", "La première ligne donne les noms des colonnes.")
    if len(head) > _MOST_COLUMNS:
        raise ImpactError(f"{path.name}\u00a0: ce tableau a trop de colonnes.", "Vérifiez le séparateur des colonnes.")
    if doubled := next((name for name, times in Counter(named).items() if times > 1), None):
        raise ImpactError(
            f"{path.name}\u00a0: deux colonnes s’appellent «\u00a0{shorten(doubled)}\u00a0».",
            "Donnez un autre nom à l’une des deux.",
        )
