"""The quick way to decode a sheet gives what the careful way gives, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import sheets
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.collection.plain_sheets import decode_plain
from impact_cli.answers.sheet import Origin, Sheet, Submission, Value
from impact_cli.answers.sheet_file import decode_sheet, encode_sheet
from impact_cli.errors import ImpactError

PIECES = (
    *(b'"', b"{", b"}", b"[", b"]", b",", b": ", b"\n", b"null", b"true", b"1.0", b"-0", b"1e3", b"NaN"),
    b"\\u00e9",
    *(
        b"\\ud800",
        b"\xff",
        b'"venue": "x",',
        b'"answers": {}',
        b'"a.b": ["x"],',
        b'"extra": 1,',
        b'"format": 3,',
        b"  ",
    ),
)


def richer(drawn: tuple[Sheet, bool]) -> Sheet:
    sheet, imported = drawn
    if not imported:
        return sheet
    doubted = dict.fromkeys([*sheet.answers][:2], "le texte est abîmé")
    origin = Origin("published", NOW, edition_said=False)
    submission = Submission(("uuid:1",), "equipe", "0" * 64, NOW)
    sheet = replace(sheet, origin=origin, uncertain=doubted, unplaced=("Une ligne.",), submission=submission)
    return replace(sheet, former_edition="2025", voices=("2026-equipe",))


@settings(max_examples=20)
@given(sheet=st.tuples(sheets(real_catalogue()), st.booleans()).map(richer))
def test_a_sheet_is_read_as_it_was_written_the_quick_way_and_the_careful_one(sheet: Sheet) -> None:
    content = encode_sheet(sheet)
    assert decode_sheet(content, Path("x.json")) == sheet
    assert decode_plain(content) == sheet


@given(data=st.data())
def test_nothing_is_decoded_that_the_careful_way_refuses(data: st.DataObject) -> None:
    content = encode_sheet(richer((small(), data.draw(st.booleans()))))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.sampled_from([0, 0, 1, 2, 12]))
        content = content[:place] + data.draw(st.sampled_from(PIECES)) + content[place + gone :]
    plain = decode_plain(content)
    if plain is not None:
        assert decode_sheet(content, Path("x.json")) == plain


def small() -> Sheet:
    answers: dict[str, Value] = {"lieu.commune": "Massy", "lieu.salaries": 3, "lien_social.publics": ("voisins",)}
    return new_sheet(real_catalogue(), {**answers, "cadre_de_vie.exemple": "Un mot."})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"lieu.salaries": 3', b'"lieu.salaries": 3, "lieu.salaries": 4'),
        (b'"lieu.salaries": 3', b'"lieu.salaries": -0'),
        (b'"lieu.salaries": 3', b'"lieu.salaries": true'),
        (b'"venue": "La Remise"', b'"venue": ""'),
        (b"+00:00", b""),
        (b'"silences": {', b'"silences": {"lieu.salaries": "skipped"'),
        (b'"publish": true', b'"publish": 1'),
        (b'"status": "in_progress"', b'"status": "done"'),
        (b'"format": 2', b'"format": 1'),
        (b'"format": 2', b'"format": true'),
    ],
)
def test_faults_are_left_to_the_careful_way(old: bytes, new: bytes) -> None:
    content = encode_sheet(small())
    assert old in content
    assert decode_plain(content) is not None
    changed = content.replace(old, new, 1)
    assert decode_plain(changed) is None
    if new != b'"format": 1':
        with pytest.raises(ImpactError):
            decode_sheet(changed, Path("x.json"))
