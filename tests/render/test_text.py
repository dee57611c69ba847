import pytest
from hypothesis import given, settings
from render import samples
from render.strategies import reports

from impact_cli.render.text import quote, render_blocks, render_text
from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report


def test_each_block_has_its_own_shape() -> None:
    blocks: list[Block] = [
        Heading(1, "Effets du Hangar", "rapport"),
        Heading(2, "Le lieu", "lieu"),
        Heading(3, "Santé", "sante"),
        Paragraph("Deux changements\u00a0:"),
        Bullets(("un", "deux")),
        Quote("un\n\ndeux"),
        Rating("Intensité", 2, 5, "Intensité\u00a0: 2 sur 5 (faible)"),
        Keywords(("lien", "bien être")),
    ]
    assert render_blocks(blocks) == (
        "Effets du Hangar\n================\n\n"
        "Le lieu\n-------\n\n"
        "Santé\n\n"
        "Deux changements\u00a0:\n\n"
        "- un\n- deux\n\n"
        "«\u00a0un\n\n  deux\u00a0»\n\n"
        "Intensité\u00a0: 2 sur 5 (faible)\n\n"
        "#lien #bien être\n"
    )


def test_rows_and_bars_are_lines_that_can_be_heard() -> None:
    assert render_blocks([samples.PEOPLE, samples.COUNTS]) == (
        "Les publics\u00a0:\n- voisins – 2024\u00a0: 1\u202f200\u202f; Venus de\u00a0: la rue\n"
        "- élus – Venus de\u00a0: Massy\n\n"
        "Les occasions\u00a0:\n- un repas\u00a0: 4 lieux sur 4\n- un bal\u00a0: 1 lieu sur 4\n"
    )


def test_nothing_told_is_no_line() -> None:
    assert render_blocks([]) == ""


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("un", "«\u00a0un\u00a0»"),
        ("un\ndeux", "«\u00a0un\n  deux\u00a0»"),
        ("a\n\n\nb", "«\u00a0a\n\n\n  b\u00a0»"),
    ],
)
def test_the_lines_of_a_quotation_stand_under_each_other(typed: str, quoted: str) -> None:
    assert quote(typed) == quoted


def test_a_paragraph_is_one_line_however_long() -> None:
    assert render_blocks([Paragraph("mot " * 500 + "fin.")]).count("\n") == 1


@settings(max_examples=5)
@given(reports())
def test_no_control_reaches_the_reader(report: Report) -> None:
    text = render_text(report)
    assert all(character == "\n" or character.isprintable() or character in "\u00a0\u202f" for character in text)


def test_the_foot_ends_the_text() -> None:
    text = render_text(samples.ordinary())
    assert text.endswith("\n".join(samples.COLOPHON) + "\n")
