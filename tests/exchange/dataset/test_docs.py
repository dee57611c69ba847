"""The queries of docs/dataset.md, run as they stand there: the engines agree."""

import csv
import io
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cli.commands import run

PAGE = (Path(__file__).parents[3] / "docs" / "dataset.md").read_text(encoding="utf-8")


@cache
def blocks(language: str) -> list[str]:
    """The blocks of the page in a language, but those for Spark, which is large."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [block for block in found if "pyspark" not in block]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the datasets that the page queries."""
    folder = tmp_path_factory.mktemp("recherche")
    network, home = str(folder / "lieux"), folder / "home"
    run("demo", "--network", network, home=home)
    run("dataset", network, "-o", str(folder / "jeu"), "--format", "csv", "--format", "parquet", home=home)
    run("dataset", network, "-o", str(folder / "base"), "--format", "parquet", "--by-edition", home=home)
    return folder


def ask_duckdb(query: str) -> list[tuple[Any, ...]]:
    import duckdb

    return duckdb.connect().execute(query).fetchall()


def ask_polars(program: str) -> list[tuple[Any, ...]]:
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102  the page's own words
    rows: list[tuple[Any, ...]] = names["table"].rows()
    return rows


def ask_r(program: str, folder: Path) -> list[list[str]]:
    told = subprocess.run(
        ["Rscript", "-e", f"suppressMessages({{{program}}}); cat(format_csv(table))"],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    return [*csv.reader(io.StringIO(told.stdout))][1:]


def test_the_page_has_three_questions_in_three_languages() -> None:
    assert [len(blocks(language)) for language in ("sql", "python", "r")] == [4, 3, 3]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_duckdb_and_polars_give_the_same_answer(number: int, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    answer = ask_duckdb(blocks("sql")[number])
    assert len(answer) > 4
    assert answer == ask_polars(blocks("python")[number])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(3))
def test_r_gives_the_same_answer(number: int, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    answer = sorted([_show(cell) for cell in row] for row in ask_duckdb(blocks("sql")[number]))
    assert sorted(ask_r(blocks("r")[number], data)) == answer


def _show(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@pytest.mark.slow
def test_the_national_base_is_queried_over_its_folders(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    answer = ask_duckdb(blocks("sql")[3])
    assert {row[0] for row in answer} == {"2025", "2026"}
    assert sum(row[2] for row in answer) == 64
