"""Five formats, one document: the same sentences in the same order, whatever was answered."""

import re

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from render import samples
from render.reading import Page, read_docx, read_html, read_report_pdf, squeeze, tell_aloud, told
from render.strategies import reports

from impact_cli.render.docx import render_docx
from impact_cli.render.html import render_html
from impact_cli.render.markdown import render_markdown
from impact_cli.render.text import render_text
from impact_cli.report.blocks import Report

_DRAWN = re.compile("[-=«»●○•█░]")  # what the formats without pictures draw with


def bare(text: str) -> str:
    """The text without spaces, nor the signs that some formats draw headings, lists, quotations and marks with."""
    return _DRAWN.sub("", squeeze(text))


def read_markdown(markdown: str) -> str:
    page = Page({"h1", "h2", "h3", "p", "li", "th", "td"})
    page.feed(MarkdownIt("commonmark").enable("table").render(markdown))
    return "".join(page.text)


@pytest.mark.slow
@settings(max_examples=20)
@given(reports())
def test_every_format_says_the_same(report: Report) -> None:
    expected = bare(told(report))
    assert bare(read_html(render_html(report))) == expected
    assert bare(read_report_pdf(report)) == expected
    assert bare(read_docx(render_docx(report))) == expected
    assert bare(render_text(report)) == bare(tell_aloud(report))
    assert bare(read_markdown(render_markdown(report))) == expected


@pytest.mark.parametrize("sample", [samples.ordinary, samples.almost_empty, samples.tables, samples.everything])
def test_samples_say_the_same_in_text_and_markdown(sample: samples.Sample) -> None:
    expected = bare(told(sample()))
    assert bare(render_text(sample())) == bare(tell_aloud(sample()))
    assert bare(read_markdown(render_markdown(sample()))) == expected
