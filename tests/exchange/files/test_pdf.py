"""The text of PDFs, set by typst as the tools of others set theirs."""

import sys
import zlib
from pathlib import Path

import pytest
from cli.commands import run
from exchange.files.pdfs import write_objects, write_page
from writing import real_book

from impact_cli.errors import ImpactError
from impact_cli.exchange.files.layout import Line, gather_lines
from impact_cli.exchange.files.pdf import extract_text
from impact_cli.exchange.published import read_report

typst = pytest.importorskip("typst", reason="typst sets the PDFs")
pytest.importorskip("pypdfium2", reason="pypdfium2 reads the PDFs")
pytestmark = pytest.mark.slow  # each sets a PDF and reads it in a process of its own

LEFT = ("Des interactions sociales ont été", "observées entre des bénévoles,", "des voisins et des voisines", "d'ici.")
RIGHT = ("Le projet a permis d'améliorer", "l'attractivité économique et", "l'entretien des espaces verts", "du parc.")
FILLER = "On vient pour le café et on reste pour les gens qui le boivent avec nous chaque matin au comptoir. "


def set_pdf(body: str, head: str = "") -> bytes:
    page = '#set page(width: 16cm, height: 12cm, margin: 2cm)\n#set text(lang: "fr", size: 10pt)'
    source = f"{page}\n#set smartquote(enabled: false)\n{head}\n{body}"
    content = typst.compile(source.encode())
    assert isinstance(content, bytes)
    return content


def read(body: str, head: str = "") -> str:
    return extract_text(set_pdf(body, head), "rapport.pdf")


def read_fault(content: bytes) -> ImpactError:
    with pytest.raises(ImpactError) as fault:
        extract_text(content, "rapport.pdf")
    return fault.value


# Lines, paragraphs, columns


def test_lines_that_only_the_width_parts_are_one() -> None:
    assert read(FILLER * 3).split("\n") == [(FILLER * 3).strip()]


def test_a_blank_line_parts_paragraphs_titles_and_quotes() -> None:
    blocks = f"#text(16pt)[Effets individuels]\n\n*Lien social*\n\n{FILLER}\n\n_Une parole._"
    text = read(blocks, "#set par(spacing: 1.4em)")
    assert text.split("\n\n") == ["Effets individuels", "Lien social", FILLER.strip(), "Une parole."]


def test_lines_typed_one_below_the_other_stay_lines() -> None:
    assert read(f"{FILLER}\n\nbénévoles \\ voisins \\ élus").split("\n")[-3:] == ["bénévoles", "voisins", "élus"]


def test_columns_in_the_order_of_the_file_stay_in_it() -> None:
    text = read(f"#columns(2)[Un. {FILLER * 2} #colbreak() Deux. {FILLER * 2}]")
    assert text == f"Un. {FILLER * 2}".strip() + "\n\n" + f"Deux. {FILLER * 2}".strip()


def test_columns_whose_lines_take_turns_are_read_one_after_the_other() -> None:
    cells = "".join(f"[{left}], [{right}]," for left, right in zip(LEFT, RIGHT, strict=True))
    table = f"#grid(columns: (5.5cm, 5.5cm), column-gutter: 8mm, row-gutter: 0.65em, {cells})"
    text = read(f"= Effets sociaux et urbains de la Remise des voisins et voisines\n{table}")
    assert " ".join(text.split()).endswith(" ".join(LEFT + RIGHT))


def test_what_is_drawn_first_stands_where_one_sees_it() -> None:
    text = read(f"#place(dy: 6cm)[Le dernier mot.]\n= Effets sociaux\n{FILLER}")
    assert text.startswith("Effets sociaux")
    assert text.endswith("Le dernier mot.")


def test_names_and_values_in_rows_stay_in_pairs() -> None:
    text = read("#grid(columns: (3cm, 6cm), row-gutter: 1em, [Équipe], [autant], [Publics], [plus], [Élus], [moins])")
    assert text.split() == ["Équipe", "autant", "Publics", "plus", "Élus", "moins"]


def test_words_set_apart_to_fill_a_line_stay_in_it() -> None:
    lines = f"#set par(justify: true)\n#block(width: 5cm)[{FILLER} incommensurablement anticonstitutionnel. {FILLER}]"
    assert FILLER.strip() in read(lines, "#set text(hyphenate: false)").split(" incommensurablement ")[0]


def test_a_page_turned_by_a_quarter_is_read() -> None:
    assert read(f"#rotate(-90deg, reflow: true)[#block(width: 7cm)[{FILLER}]]") == FILLER.strip()


def test_words_aslant_behind_the_text_are_one_line() -> None:
    text = read(f"#place(center + horizon, rotate(-35deg, text(40pt)[BROUILLON]))\n{FILLER * 3}")
    assert sorted(line for line in text.split("\n") if line) == ["BROUILLON", (FILLER * 3).strip()]


# Titles


def test_a_name_set_large_over_several_lines_is_one_line() -> None:
    cover = "#text(20pt)[EFFETS SOCIAUX ET URBAINS DE]\n\n#text(44pt)[La \\ Grande \\ Halle]"
    assert read(f"{cover}\n\n#v(1cm)\n{FILLER}", "#set par(spacing: 0.8em)").split("\n") == [
        "EFFETS SOCIAUX ET URBAINS DE",
        "",
        "La Grande Halle",
        "",
        FILLER.strip(),
    ]


# Heads and feet

HEAD = "#set page(header: [La Remise #h(1fr) Rapport 2024], footer: context [{}])"
NUMBER = "#counter(page).display()"
FEET = (
    NUMBER,
    f"— {NUMBER} —",
    f"{NUMBER} / #counter(page).final().first()",
    f"Imprimé le 14/03/2023 #h(1fr) Page {NUMBER} sur #counter(page).final().first()",
)


