import re
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given
from render import samples
from render.reading import list_contents, read_docx, run, squeeze, told
from render.strategies import reports

from impact_cli.render.docx import render_docx
from impact_cli.render.palette import LIGHT
from impact_cli.report.blocks import Report


@cache
def write(sample: samples.Sample) -> bytes:
    return render_docx(sample())


def open_word(sample: samples.Sample) -> Document:
    return docx.Document(BytesIO(write(sample)))


@pytest.mark.slow
@given(reports())
def test_document_says_the_blocks_in_their_order(report: Report) -> None:
    assert read_docx(render_docx(report)) == told(report)


@pytest.mark.parametrize("sample", [samples.ordinary, samples.almost_empty, samples.tables, samples.everything])
def test_samples_say_their_blocks_in_their_order(sample: samples.Sample) -> None:
    assert read_docx(write(sample)) == told(sample())


@pytest.mark.slow
@pytest.mark.parametrize("sample", [samples.ordinary, samples.almost_empty, samples.tables, samples.everything])
def test_libreoffice_converts_it_to_the_same_text(sample: samples.Sample, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(write(sample))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    as_text = ("--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path))
    run("soffice", "--headless", profile, *as_text, str(tmp_path / "report.docx"))
    converted = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    contents = list_contents(sample())
    assert not contents or squeeze(converted).count(contents) == 1
    assert re.sub("[•●○]", "", squeeze(converted)).replace(contents, "") == told(sample())


def test_styles_are_the_ones_an_editor_knows() -> None:
    document = open_word(samples.ordinary)
    used = [line.style.name for line in document.paragraphs if line.style]
    assert used[0] == "Title"
    assert used.count("Heading 1") == 5
    assert used.count("Heading 2") == 9
    assert used.count("List Bullet") == 13
    assert used.count("Quote") == 3


def test_the_head_of_a_table_comes_back_and_no_row_is_divided() -> None:
    document = open_word(samples.tables)
    heads = [len(table._tbl.xpath("w:tr/w:trPr/w:tblHeader")) for table in document.tables]
    assert heads == [1, 0, 1, 1, 0]
    for table in document.tables:
        assert len(table._tbl.xpath("w:tr/w:trPr/w:cantSplit")) == len(table.rows)
    assert len(document.tables[0]._tbl.xpath("w:tr/w:tc[2]//w:jc[@w:val='right']")) == 4


def test_document_knows_its_title_and_language() -> None:
    document = open_word(samples.ordinary)
    assert document.core_properties.title == samples.ordinary().title
    assert document.core_properties.language == "fr-FR"
    assert not document.core_properties.comments
    languages = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert languages == ["fr-FR"]


def test_a_mark_is_drawn_behind_its_words_in_the_colour_of_its_family() -> None:
    document = open_word(samples.ordinary)
    line = next(line for line in document.paragraphs if line.text.startswith("Intensité des effets individuels"))
    words, dots = line.runs
    assert (words.text, dots.text) == ("Intensité des effets individuels\u00a0: 4 sur 5, forte ", "●●●●○")
    assert f"#{dots.font.color.rgb}".lower() == LIGHT.accent(1)


def test_same_report_gives_the_same_bytes() -> None:
    assert render_docx(samples.ordinary()) == write(samples.ordinary)


def test_the_table_of_contents_stays_on_one_page() -> None:
    document = open_word(samples.everything)
    lines = [line for line in document.paragraphs if line.style and str(line.style.name).startswith("Contents")]
    assert [bool(line.paragraph_format.keep_with_next) for line in lines] == [*[True] * (len(lines) - 1), False]
