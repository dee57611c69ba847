import stat
from pathlib import Path

import pytest

from impact_cli.answers.keeping.drafts import Typed, drafts_path, load_drafts, save_drafts, set_aside_spoilt

DRAFTS: dict[str, Typed] = {"lien.exemple": "Une voi\nsine «", "lien.publics": ("voisins", "amis")}


def test_what_was_half_typed_comes_back_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    sheet = tmp_path / "remise" / "2026.json"
    save_drafts(sheet, DRAFTS)
    assert load_drafts(sheet) == DRAFTS
    assert stat.S_IMODE(drafts_path(sheet).stat().st_mode) == 0o600
    save_drafts(sheet, {})
    assert not drafts_path(sheet).exists()
    assert load_drafts(sheet) == {}


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 99_999, b'{"a": 1, "b": [2], "c": {}}'])
def test_a_spoilt_draft_offers_nothing_and_stops_nothing(spoilt: bytes, tmp_path: Path) -> None:
    sheet = tmp_path / "2026.json"
    drafts_path(sheet).write_bytes(spoilt)
    assert load_drafts(sheet) == {}


def test_a_spoilt_entry_hides_no_other(tmp_path: Path) -> None:
    sheet = tmp_path / "2026.json"
    drafts_path(sheet).write_bytes(b'\xef\xbb\xbf{"a": 1, "b": "x", "c": "\\ud800"}')
    assert load_drafts(sheet) == {"b": "x", "c": "?"}


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[1]", b"\xff\xfe", b'{"a": 1, "b": "x"}'])
def test_a_spoilt_draft_is_kept_aside_and_what_can_be_read_stays(spoilt: bytes, tmp_path: Path) -> None:
    sheet = tmp_path / "2026.json"
    for number in (1, 2):
        drafts_path(sheet).write_bytes(spoilt)
        before = load_drafts(sheet)
        kept = set_aside_spoilt(sheet)
        assert kept
        assert kept.read_bytes() == spoilt
        assert load_drafts(sheet) == before
        assert len([*tmp_path.glob("*.draft-illisible*")]) == number


def test_a_sound_draft_stays_where_it_is(tmp_path: Path) -> None:
    sheet = tmp_path / "2026.json"
    assert set_aside_spoilt(sheet) is None
    save_drafts(sheet, DRAFTS)
    assert set_aside_spoilt(sheet) is None
    assert load_drafts(sheet) == DRAFTS
