import stat
from pathlib import Path

import pytest

from impact_cli.answers.drafts import Typed, drafts_path, load_drafts, save_drafts

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
