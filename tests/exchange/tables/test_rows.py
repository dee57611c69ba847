"""Tables that people hand in: whatever separates, encodes or breaks them, rows or one sentence."""

import contextlib
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from impact_cli.errors import ImpactError
from impact_cli.exchange.tables.rows import read_rows
from impact_cli.exchange.tables.workbooks import LONGEST_TEXT, WorkbookWriter

ROWS = [{"lieu": "L’Été", "mots": "a;b,c"}, {"lieu": "Halle", "mots": "une\nautre"}]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_separator_and_encoding(separator: str, encoding: str, tmp_path: Path) -> None:
    rows = ["lieu,mots", 'L’Été,"a;b,c"', 'Halle,"une\nautre"']
    text = "\r\n".join(row.replace(",", separator, 1) for row in rows)
    assert [*read_rows(write(tmp_path / "a.csv", text.encode(encoding)))] == ROWS


def test_short_rows_are_filled_and_empty_ones_are_none(tmp_path: Path) -> None:
    assert [*read_rows(write(tmp_path / "a.csv", "a,b\n1\n\n,,\n2,3,\n"))] == [
        {"a": "1", "b": ""},
        {"a": "2", "b": "3"},
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "vide"),
        ("\n\n", "vide"),
        ("a,a\n1,2\n", "deux colonnes"),
        ("a,b\n1,2,3\n", "ligne 2"),
        ('a,b\n1,"2\n3,4\n', "guillemets"),
        ("a,b\n1," + "x" * 1_000_001, "trop long"),
        (",".join(f"c{number}" for number in range(20_001)), "colonnes"),
        (b"PK\x03\x04 nothing", "classeur"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: str | bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(ImpactError) as refused:
        [*read_rows(write(tmp_path / "a.csv", content))]
    assert told in refused.value.message
    assert refused.value.hint


def test_a_workbook_reads_as_its_cells_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "c", "d"], [1, 2.5, True, 3.0], [None, None, None, None], ["x", None, "=1+1", "é"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    first, second = read_rows(tmp_path / "a.xlsx")
    assert first == {"a": "1", "b": "2.5", "c": "1", "d": "3"}
    assert second == {"a": "x", "b": "", "c": "", "d": "é"}  # a formula that nobody computed has no value


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@a", "#N/A", "http://a.fr", "\x01\x1f", "a\r\nb", " é ", "_x0001_", "\u2028", "\ufffe", "42"],
)
def test_words_survive_a_workbook_as_words(words: str, tmp_path: Path) -> None:
    writer = WorkbookWriter()
    writer.add_table("fiches", ["mots", "nombre"])
    writer.write_row("fiches", [words, 42])
    writer.save(tmp_path / "a.xlsx")
    assert [*read_rows(tmp_path / "a.xlsx")] == [{"mots": words, "nombre": "42"}]
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["fiches"]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.quotePrefix == words.startswith(("=", "+", "-", "@", "#"))


def test_words_longer_than_a_cell_are_cut_between_letters_and_say_so(tmp_path: Path) -> None:
    writer = WorkbookWriter()
    writer.add_table("fiches", ["mots"])
    for words in ("é" * LONGEST_TEXT, "é" * (LONGEST_TEXT + 1), "😀" * 20_000, "\x01" * 20_000):
        writer.write_row("fiches", [words])
    writer.save(tmp_path / "a.xlsx")
    whole, cut, wide, unseen = (row["mots"] for row in read_rows(tmp_path / "a.xlsx"))
    assert whole == "é" * LONGEST_TEXT
    assert cut.endswith("é […]")
    assert wide.endswith("😀 […]")
    assert set(unseen.removesuffix(" […]")) == {"\x01"}
    assert all(len(words.encode("utf-16-le")) // 2 <= LONGEST_TEXT for words in (cut, wide))


def _pack(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook whose parts are changed."""
    writer = WorkbookWriter()
    writer.add_table("a", ["a"])
    writer.write_row("a", ["b"])
    writer.save(path)
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents.items():
            parts.writestr(name, change(name, content))
    return path


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = _pack(tmp_path / "a.xlsx", lambda name, content: content + b" " * (9_000_000 if "sheet1" in name else 0))
    assert bomb.stat().st_size < 100_000
    with pytest.raises(ImpactError, match="trop grand"):
        [*read_rows(bomb)]


def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(ImpactError, match="classeur"):
        [*read_rows(_pack(tmp_path / "a.xlsx", lambda _, content: entity + content))]


def test_a_size_that_the_file_gives_itself_costs_nothing(tmp_path: Path) -> None:
    far = b'<dimension ref="A1:XFD1048576"/>'
    path = _pack(tmp_path / "a.xlsx", lambda _, content: content.replace(b"<sheetData>", far + b"<sheetData>"))
    assert [*read_rows(path)] == [{"a": "b"}]


def test_damaged_workbooks_end_in_rows_or_a_sentence(tmp_path: Path) -> None:
    writer = WorkbookWriter()
    writer.add_table("a", ["a", "b"])
    for number in range(20):
        writer.write_row("a", [f"mot {number}", number])
    writer.save(tmp_path / "a.xlsx")
    whole = (tmp_path / "a.xlsx").read_bytes()
    chance = random.Random(13)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(ImpactError):
            [*read_rows(write(tmp_path / "b.xlsx", bytes(broken[: chance.choice([None, len(whole) // 2])])))]
