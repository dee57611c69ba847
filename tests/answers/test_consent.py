"""Consent belongs to words: other words, and it is to be asked again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.consent import find_personal, find_unasked, find_withheld
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import PUBLISHED, Sheet, Silence
from impact_cli.answers.sheet_file import encode_sheet

KEY, STORY, OTHER = "sante.exemple", "Une voisine raconte sa vie", "Tout autre chose"


def consented(publish: bool = True) -> Sheet:
    return new_sheet(real_catalogue(), {KEY: STORY}, consent=False).with_consent(KEY, publish=publish)


@pytest.mark.parametrize("publish", [True, False])
def test_consent_holds_for_the_words_it_was_given_for(publish: bool) -> None:
    assert consented(publish).may_publish(KEY) == publish
    assert not find_unasked(real_catalogue(), consented(publish))


@pytest.mark.parametrize("publish", [True, False])
def test_other_words_are_asked_about_again_however_they_came(publish: bool, tmp_path: Path) -> None:
    sheet = consented(publish)
    path = tmp_path / "2026.json"
    path.write_bytes(encode_sheet(sheet).replace(STORY.encode(), OTHER.encode()))
    by_hand = load_sheet(path).sheet
    for changed in (by_hand, sheet.with_answer(KEY, OTHER, NOW), replace(sheet, answers={KEY: OTHER})):
        assert not changed.may_publish(KEY)
        assert find_withheld(real_catalogue(), changed) == {KEY}
        assert list(find_unasked(real_catalogue(), changed)) == [KEY]


def test_a_saved_sheet_remembers_nothing_of_words_that_are_gone(tmp_path: Path) -> None:
    stored = save_sheet(Stored(tmp_path / "2026.json", consented(), digest=""))
    save_sheet(replace(stored, sheet=replace(stored.sheet, answers={}, silences={KEY: Silence.SKIPPED})))
    assert b'"consent": {}' in stored.path.read_bytes()


def test_words_read_from_a_published_report_say_so() -> None:
    sheet = new_sheet(real_catalogue(), {KEY: STORY}).with_consent(KEY, publish=True, source=PUBLISHED)
    assert json.loads(encode_sheet(sheet))["consent"][KEY]["from"] == "published"
    assert sheet.may_publish(KEY)


def test_there_is_no_consent_without_words() -> None:
    assert not new_sheet(real_catalogue()).with_consent(KEY, publish=True).consent


def test_what_was_cleared_in_format_1_is_bound_to_the_words_the_file_holds(tmp_path: Path) -> None:
    document = json.loads(encode_sheet(new_sheet(real_catalogue(), {KEY: STORY, "lien_social.exemple": OTHER})))
    del document["consent"]
    cleared = {KEY: True, "lien_social.exemple": False, "image.exemple": True}
    path = tmp_path / "2026.json"
    path.write_text(json.dumps({**document, "format": 1, "cleared": cleared, "couleur": 1}), encoding="utf-8")
    sheet = load_sheet(path).sheet
    assert sheet.may_publish(KEY)
    assert not sheet.may_publish("lien_social.exemple")
    assert set(sheet.consent) == {KEY, "lien_social.exemple"}
    assert sheet.extra == {"couleur": 1}
    assert not replace(sheet, answers={KEY: OTHER}).may_publish(KEY)


@pytest.mark.parametrize("cleared", [["a"], 1, {KEY: "oui"}, {KEY: 1}])
def test_a_former_consent_that_is_no_yes_or_no_is_none(cleared: object, tmp_path: Path) -> None:
    document = json.loads(encode_sheet(new_sheet(real_catalogue(), {KEY: STORY})))
    path = tmp_path / "2026.json"
    path.write_text(json.dumps({**document, "format": 1, "cleared": cleared}), encoding="utf-8")
    with pytest.raises(Exception, match="attendu"):
        load_sheet(path)


@pytest.mark.parametrize(
    "text",
    [
        "Karim a été embauché",
        "Fatou, 8 ans",
        "Merci à Inès.",
        "Une fête. Puis son frère Thomas.",
        "Jean-Pierre aide le lundi",
        "Les enfants de D’Alembert",
        "Une visite de KARIM",
    ],
)
def test_a_first_name_alone_is_noticed(text: str) -> None:
    assert find_personal(text, "Les Halles du Bief") == ("un nom de personne",)


@pytest.mark.parametrize(
    "text",
    [
        "Une voisine est venue. Elle revient.",
        "L’équipe d’animation",
        "Les Halles du Bief accueillent la PMI en janvier.",
        "Ateliers le mardi ; fête à Noël.",
        "– Plusieurs jeunes\n– Des voisins",
    ],
)
def test_words_that_name_nobody_give_no_alarm(text: str) -> None:
    assert find_personal(text, "Les Halles du Bief") == ()
