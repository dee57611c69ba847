"""Files made to break the reader end in a sentence, or in answers, soon."""

import time

import pytest
from writing import real_book, real_catalogue

from impact_cli.errors import ImpactError
from impact_cli.exchange.process import ReaderProcess
from impact_cli.exchange.published import read_report

REPORT = b"Effets sociaux et urbains de La Remise\n\nLien social\n\nCes rencontres ont lieu au quotidien.\n"

HOSTILE = {
    "ten_megabytes.txt": "a" * 10_000_000,
    "one_line.txt": "Lien social " * 420_000,
    "empty.txt": "",
    "spaces.txt": " \n" * 100_000,
    "stars.txt": "*" * 250_000,
    "starts.txt": "Des échanges, dons ou mutualisations de " * 7_000,
    "options.txt": "Ces rencontres ont lieu " + "de la les et " * 30_000,
    "noes.txt": "Santé\n\n" + "non " * 37_000,
    "stops.txt": "Santé\n\n" + "Xa. " * 37_000,
    "glued.txt": "Santé\n\n" + "bénévolesvoisinsdu " * 7_000,
    "hashtags.txt": "#a" * 140_000,
    "hash_lines.txt": "#a\n" * 100_000,
    "quotes.txt": "Titre\n=====\n\n" + "« a\n" * 50_000,
    "quotes.md": "> a\n\n" * 50_000,
    "backslashes.md": "\\" * 250_000,
    "combining.txt": "e" + "\u0301" * 250_000,
    "digits.txt": "1" * 250_000 + " nouveaux projets ou actions",
    "nested.html": "<ul><li>" * 10_000 + "bénévoles" + "</li></ul>" * 10_000,
    "unclosed.html": "<a " * 1_000_000,
    "comments.html": "<!--" * 1_000_000,
    "entities.html": "<p>" + "&amp" * 100_000,
    "attributes.html": '<a b="' * 500_000,
    "scripts.html": "<html>" + "<script>" * 400_000,
    "nul.txt": "\0" * 1000,
    "broken.pdf": "%PDF-1.7\n" + "x" * 1000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon(name: str) -> None:
    with ReaderProcess(real_catalogue(), None) as reader:
        try:
            reader.read(HOSTILE[name].encode(), name)
        except ImpactError as error:
            assert name in error.message  # noqa: PT017  most, not all, are no report
        assert reader.read(REPORT, "rapport.txt").answers


LIKELY = {
    "free texts": "Lien social\n\nCes rencontres ont lieu au quotidien.\n\n"
    + "Un texte libre de plus, tout simple.\n" * 30,
    "lists": "Lien social\n\nDes interactions sociales ont été observées entre différents publics :\n\n"
    "- voisins et voisines du quartier\n- publics en difficulté\n- bénévoles\n\n"
    "Ces échanges ont été constatés :\n\n- lors d'évènements grand public et lors de temps spécifiques\n\n",
    "prose": "Solidarité\n\nDes échanges de petits services et de compétences ont été observés entre bénévoles. "
    "Un texte libre suit, que personne ne connaît. Il parle du quartier, des gens et de la fête.\n\n",
}


def _measure(section: str, size: int) -> float:
    """Processor seconds for a page of at least `size` bytes."""
    page = "Effets sociaux et urbains de La Remise\n\n" + section * (size // len(section.encode()) + 1)
    start = time.process_time()
    read_report(real_book(), page, "page.txt")
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIKELY)
def test_the_time_of_a_long_page_stays_near_its_length(kind: str) -> None:
    _measure(LIKELY[kind], 6_000)  # the first reading also learns the wordings
    short = min(_measure(LIKELY[kind], 6_000) for _ in range(3))
    assert _measure(LIKELY[kind], 60_000) < 40 * short


def test_a_file_that_is_no_report_says_so() -> None:
    with pytest.raises(ImpactError, match=r"recette\.txt.*n’est pas un rapport"):
        read_report(real_book(), "Une recette\n\nCasser trois œufs.\n", "recette.txt")
