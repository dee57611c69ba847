"""Our own reports, after an editor, a mail program or a word processor had them: the same answers, or a doubt."""

import re
from datetime import date
from functools import cache

import pytest
from exchange.ours import DAMAGES, EDITS, try_damage, wrap
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import sheets
from writing import new_sheet, real_book, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.consent import find_unasked
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading
from impact_cli.render.html import render_html
from impact_cli.render.markdown import render_markdown
from impact_cli.render.text import render_text
from impact_cli.report.build import Audience, build_report
from impact_cli.report.wording import SILENCES_TITLE

# Nothing shows that a text or an item is gone, nor that letters of what was typed changed places.
UNSEEN = {"one line in twenty lost": 0.08, "1 % of letters swapped": 0.05}


@cache
def demo() -> Sheet:
    """The answers of the demonstration, with silences, a number of thousands and a text of two paragraphs."""
    content = (catalogue_folder() / "exemples" / "demo.json").read_bytes()
    sheet = new_sheet(real_catalogue(), {})
    for key, answer in read_answers(real_catalogue(), content, "demo.json").items():
        sheet = sheet.with_answer(key, answer, sheet.changed)
    sheet = sheet.with_answer("insertion.combien", 1200, sheet.changed)
    sheet = sheet.with_answer("lien_social.frequence", Silence.NOT_KNOWN, sheet.changed)
    text = "La fanfare joue au marché, et tout le monde vient l’écouter le dimanche.\n\nPuis on range."
    sheet = sheet.with_answer("innovation.exemple", text, sheet.changed)
    for key in find_unasked(real_catalogue(), sheet):
        sheet = sheet.with_consent(key, publish=True)
    return sheet


def tell(ending: str) -> str:
    report = build_report(real_catalogue(), demo(), date(2026, 11, 21), "0.1.0")
    return {"txt": render_text, "md": render_markdown, "html": render_html}[ending](report)


@pytest.mark.parametrize("edit", EDITS)
def test_our_own_text_after_an_editor_gives_the_same_answers_or_doubts(edit: str) -> None:
    compare(read_report(real_book(), EDITS[edit](tell("txt")).encode(), "rapport.txt"))


@pytest.mark.parametrize(
    ("ending", "edit"),
    [("md", "Windows"), ("md", "straight apostrophes"), ("html", "plain spaces"), ("html", "decomposed")],
)
def test_our_own_markup_after_an_editor_gives_the_same_answers_or_doubts(ending: str, edit: str) -> None:
    compare(read_report(real_book(), EDITS[edit](tell(ending)).encode(), f"rapport.{ending}"))


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_damage_hides_is_doubted(damage: str) -> None:
    score = try_damage(damage, 8)
    assert len(score.lost) + len(score.wrong) <= UNSEEN.get(damage, 0) * score.told, (score.lost, score.wrong)
    assert damage != "nothing" or not score.doubted


@pytest.mark.parametrize(("version", "doubted"), [("2026.2", {"cadre_de_vie.image"}), ("2025.1", set())])
def test_an_answer_whose_line_is_gone_is_doubted_in_a_report_of_this_version(version: str, doubted: set[str]) -> None:
    text = re.sub("(?m)^Le lieu a changé l’image.*\n", "", tell("txt")).replace("version 2026.2", f"version {version}")
    reading = read_report(real_book(), text.encode(), "rapport.txt")
    assert "cadre_de_vie.image" not in reading.answers
    assert set(reading.uncertain) == doubted


def compare(reading: Reading, sheet: Sheet | None = None) -> None:
    """Every answer of the sheet, or else of the demonstration, was heard; what was heard otherwise is doubted."""
    path = trace_path(real_catalogue(), sheet or demo())
    told = {key: _flatten(value) for key, value in path.values.items()}
    heard = {key: _flatten(value) for key, value in reading.answers.items()}
    assert {key: value for key, value in heard.items() if told.get(key) != value and key not in reading.uncertain} == {}
    assert told.keys() - heard.keys() == set()
    assert reading.silences["lien_social.frequence"] is Silence.NOT_KNOWN


