"""Reports are read in a process that has so much time and memory for each, and the next one is read all the same."""

import zlib
from collections.abc import Callable, Iterator

import pytest
from exchange.files.pdfs import write_page
from exchange.traps import make_traps
from writing import real_book, real_catalogue

from impact_cli.errors import ImpactError
from impact_cli.exchange import process
from impact_cli.exchange.process import ReaderProcess
from impact_cli.exchange.published import read_report

pytestmark = pytest.mark.slow

REPORT = b"Effets sociaux et urbains de La Remise\n\nLien social\n\nCes rencontres ont lieu au quotidien.\n"


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess(real_catalogue(), None) as started:
        yield started


def write_gigabytes() -> bytes:
    return write_page(zlib.compress(b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 4_000_000 + b"ET", 1))


def write_brackets() -> bytes:
    return b"%PDF-1.7\n" + b"[" * 100_000


@pytest.mark.parametrize(("name", "write"), [("gigabytes.pdf", write_gigabytes), ("brackets.pdf", write_brackets)])
def test_a_file_that_no_bound_holds_is_given_up_and_the_next_one_read(
    reader: ReaderProcess, name: str, write: Callable[[], bytes]
) -> None:
    content = write()
    for _ in range(2):
        with pytest.raises(ImpactError, match=name):
            reader.read(content, name)
        assert reader.read(REPORT, "rapport.txt").answers == {"lien_social.frequence": ("quotidien",)}


def test_what_takes_too_long_is_named(reader: ReaderProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_SECONDS", 0.001)
    with pytest.raises(ImpactError, match=r"long\.txt.: .* trop de temps"):
        reader.read(REPORT * 300, "long.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *("a.txt", "newline.txt", "ligature.txt", "one letter of many.txt", "sharp s.txt"),
        *("bold.md", "a comment.md", "cdata.md"),
    ],
)
def test_a_trap_ends_in_an_answer_or_a_sentence_long_before_its_time_is_over(reader: ReaderProcess, name: str) -> None:
    content = next(text for trap, text in make_traps() if trap == name)
    try:
        assert reader.read(content.encode(), name).venue == "La Remise"
    except ImpactError as error:
        assert name in error.message  # noqa: PT017  some are no report, or too long
        assert "trop de temps" not in error.message  # noqa: PT017
    assert reader.read(REPORT, "rapport.txt").answers


def test_a_fault_comes_back_whole(reader: ReaderProcess) -> None:
    with pytest.raises(ImpactError, match=r"vide\.txt.: ce fichier n’est pas un rapport") as caught:
        reader.read(b"", "vide.txt")
    assert caught.value.hint


def test_all_that_a_reading_holds_comes_back(reader: ReaderProcess) -> None:
    report = REPORT + "\nSanté\n\n- xyz : 3 !\n\nRAS\n".encode()
    reading = reader.read(report, "rapport.txt")
    here = read_report(real_book(), report, "rapport.txt")
    here.lines = {}
    assert reading == here
