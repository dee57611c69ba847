"""Grammalecte, an independent judge of French, reads the sentences of a thousand reports."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from report.speaking import own_sentences_of, own_sentences_of_comparison, random_sheet

# What it reports without cause, as (rule or kind, words): why it is no fault.
FALSE_ALARMS = {
    ("g2__typo_ordinaux_chiffres_exposants__b1_a1_1", "1er"): "it wants ᵉʳ in superscript, which fonts and voices lack",
    ("spelling", "Numéripôle"): "a venue's name",
    ("spelling", "Uto-Pic"): "a venue's name",
    ("spelling", "coworking"): "in a venue's name",
    ("g3__gn_2m_et_ou__b1_a1_1", "étudiantes"): "two nouns, taken for two adjectives of one noun",
    ("g3__gn_2m_et_ou__b1_a1_1", "Étudiantes"): "the same",
    ("g3__gn_2m_et_ou__b1_a2_1", "étudiants"): "the same",
    ("nbsp_après_double_ponctuation", ":\u00a0"): "a cell of a table is kept with the name of its column",
    ("gv1__ppas_sujet_être_accord_pluriel__b3_a1_2", "exclues"): "it agrees with “personnes”, and so it is",
}
_FIGURES = re.compile(r"\d+(?:[\u202f,]\d+)*")
WRONG = {
    "Les actions ont bénéficiées à 20 personnes.": "bénéficiées",
    "Certains personnes se sentent exclues.": "Certains",
    "Des échanges de espaces ont été observés.": "de",
}


@pytest.mark.slow
def test_it_finds_nothing_in_a_thousand_reports(tmp_path: Path) -> None:
    sentences = {words for number in range(1000) for words in own_sentences_of(random_sheet(number))}
    assert len(sentences) > 500
    assert judge(sorted(sentences), tmp_path) - FALSE_ALARMS.keys() == set()


@pytest.mark.slow
def test_it_finds_nothing_in_two_hundred_comparisons(tmp_path: Path) -> None:
    sentences = {words for number in range(200) for words in own_sentences_of_comparison(number)}
    assert len(sentences) > 500
    assert judge(sorted(sentences), tmp_path) - FALSE_ALARMS.keys() == set()


@pytest.mark.slow
@pytest.mark.parametrize("sentence", WRONG)
def test_it_finds_the_faults_of_older_reports(sentence: str, tmp_path: Path) -> None:
    assert WRONG[sentence] in " ".join(words for _, words in judge([sentence], tmp_path))


def judge(sentences: list[str], folder: Path) -> set[tuple[str, str]]:
    """Each alarm: its rule, or "spelling", and the words it is about; of sentences that differ by figures it reads one.

    Figures change no agreement by themselves: "1 personne" and "2 personnes" differ by a letter too.
    """
    if shutil.which("grammalecte-cli") is None:
        pytest.skip("grammalecte-cli is not installed (apt-get install grammalecte-cli)")
    sentences = [*{_FIGURES.sub("0", sentence): sentence for sentence in sentences}.values()]
    path = folder / "sentences.txt"
    path.write_text("\n".join(sentences) + "\n", encoding="utf-8")
    run = subprocess.run(["grammalecte-cli", "-f", path, "-j"], check=True, capture_output=True, text=True)
    paragraphs = json.loads(run.stdout[run.stdout.index("{") :])["data"]
    assert len(paragraphs) == len(sentences)
    alarms = set()
    for paragraph in paragraphs:
        sentence = sentences[paragraph["iParagraph"] - 1]
        alarms |= {
            (fault["sRuleId"], sentence[fault["nStart"] : fault["nEnd"]]) for fault in paragraph["lGrammarErrors"]
        }
        alarms |= {("spelling", fault["sValue"]) for fault in paragraph["lSpellingErrors"]}
    return alarms
