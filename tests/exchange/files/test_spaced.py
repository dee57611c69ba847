"""Text in which only blanks show where it stood on a page."""

import shutil
import subprocess
from datetime import date

import pytest
from exchange.test_editors import compare, demo
from writing import real_book, real_catalogue

from impact_cli.exchange.files.sources import read_pieces
from impact_cli.exchange.published import read_report
from impact_cli.report.build import build_report

PAGES = """
La Remise                                          Rapport 2024


Insertion         Des certificats ou diplômes ont été obtenus et des
professionnelle   emplois ont été créés.


1/11/24, 10:12 AM                                           1/2
\f
La Remise                                          Rapport 2024


Solidarité        La remorque de l’atelier part presque chaque
                  samedi.


1/11/24, 10:12 AM                                           2/2
"""
COLUMNS = """
Lien social                       Santé
On vient tous les mardis pour     On dort mieux depuis que la
le café que tient la voisine      halle est chauffée, disent ceux
du dessous, et puis on reste      qui y travaillent, surtout ceux
pour les gens.                    de l’étage.
"""


def read(text: str) -> list[str]:
    return [piece.text for piece in read_pieces(text, "rapport.txt")]


def test_titles_beside_a_text_stand_before_it_and_heads_and_feet_leave() -> None:
    assert read(PAGES) == [
        "Insertion professionnelle",
        "Des certificats ou diplômes ont été obtenus et des emplois ont été créés.",
        "Solidarité",
        "La remorque de l’atelier part presque chaque samedi.",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    lines = read(COLUMNS)
    assert lines.index("Santé") > lines.index("Lien social") + 1
    assert " ".join(lines).endswith("surtout ceux de l’étage.")


def test_a_title_right_below_a_full_line_is_none_of_its_text() -> None:
    text = "\n".join(["Chaque matin on vient au café pour les voisins du lieu."] * 4)
    assert read(f"{text}\nEffets collectifs\f")[-1] == "Effets collectifs"


@pytest.mark.slow
@pytest.mark.parametrize("option", [[], ["-layout"], ["-raw"]], ids=["plain", "layout", "raw"])
def test_the_text_of_our_own_pdf_gives_the_same_answers_or_doubts(option: list[str]) -> None:
    pytest.importorskip("typst", reason="typst sets the PDF")
    from impact_cli.render.pdf import render_pdf

    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    report = build_report(real_catalogue(), demo(), date(2026, 11, 21), "0.1.0")
    command = ["pdftotext", *option, "-", "-"]
    text = subprocess.run(command, input=render_pdf(report), capture_output=True, check=True).stdout
    compare(read_report(real_book(), text, "rapport.txt"))