def _flatten(value: object) -> object:
    """Without what an edit changes in words that were typed: kinds of spaces and apostrophes, dots, dashes."""
    if isinstance(value, tuple):
        return tuple(map(_flatten, value))
    if not isinstance(value, str):
        return value
    return re.sub(r"\s+(?=[:;!?])", "", " ".join(value.replace("’", "'").replace("…", "...").replace("–", "-").split()))


@pytest.mark.parametrize(
    ("edit", "width"),
    [
        *(("nothing", width) for width in (45, 50, 72, 105)),
        *((edit, 45) for edit in ("plain spaces", "straight quotes", "without rules")),
    ],
)
def test_a_report_broken_inside_the_words_of_another_option_gives_them_back(edit: str, width: int) -> None:
    words = "des coups de main entre voisins pour les démarches et les papiers, le samedi matin"
    sheet = demo().with_answer("solidarite.types", ("services", "autre"), demo().changed)
    sheet = sheet.with_answer("solidarite.types.autre", words, demo().changed)
    text = render_text(build_report(real_catalogue(), sheet, date(2026, 11, 21), "0.1.0", Audience.INTERNAL))
    reading = read_report(real_book(), wrap(EDITS[edit](text), width).encode(), "rapport.txt")
    compare(reading, sheet)
    assert not [each for each in reading.unplaced if "Questionnaire" in each.text]


@pytest.mark.slow
@settings(max_examples=25)
@given(sheets(real_catalogue()), st.sampled_from([45, 60, 72, 105]), st.sampled_from(["nothing", "plain spaces"]))
def test_any_report_that_was_wrapped_gives_what_it_gave_or_doubts(sheet: Sheet, width: int, edit: str) -> None:
    # The title of our own last part, typed as an answer, is taken for that title: docs/import.md says so.
    assume(SILENCES_TITLE not in repr(sheet.answers))
    for key in find_unasked(real_catalogue(), sheet):
        sheet = sheet.with_consent(key, publish=True)
    text = render_text(build_report(real_catalogue(), sheet, date(2026, 11, 21), "0.1.0"))
    whole = read_report(real_book(), text.encode(), "rapport.txt").answers
    broken = read_report(real_book(), wrap(EDITS[edit](text), width).encode(), "rapport.txt")
    keys = (whole.keys() | broken.answers.keys()) - broken.uncertain.keys()
    assert [key for key in keys if _flatten(whole.get(key)) != _flatten(broken.answers.get(key))] == []


def test_word_is_read() -> None:
    from impact_cli.render.docx import render_docx

    report = build_report(real_catalogue(), demo(), date(2026, 11, 21), "0.1.0")
    compare(read_report(real_book(), render_docx(report), "rapport.docx"))


@pytest.mark.parametrize(
    "foot", ["La Remise · 2026 {}", "La Remise 2026 | {}", "Effets sociaux et urbains de La Remise – {}"]
)
def test_feet_that_were_copied_with_the_text_are_furniture(foot: str) -> None:
    blocks = re.split(r"\n\n(?! )", tell("txt"))
    copied = [
        part for at, block in enumerate(blocks) for part in (block, *([foot.format(at // 9)] if at % 9 == 8 else []))
    ]
    compare(read_report(real_book(), "\n\n".join(copied).encode(), "rapport.txt"))


def test_what_a_report_says_is_not_published_stays_so() -> None:
    sheet = demo().with_consent("sante.exemple", publish=False)
    report = build_report(real_catalogue(), sheet, date(2026, 11, 21), "0.1.0", Audience.INTERNAL)
    assert read_report(real_book(), render_text(report), "rapport.txt").withheld == {"sante.exemple"}


def test_two_texts_that_nothing_parts_are_doubted() -> None:
    told = "3 nouveaux projets ou actions imprévus ont émergé.\nPrécisions sur ces projets :\nDeux par an\nUne fanfare."
    text = f"Effets sociaux et urbains de La Remise\n\nCapacité à agir\n\n{told}"
    reading = read_report(real_book(), text, "rapport.txt")
    assert set(reading.uncertain) == {"capacite_agir.precisions"}
