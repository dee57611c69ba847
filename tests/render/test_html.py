import itertools
import re

import pytest
from hypothesis import given
from render import samples
from render.reading import read_html, told
from render.strategies import reports

from impact_cli.render.html import render_html
from impact_cli.render.palette import DARK, LIGHT, Palette
from impact_cli.report.blocks import Block, Heading, Quote, Rating, Report


@pytest.mark.slow
@given(reports())
def test_page_says_the_blocks_in_their_order(report: Report) -> None:
    assert read_html(render_html(report)) == told(report)


@pytest.mark.parametrize("sample", [samples.ordinary, samples.almost_empty, samples.tables, samples.everything])
def test_samples_say_their_blocks_in_their_order(sample: samples.Sample) -> None:
    assert read_html(render_html(sample())) == told(sample())


def test_page_is_one_file_without_script() -> None:
    page = render_html(samples.everything())
    tags = set(re.findall(r"<([a-z0-9]+)", page))
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "video", "audio", "base"}
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert not re.search(r"\s(?:src|srcset|style|on[a-z]+)=", _markup(page))
    assert "url(" not in page
    assert "@import" not in page


def test_links_lead_to_headings_of_the_page() -> None:
    page = render_html(samples.ordinary())
    targets = re.findall(r'href="#([^"]+)"', page)
    anchors = re.findall(r' id="([^"]+)"', page)
    assert targets
    assert set(targets) <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_page_has_one_first_heading_and_its_language() -> None:
    page = render_html(samples.ordinary())
    assert page.count("<h1") == 1
    assert '<html lang="fr">' in page


def test_newlines_of_a_quotation_survive() -> None:
    title = Heading(1, "Effets", "rapport")
    page = render_html(Report("Effets", "Lieu", "2025", "fr", (title, Quote("un\n\n  deux")), (), samples.DAY))
    assert "<p>un\n\n  deux</p>" in page
    assert "white-space: pre-wrap" in page


def test_policy_of_the_page_admits_nothing_from_elsewhere() -> None:
    page = render_html(samples.almost_empty())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert not re.search(r"https?:|\*|script", policy[1])


def test_as_many_circles_are_filled_as_the_mark_says() -> None:
    page = render_html(_report(Rating("Force", 2, 5, "Force\u00a0: 2 sur 5")))
    assert re.findall(r' r="([\d.]+)"( class="reached")?/>', page) == [
        *(("49.0", ""), ("39.2", ""), ("29.4", "")),
        *(("19.6", ' class="reached"'), ("9.8", ' class="reached"')),
    ]


def test_a_table_names_its_rows_and_columns_and_drawings_are_hidden_from_the_ear() -> None:
    page = render_html(_report(samples.PEOPLE, samples.COUNTS))
    assert '<caption id="table-1">Les publics</caption>' in page
    assert '<th scope="col" class="number">2024</th>' in page
    assert '<th scope="row">voisins</th>\n<td class="number">1\u202f200</td>\n<td>la rue</td>' in page
    assert page.count("<svg") == len(re.findall(r'<svg class="bar"[^>]* aria-hidden="true"', page)) == 2
    assert "<span>1 lieu sur 4</span>" in page


def _report(*blocks: Block) -> Report:
    title = Heading(1, "Effets", "rapport")
    return Report("Effets", "Lieu", "2025", "fr", (title, Heading(2, "Partie", "partie", 1), *blocks), (), samples.DAY)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_text_colour_stands_out_from_its_ground(palette: Palette) -> None:
    grounds = (palette.paper, palette.card)
    texts = (palette.ink, palette.muted, *palette.accents)
    faint = [pair for pair in itertools.product(texts, grounds) if _contrast(*pair) < 4.5]
    faint += [pair for pair in zip(palette.accents, palette.tints, strict=True) if _contrast(*pair) < 4.5]
    assert not faint


def _markup(page: str) -> str:
    """The tags without what they hold: a typed text holds no < of its own."""
    return " ".join(re.findall(r"<[^>]*>", page.partition("<body>")[2]))


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