@pytest.mark.parametrize("foot", FEET)
def test_heads_and_feet_leave_and_a_sentence_goes_on(foot: str) -> None:
    words = " ".join(f"mot{number}" for number in range(1000))
    assert read(words, HEAD.format(foot)) == words


def test_a_list_goes_on_on_the_next_page() -> None:
    text = read("\n".join(f"- point numéro {number}" for number in range(40)), HEAD.format(NUMBER))
    assert text.split("\n") == [f"• point numéro {number}" for number in range(40)]


def test_a_large_title_on_every_page_stays() -> None:
    text = read(f"#text(16pt)[Nos effets]\n\n{FILLER}#pagebreak()\n#text(16pt)[Nos effets]\n\n{FILLER}")
    assert text.count("Nos effets") == 2


def test_a_number_that_ends_the_only_page_is_an_answer_unless_it_is_the_pages() -> None:
    assert read(f"{FILLER}\n\n#v(1fr)\n12").endswith("\n12")
    assert read(f"{FILLER}\n\n#v(1fr)\n1") == FILLER.strip()


# Words


def test_hyphenated_words_are_whole_again() -> None:
    words = "L'immatriculation extraordinairement laborieuse des approvisionnements communautaires démocratiques."
    narrow = f"#block(width: 3cm)[{words}]"
    text = read(narrow, "#set text(hyphenate: true)\n#set par(justify: true)")
    assert text == words


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("au rendez-\\vous prévu", "rendez-vous"),
        ("on va peut-\\être voir", "peut-être"),
        ("les bénéfi-\\ciaires du lieu", "bénéficiaires"),
        ("à Saint-\\Denis demain", "Saint-Denis"),
        ("un chantier-école ; le chantier-\\école", "le chantier-école"),
        ("l’accompa\u2010\\gnement", "l’accompagnement"),
        ("l’accompa\u00ad\\gnement", "l’accompagnement"),
        ("un effet ﬁnal, une ﬂotte", "final, une flotte"),
        ("voir https:\\/\\/exemple.org/une-\\page/", "https://exemple.org/une-page/"),
        ("voir https:\\/\\/exemple.org/une/\\page.html", "https://exemple.org/une/page.html"),
    ],
)
def test_what_a_line_breaks(lines: str, word: str) -> None:
    assert word in read(lines.replace("-\\", "-#linebreak()").replace("\u2010\\", "\u2010#linebreak()"))


# Bullets


@pytest.mark.parametrize("marker", ["[•]", "[◦]", "[▪]"])
def test_bullets_begin_their_line(marker: str) -> None:
    items = f"Ont été observés :\n- des bénévoles\n- {FILLER}\n- des élus"
    expected = ["Ont été observés :", "• des bénévoles", f"• {FILLER.strip()}", "• des élus"]
    assert [line for line in read(items, f"#set list(marker: {marker})").split("\n") if line] == expected


@pytest.mark.parametrize(
    ("typed", "told"), [("\uf0b7 un", "• un"), ("\uf3c5 Lien", "Lien"), ("le\uf005 mot", "le mot")]
)
def test_characters_that_only_a_font_of_icons_has(typed: str, told: str) -> None:
    assert [line.text for line in gather_lines([Line(typed, 10, 60, 10, 10, 0, {b"Icons"})])] == [told]


# Our own report


def test_our_own_report_comes_back(tmp_path: Path) -> None:
    told = {}
    for ending in ("txt", "pdf"):
        report = tmp_path / f"rapport.{ending}"
        assert run("demo", "-o", str(report), home=tmp_path / "unused").code == 0
        told[ending] = read_report(real_book(), report.read_bytes(), report.name)
    assert len(told["pdf"].answers) > 40
    assert {key: _flatten(value) for key, value in told["pdf"].answers.items()} == {
        key: _flatten(value) for key, value in told["txt"].answers.items()
    }
    assert not told["pdf"].unplaced
    assert not told["pdf"].uncertain


def _flatten(value: object) -> object:
    """The value without the places where a page breaks its lines."""
    return " ".join(value.split()) if isinstance(value, str) else value


# Faults


def test_a_damaged_file_is_said_in_one_sentence() -> None:
    content = set_pdf(FILLER)
    for part in (content[:200], b"%PDF-1.7\n" + b"[" * 100_000):
        assert read_fault(part).message == "rapport.pdf : le texte de ce PDF ne peut pas être lu."


def test_a_file_without_text_says_that_it_may_hold_images() -> None:
    fault = read_fault(set_pdf("#rect(fill: blue)"))
    assert "ne contient pas de texte" in fault.message
    assert "images" in fault.hint


def test_a_password_is_named() -> None:
    crypt = b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"00" * 32, b"00" * 32)
    fault = read_fault(write_objects(b"<</Type/Catalog/Pages 3 0 R>>", crypt, b"<</Type/Pages/Count 0/Kids[]>>"))
    assert "mot de passe" in fault.message
    assert "copie" in fault.hint


def test_a_file_of_more_pages_than_any_report_is_refused() -> None:
    assert "trop de pages" in read_fault(set_pdf("#for each in range(501) { pagebreak() }")).message


def test_a_file_of_more_characters_than_any_report_is_refused() -> None:
    stream = zlib.compress(b"BT /F1 1 Tf " + b"(Bonjour) Tj " * 100_000 + b"ET")
    assert "trop long" in read_fault(write_page(stream)).message


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "impact-cli[pdf]" in str(read_fault(b"%PDF-1.7\n").hint)
