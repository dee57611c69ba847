"""The questionnaire to print: every question whole on a page, boxes for a pen, tags for who hears it."""

from collections.abc import Iterable, Iterator

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from pypdfium2.raw import FPDF_PAGEOBJ_PATH  # type: ignore[import-untyped]
from render.reading import run
from render.samples import DAY, HOSTILE
from writing import real_catalogue

from impact_cli.catalogue.paper import Paper, PaperQuestion, Table, Ticks, build_paper
from impact_cli.render.paper import render_paper

pytestmark = pytest.mark.slow
_FIVE_MILLIMETRES = 14.17  # in points


def refuse(missing: Iterable[str]) -> None:
    pytest.fail(f"no glyph for {missing}")


@pytest.fixture(scope="module")
def paper() -> Paper:
    return build_paper(real_catalogue())


@pytest.fixture(scope="module")
def pdf(paper: Paper) -> bytes:
    return render_paper(to_builtins(paper), DAY, refuse)


def list_questions(paper: Paper) -> Iterator[PaperQuestion]:
    return (question for family in paper.families for section in family.sections for question in section.questions)


def read_pages(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(pdf)]


def test_every_question_stands_whole_on_one_page(paper: Paper, pdf: bytes) -> None:
    pages = read_pages(pdf)
    for question in list_questions(paper):
        (page,) = (page for page in pages if f" {question.key} " in f" {page} ")
        assert f"{question.number} {question.ask}".split()[0] in page.split()


def test_every_option_has_a_box_of_five_millimetres(paper: Paper, pdf: bytes) -> None:
    expected = sum(map(count_boxes, list_questions(paper)))
    assert len([1 for width, height in list_shapes(pdf) if min(width, height) >= _FIVE_MILLIMETRES - 0.1]) == expected


def count_boxes(question: PaperQuestion) -> int:
    room = question.room
    boxes = len(room.options) if isinstance(room, Ticks) else 0
    boxes += len(room.rows) * len(room.choices) if isinstance(room, Table) else 0
    return boxes + len(question.beside)


def list_shapes(pdf: bytes) -> Iterator[tuple[float, float]]:
    """Width and height, in points, of what is drawn as square as a box."""
    for page in pypdfium2.PdfDocument(pdf):
        for shape in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=5):
            left, bottom, right, top = shape.get_bounds()
            if abs((right - left) - (top - bottom)) < 1:
                yield right - left, top - bottom


def test_it_is_tagged_titled_and_of_its_language(pdf: bytes) -> None:
    assert "Tagged:          yes" in run("pdfinfo", "-", given=pdf).decode()
    metadata = run("pdfinfo", "-meta", "-", given=pdf).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<rdf:li>fr</rdf:li>" in metadata


def test_headings_lead_to_each_question(paper: Paper, pdf: bytes) -> None:
    structure = run("pdfinfo", "-struct", "-", given=pdf).decode(errors="replace")
    tags = [line.split()[0] for line in structure.splitlines() if line.strip()]
    questions = list(list_questions(paper))
    assert tags.count("H4") == len(questions)
    assert tags.count("Table") == len([question for question in questions if isinstance(question.room, Table)])
    assert tags.count("LI") == sum(len(each.room.options) for each in questions if isinstance(each.room, Ticks))


@pytest.mark.parametrize("typed", HOSTILE)
def test_any_words_can_be_printed(paper: Paper, typed: str) -> None:
    assert render_paper(to_builtins(replace(paper, title=typed)), DAY, lambda _: None).startswith(b"%PDF")


def test_a_question_longer_than_a_page_goes_on_over_the_next(paper: Paper) -> None:
    question = next(each for each in list_questions(paper) if isinstance(each.room, Ticks))
    assert isinstance(question.room, Ticks)
    long = replace(question, room=Ticks([*question.room.options] * 30))
    section = replace(paper.families[0].sections[0], questions=[long])
    whole = replace(paper, families=[replace(paper.families[0], sections=[section])])
    assert len(read_pages(render_paper(to_builtins(whole), DAY, refuse))) > 2
