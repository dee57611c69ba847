import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from render import samples
from render.strategies import LETTERS, MARKUP

from impact_cli.render.markdown import escape, render_markdown
from impact_cli.report.blocks import Block, Bullets, Heading, Keywords, Paragraph, Quote, Rating, Report, Table


def _read(source: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)


def _report(*blocks: Block) -> Report:
    return Report("Titre", "Le Hangar", "2026", "fr", blocks, ("Pied.",), samples.DAY)


def _render(*blocks: Block) -> str:
    return render_markdown(_report(*blocks)).removesuffix("\n\n---\n\nPied.\n")


def test_each_block_has_its_own_markup() -> None:
    blocks = (
        Heading(1, "Effets", "rapport"),
        Heading(2, "Le lieu", "lieu"),
        Heading(3, "Santé", "sante"),
        Paragraph("Deux\u00a0:"),
        Bullets(("un", "deux")),
        Quote("un\ndeux\n\ntrois"),
        Rating("Intensité", 2, 5, "Intensité\u00a0: 2 sur 5"),
        Keywords(("lien", "bien être")),
    )
    assert _render(*blocks) == (
        "# Effets\n\n## Le lieu\n\n### Santé\n\nDeux\u00a0:\n\n- un\n- deux\n\n> un\\\n> deux\n>\n> trois\n\n"
        "Intensité\u00a0: 2 sur 5 ●●○○○\n\n\\#lien \\#bien être"
    )


def test_tables_are_those_of_github_and_bars_are_drawn_before_their_words() -> None:
    assert _render(samples.PEOPLE, samples.COUNTS) == (
        "Les publics\n\n|  | 2024 | Venus de |\n| --- | ---: | --- |\n"
        "| voisins | 1\u202f200 | la rue |\n| élus |  | Massy |\n\n"
        "Les occasions\n\n| | |\n| --- | --- |\n"
        "| un repas | ██████████ 4 lieux sur 4 |\n| un bal | ██░░░░░░░░ 1 lieu sur 4 |"
    )


TYPED = [
    "# titre",
    "- puce",
    "+ puce",
    "1. un",
    "12) douze",
    "> citation",
    "---",
    "===",
    "***",
    "```",
    "~~~",
    "    en retrait",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<script>alert(1)</script>",
    "<!-- caché -->",
    "&amp; &#65;",
    "*gras* _souligné_ ~~barré~~ `code`",
    "[lien](https://exemple.fr) ![image](x.png) <https://exemple.fr>",
    "[^1]: note",
    "[ref]: https://exemple.fr",
    "fin de ligne\\\nsuite",
    "deux espaces  \nsuite",
    "https://exemple.fr www.exemple.fr a@exemple.fr",
    "$x$ \\(x\\)",
    "titre\n===",
    "titre\n---",
]


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_typed_is_markup(typed: str) -> None:
    first = typed.partition("\n")[0].strip()
    tokens = _read(_render(Quote(typed), Paragraph(first), Bullets((first,))))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {"blockquote", "paragraph", "inline", "bullet_list", "list_item"}
    inside = {child.type for token in tokens for child in token.children or []}
    assert inside <= {"text", "text_special", "hardbreak", "softbreak"}


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_typed_leaves_its_cell(typed: str) -> None:
    tokens = _read(_render(Table(typed.partition("\n")[0], ("a", "b"), ((typed, "fin"), ("x", typed)))))
    assert sum(token.type == "tr_open" for token in tokens) == 3
    assert sum(token.type in {"th_open", "td_open"} for token in tokens) == 6
    inside = {child.type for token in tokens for child in token.children or []}
    assert inside <= {"text", "text_special", "softbreak"}


@given(st.text(LETTERS.replace("\u00a0", "").replace("\u202f", "") + MARKUP, min_size=1).map(str.strip).filter(bool))
def test_an_escaped_line_is_read_as_it_was_typed(typed: str) -> None:
    line = " ".join(typed.split())
    (_, inline, _) = _read(escape(line))
    assert "".join(child.content for child in inline.children or []) == line


def test_links_that_some_readers_make_by_themselves_are_broken() -> None:
    assert escape("https://exemple.fr") == "https\\://exemple.fr"
    assert escape("www.exemple.fr") == "www\\.exemple.fr"
    assert escape("a@exemple.fr") == "a\\@exemple.fr"


def test_a_hostile_report_keeps_its_outline() -> None:
    headings = [token.tag for token in _read(render_markdown(samples.everything())) if token.type == "heading_open"]
    expected = [f"h{block.level}" for block in samples.everything().blocks if isinstance(block, Heading)]
    assert headings == expected
