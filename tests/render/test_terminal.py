import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render import samples
from render.reading import tell_aloud
from render.strategies import reports
from rich.cells import cell_len

from impact_cli.render.terminal import fits, render_terminal
from impact_cli.render.visible import make_report_visible
from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report, Table
from impact_cli.typography import draw_bar

_STYLE = re.compile(r"\x1b\[[0-9;]*m")


def _lines(*blocks: Block, width: int = 30) -> list[str]:
    report = Report("Titre", "Le Hangar", "2026", "fr", blocks, ("Pied.",), samples.DAY)
    return render_terminal(report, width, styled=False).removesuffix("\n\nPied.\n").split("\n")


def _bare(text: str) -> str:
    """The words alone: capitals are those of headings, and each format draws with its own signs."""
    return re.sub(r"[-=«»●○•▌█░\s]", "", text).casefold()


@settings(max_examples=10)
@given(reports(), st.integers(min_value=20, max_value=120))
def test_any_report_fits_any_width_and_says_the_same(report: Report, width: int) -> None:
    shown = render_terminal(report, width, styled=False)
    assert max(map(cell_len, shown.split("\n"))) <= width

    def is_grid(block: Block) -> bool:
        return isinstance(block, Table) and fits(block, min(width, 88))

    told = tell_aloud(report, lambda table: not is_grid(table))
    # A name that takes several lines stands beside the numbers of its row, no longer before them.
    arrange = sorted if any(map(is_grid, make_report_visible(report).blocks)) else list
    assert arrange(_bare(shown)) == arrange(_bare(told))


@pytest.mark.parametrize(("sample", "width"), [(samples.tables, 20), (samples.ordinary, 20), (samples.everything, 80)])
def test_styles_change_no_word_and_no_width(sample: samples.Sample, width: int) -> None:
    styled = render_terminal(sample(), width)
    assert _STYLE.sub("", styled) == render_terminal(sample(), width, styled=False)
    assert "\x1b" in styled


def test_nothing_typed_reaches_the_terminal_as_a_command() -> None:
    shown = render_terminal(samples.everything(), 80, styled=False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_rich_markup_and_emoji_codes_are_plain_words() -> None:
    typed = "Le [café] du [/] lieu [bold]:warning:[/bold]"
    assert _lines(Paragraph(typed), width=80) == [typed]


def test_a_line_is_never_wider_than_one_reads_with_ease() -> None:
    assert max(map(cell_len, _lines(Paragraph("mot " * 200), width=300))) <= 88


def test_a_terminal_too_narrow_is_taken_as_one_of_twenty_columns() -> None:
    assert max(map(cell_len, _lines(Paragraph("un mot assez long " * 5), width=3))) <= 20


def test_lines_break_at_spaces_save_those_that_must_not_break() -> None:
    lines = _lines(Paragraph("Voici ce que l’on en a dit ici\u00a0: rien\u202f!"))
    assert lines == ["Voici ce que l’on en a dit", "ici\u00a0: rien\u202f!"]


def test_a_character_that_stands_for_itself_is_not_taken_for_a_space() -> None:
    assert _lines(Paragraph("a\ue0a0b \ue0af c")) == ["a\ue0a0b \ue0af c"]


def test_lists_and_quotations_keep_their_edge() -> None:
    long = "un deux trois quatre cinq six sept huit"
    assert _lines(Bullets((long, "neuf"))) == ["• un deux trois quatre cinq", "  six sept huit", "• neuf"]
    assert _lines(Quote(f"{long}\n\nfin")) == ["▌ un deux trois quatre cinq", "▌ six sept huit", "▌", "▌ fin"]


def test_a_list_follows_the_words_that_lead_it_in_at_once() -> None:
    lines = _lines(Paragraph("Deux\u00a0:"), Bullets(("un",)), Paragraph("Fin."))
    assert lines == ["Deux\u00a0:", "• un", "", "Fin."]


def test_families_stand_in_capitals_and_marks_are_drawn() -> None:
    lines = _lines(Heading(2, "Été", "ete"), Rating("Note", 1, 3, "Note\u00a0: 1 sur 3"), Keywords(("a", "b c")))
    assert lines == ["ÉTÉ", "", "Note\u00a0: 1 sur 3 ●○○", "", "#a #b c"]


def test_a_table_stands_in_columns_where_it_fits_and_in_lines_where_not() -> None:
    assert _lines(samples.PEOPLE, width=40) == [
        "Les publics",
        "          2024  Venus de",
        "voisins  1\u202f200  la rue",
        "élus            Massy",
    ]
    assert _lines(samples.PEOPLE, width=20) == [
        "Les publics\u00a0:",
        "• voisins –",
        "  2024\u00a0:\u00a01\u202f200\u202f;",
        "  Venus de\u00a0:\u00a0la rue",
        "• élus – Venus",
        "  de\u00a0:\u00a0Massy",
    ]


def test_a_word_wider_than_the_names_of_rows_is_broken_and_not_cut() -> None:
    table = Table("Mots", ("", "2024"), (("Anticonstitutionnellement", "1"),))
    assert _lines(table, width=24)[2:] == ["Anticonstitutionne     1", "llement"]


def test_bars_are_drawn_before_their_words() -> None:
    assert _lines(samples.COUNTS, width=40) == [
        "Les occasions\u00a0:",
        "██████████ un repas\u00a0: 4 lieux sur 4",
        "██░░░░░░░░ un bal\u00a0: 1 lieu sur 4",
    ]


@pytest.mark.parametrize(("value", "drawn"), [(0, "░░░░"), (1, "█░░░"), (50, "██░░"), (99, "███░"), (100, "████")])
def test_only_nothing_looks_empty_and_only_all_of_it_full(value: int, drawn: str) -> None:
    assert draw_bar(value, 100, 4) == drawn


def test_blocks_are_apart_by_one_empty_line() -> None:
    lines = render_terminal(samples.ordinary(), 60, styled=False).split("\n")
    assert not any(first == second == "" for first, second in pairwise(lines[:-1]))
