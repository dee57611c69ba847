"""What a finished survey gives."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from survey.scripted import Pick, ScriptedPrompter
from writing import new_sheet, real_catalogue

from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Value
from impact_cli.cli.parts.ending import offer_report
from impact_cli.printing import GuardedStream

KEY, WORDS = "sante.exemple", "Une voisine raconte sa vie."
PRIVATE = "lien_social.exemple"


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    sheet = new_sheet(real_catalogue(), {"lieu.commune": "Massy", KEY: WORDS, PRIVATE: "Un secret."}, consent=False)
    sheet = sheet.with_consent(KEY, publish=True).with_consent(PRIVATE, publish=False)
    return save_sheet(Stored(tmp_path / "home" / "remise" / "2026.json", sheet, digest=""))


def give(stored: Stored, *keys: str | None) -> ScriptedPrompter:
    prompter = ScriptedPrompter([Pick(key) for key in keys])
    offer_report(prompter, real_catalogue(), stored, stored.path.parent.parent)
    return prompter


def test_the_report_can_be_read_and_the_menu_comes_back(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stdout", GuardedStream(screen))
    prompter = give(stored, "terminal", "done")
    assert "Massy" in screen.getvalue()
    assert len(prompter.menus) == 2


def test_a_file_is_public_and_opened(stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    give(stored, "html", "done")
    (page,) = tmp_path.glob("*.html")
    assert "Massy" in page.read_text(encoding="utf-8")
    assert "Un secret" not in page.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_a_sentence_and_the_menu_comes_back(
    stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    prompter = give(stored, "html", "done")
    assert len(prompter.menus) == 2
    assert prompter.said


def test_a_second_edition_can_be_compared_with_the_first(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stdout", GuardedStream(screen))
    assert "compare" not in give(stored, "done").menus[0][1]
    former = replace(stored.sheet, edition="2025", answers={"lieu.commune": "Orsay"})
    save_sheet(Stored(stored.path.with_name("2025.json"), former, digest=""))
    assert len(give(stored, "compare", "done").menus) == 2
    assert "en\u00a02025\u00a0: Orsay\u202f; en\u00a02026\u00a0: Massy" in screen.getvalue()


def test_only_words_that_may_be_published_can_be_quoted(stored: Stored) -> None:
    prompter = give(stored, "quote", KEY, "quote", "", "done")
    assert prompter.menus[1][1] == [KEY, ""]
    assert load_sheet(stored.path).sheet.quotation is None
    give(load_sheet(stored.path), "quote", KEY, "done")
    assert load_sheet(stored.path).sheet.quotation == KEY


def test_only_what_the_report_quotes_can_be_quoted(stored: Stored) -> None:
    more: dict[str, Value] = {
        "bilan_individuel.mots_cles": ("entraide",),
        "solidarite.types": ("autre",),
        "solidarite.types.autre": "des plants",
    }
    sheet = new_sheet(real_catalogue(), {**stored.sheet.answers, **more})
    prompter = give(Stored(stored.path.with_name("2027.json"), sheet, digest=""), "quote", None, "done")
    assert prompter.menus[1][1] == [PRIVATE, KEY, ""]
