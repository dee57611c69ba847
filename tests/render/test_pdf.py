import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render import samples
from render.reading import read_pdf, read_report_pdf, run, squeeze, told
from render.samples import DAY
from render.strategies import reports

from impact_cli.render import typesetting
from impact_cli.render.docx import render_docx
from impact_cli.render.html import render_html
from impact_cli.render.pdf import render_pdf
from impact_cli.render.visible import make_lines_visible
from impact_cli.report.blocks import Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report

pytestmark = pytest.mark.slow


@settings(max_examples=20)
@given(reports())
def test_document_says_the_blocks_in_their_order(report: Report) -> None:
    assert read_report_pdf(report) == told(report)


@pytest.mark.parametrize("sample", [samples.ordinary, samples.almost_empty])
def test_samples_say_their_blocks_in_their_order(sample: samples.Sample) -> None:
    report = sample()
    assert read_report_pdf(report) == told(report)


def test_document_is_tagged_titled_and_of_its_language() -> None:
    pdf = render_pdf(samples.ordinary())
    facts = run("pdfinfo", "-", given=pdf).decode()
    assert "Tagged:          yes" in facts
    assert f"Title:           {samples.ordinary().title}" in facts
    metadata = run("pdfinfo", "-meta", "-", given=pdf).decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<rdf:li>fr</rdf:li>" in metadata


def test_structure_has_headings_lists_and_quotations() -> None:
    structure = run("pdfinfo", "-struct", "-", given=render_pdf(samples.ordinary())).decode(errors="replace")
    tags = [line.split()[0] for line in structure.splitlines() if line.strip()]
    assert tags.count("H1") == 1
    assert tags.count("H2") == 6
    assert tags.count("H3") == 9
    assert tags.count("BlockQuote") == 3
    assert tags.count("LI") == 13
    assert "TOC" in tags


def test_tables_have_captions_and_heads_that_come_back_on_the_next_page() -> None:
    document = render_pdf(samples.tables())
    structure = run("pdfinfo", "-struct", "-", given=document).decode(errors="replace")
    tags = [line.split()[0] for line in structure.splitlines() if line.strip()]
    assert (tags.count("Table"), tags.count("Caption"), tags.count("THead")) == (5, 5, 3)
    assert "Cequ’elleveutdire" in read_pdf(document, first=3)


def test_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(samples.everything()) == render_pdf(samples.everything())


@pytest.mark.parametrize("typed", samples.HOSTILE)
def test_any_text_survives_or_leaves_a_stand_in(typed: str) -> None:
    title = Heading(1, "Effets", "rapport")
    part = Heading(2, typed, "partie")
    report = Report("Effets", typed, "2025", "fr", (title, part, Quote(typed), Paragraph("Fin.")), (typed,), DAY)
    text = read_report_pdf(report)
    assert "Fin." in text
    for character in filter(str.isascii, squeeze(make_lines_visible(typed))):
        assert character in text
    hidden = make_lines_visible(typed).count("\ufffd")
    assert text.count("\ufffd") in (3 * hidden, 4 * hidden)  # with the running head, where it has a stand-in


@settings(max_examples=20)
@given(st.text(st.characters(), min_size=1))
def test_any_unicode_text_makes_a_document(typed: str) -> None:
    blocks = (Heading(1, typed, "rapport"), Heading(2, typed, "partie"), Keywords((typed,)), Bullets((typed,)))
    report = Report(typed, typed, typed, "fr", (*blocks, Rating(typed, 2, 5, typed), Quote(typed)), (typed,), DAY)
    assert render_pdf(report).startswith(b"%PDF")
    assert render_docx(report).startswith(b"PK")
    assert render_html(report).encode().startswith(b"<!DOCTYPE html>")


def test_a_character_without_a_glyph_becomes_a_box() -> None:
    title = Heading(1, "Effets", "rapport")
    report = Report("Effets", "Lieu", "2025", "fr", (title, Paragraph("Un 日 deux 本\U0010fffd trois")), (), DAY)
    assert read_report_pdf(report) == "EffetsUn□deux□□trois"


def test_a_refusal_in_words_of_another_version_costs_glyphs_and_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words read are those of typst 0.15; tests/versions.py tries them with the lowest and the newest."""
    monkeypatch.setattr(typesetting, "_UNPRINTABLE", re.compile("words that no version says"))
    title = Heading(1, "Effets", "rapport")
    report = Report("Effets", "Lieu", "2025", "fr", (title, Paragraph("Été 日 et œuvre")), (), DAY)
    assert read_report_pdf(report) == "EffetsÉté□etœuvre"


def test_emoji_are_printed() -> None:
    title = Heading(1, "Effets", "rapport")
    report = Report("Effets", "Lieu", "2025", "fr", (title, Quote("😀 ☕ 🌱 👩\u200d👩\u200d👧 👍🏽")), (), DAY)
    assert read_report_pdf(report) == "Effets😀☕🌱👩\u200d👩\u200d👧👍🏽"


def test_a_word_of_three_thousand_letters_stays_on_the_page(tmp_path: Path) -> None:
    title = Heading(1, "Effets", "rapport")
    report = Report("Effets", "Lieu", "2025", "fr", (title, Heading(2, "W" * 90, "a"), Quote("n" * 3000)), (), DAY)
    document = tmp_path / "report.pdf"
    document.write_bytes(render_pdf(report))
    boxes = run("pdftotext", "-bbox", str(document), "-").decode()
    ends = [float(part.split('"')[1]) for part in boxes.split("xMax=")[1:]]
    assert ends
    assert max(ends) < 595.3 - 20 * 72 / 25.4
