"""Sheets as lines of CSV, of which every format is made; what many of them say alike is spelt once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import NamedTuple

from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Rating, Text
from impact_cli.exchange.dataset.telling import Entry, Spell, Told
from impact_cli.exchange.tables.delimited import LINE_END

BETWEEN_KEYWORDS = ", "  # which no keyword holds


class Lines(NamedTuple):
    """The rows of some sheets in both forms."""

    long: bytes
    wide: bytes


def spell_sheets(sheets: Iterable[Told], spell: Spell) -> Lines:
    """Both forms of these sheets; how words that people typed stand in a line is for `spell` to say."""
    long, wide = list[bytes](), list[bytes]()
    for told in sheets:
        cells = [spell(cell) for cell in _describe(told)]
        start = f"{cells[0]},{cells[1]},"
        lines = [""]
        for entry in told.entries:
            rows, values = entry.spelt.get(spell) or _spell_entry(entry, spell)
            lines += rows
            cells.append(values)
        long.append(start.join(lines).encode())
        wide.append(end_line(cells))
    return Lines(b"".join(long), b"".join(wide))


def spell_rows(rows: Iterable[Iterable[str]], spell: Spell) -> bytes:
    """The rows of any table."""
    return b"".join(end_line(map(spell, row)) for row in rows)


def end_line(cells: Iterable[str]) -> bytes:
    """The line of cells that are spelt."""
    return f"{','.join(cells)}{LINE_END}".encode()


def _describe(told: Told) -> list[str]:
    """The columns of a sheet before those of its questions; the first two are its venue and its edition."""
    sheet = told.sheet
    return [
        sheet.venue,
        sheet.edition,
        sheet.status.value,
        f"{sheet.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        sheet.catalogue.id,
        sheet.catalogue.version,
        sheet.origin.source if sheet.origin else "",
        *(" ".join(keys) for keys in (told.doubted, told.contradicted, told.withheld)),
    ]


def _spell_entry(entry: Entry, spell: Spell) -> tuple[Sequence[str], str]:
    """The lines of the long form after the venue and the edition, one at least; the cells of the wide form."""
    before = entry.key.replace(".", ",", 1)
    after = f"{entry.state},{entry.doubted:d},{entry.contradicted:d}{LINE_END}"
    parts = _list_parts(entry, spell)
    lines = [f"{before},{option},{value},{after}" for option, value in parts]
    entry.spelt[spell] = lines, ",".join([entry.state, *_fill_cells(entry, parts, spell)])
    return entry.spelt[spell]


def _list_parts(entry: Entry, spell: Spell) -> list[tuple[str, str]]:
    """The options that are ticked and the values that are given."""
    match entry.question, entry.value:
        case _, None:
            return [("", "")]
        case Many(), tuple(options):
            return [(option, "") for option in options]
        case One(), str(option):
            return [(option, "")]
        case Text(), str(words):
            return [("", spell(words))]
        case Keywords(), tuple(several):
            return [("", spell(words)) for words in several]
        case ((Number() | Rating()), int(number)):
            return [("", str(number))]
        case Grid(), Mapping() as choices:
            return [*choices.items()]
        case _:
            raise TypeError(entry.key)


def _fill_cells(entry: Entry, parts: list[tuple[str, str]], spell: Spell) -> list[str]:
    """One cell for each option or row; else one for the option or the value that is given."""
    match entry.question, entry.value:
        case Many(options=options), tuple(ticked):
            return ["1" if option.id in ticked else "0" for option in options]
        case Grid(rows=rows), Mapping() as choices:
            return [choices.get(row.id, "") for row in rows]
        case ((Many(options=columns) | Grid(rows=columns)), None):
            return [""] * len(columns)
        case Keywords(), tuple(several):
            return [spell(BETWEEN_KEYWORDS.join(several))]
        case _:
            return [option or value for option, value in parts]
