import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers import sheet_file
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.answers.sheet_file import decode_sheet, encode_sheet
from impact_cli.answers.sheet_form import read_sheet
from impact_cli.errors import ImpactError

PATH = Path("remise/2026.json")


def _sheet() -> Sheet:
    answers: dict[str, Value] = {"lieu.commune": "Lille", "sante.changements": ("travail",), "lieu.ouverture": 0}
    return new_sheet(real_catalogue(), answers, {"sante.exemple": Silence.NOT_KNOWN})


def _change(**changes: object) -> bytes:
    """The sheet's file, edited by hand."""
    return json.dumps(json.loads(encode_sheet(_sheet())) | changes, ensure_ascii=False, indent=2).encode()


def _refusal(content: bytes) -> str:
    with pytest.raises(ImpactError) as raised:
        decode_sheet(content, PATH)
    assert "Rien n’a été modifié" in raised.value.hint
    return raised.value.message.replace("\u00a0", " ").replace("\u202f", " ")


@settings(max_examples=30, deadline=None)
@given(sheets(real_catalogue()))
def test_a_sheet_is_read_as_it_was_written(sheet: Sheet) -> None:
    assert decode_sheet(encode_sheet(sheet), PATH) == sheet
    assert encode_sheet(decode_sheet(encode_sheet(sheet), PATH)) == encode_sheet(sheet)


def test_the_file_is_json_with_flat_keys_that_a_person_can_read() -> None:
    content = encode_sheet(_sheet()).decode()
    assert '\n    "lieu.commune": "Lille",\n' in content
    assert content.endswith("}\n")
    assert json.loads(content)["answers"]["sante.changements"] == ["travail"]


def test_keys_of_a_later_version_survive() -> None:
    content = _change(couleur={"teinte": ["bleu", 3, None]}, zone=1)
    sheet = decode_sheet(content, PATH)
    assert sheet.extra == {"couleur": {"teinte": ["bleu", 3, None]}, "zone": 1}
    assert json.loads(encode_sheet(sheet)) == json.loads(content)


def test_a_byte_order_mark_or_other_spaces_change_nothing() -> None:
    compact = json.dumps(json.loads(encode_sheet(_sheet()))).encode()
    assert decode_sheet(compact, PATH) == _sheet()


def test_a_sheet_of_a_newer_format_can_be_read() -> None:
    assert decode_sheet(_change(format=99), PATH) == replace(_sheet(), format=99)


def test_a_newer_format_that_cannot_be_read_is_told_as_such() -> None:
    with pytest.raises(ImpactError, match="version plus récente"):
        decode_sheet(_change(format=99, answers=[]), PATH)


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_told_as_such(content: bytes) -> None:
    assert _refusal(content) == f"{PATH} : la fiche est vide."


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_told_as_such_with_its_line(share: float) -> None:
    content = encode_sheet(_sheet())
    cut = content[: int(len(content) * share)]
    line = cut.rstrip().count(b"\n") + 1
    assert _refusal(cut) == f"{PATH}:{line}: la fiche est coupée avant sa fin."


def test_a_lost_comma_is_told_with_its_line() -> None:
    content = encode_sheet(_sheet()).replace(b'"Lille",', b'"Lille"')
    line = content[: content.index(b'"Lille"')].count(b"\n") + 2
    assert _refusal(content) == f"{PATH}:{line}: ce n’est pas du JSON correct à partir d’ici."


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"[" * 100_000, '{"venue": "Été"}'.encode("latin-1"), b"%PDF-1.7"])
def test_what_is_no_sheet_at_all_is_told_as_such(content: bytes) -> None:
    assert str(PATH) in _refusal(content)


BY_HAND: dict[str, tuple[dict[str, object], str, str]] = {
    "no_venue": ({"venue": ""}, "venue", "le texte est vide."),
    "number_for_a_venue": ({"venue": 104}, "venue", "un texte est attendu."),
    "date_alone": ({"created": "2026-03-01"}, "created", "une date est attendue, comme 2026-03-01T14:30:00+01:00."),
    "no_offset": ({"changed": "2026-03-01T14:30:00"}, "changed", "la date doit porter son décalage horaire"),
    "unknown_status": ({"status": "finie"}, "status", "la valeur n’est pas une de celles attendues"),
    "half_a_number": ({"answers": {"lieu.ouverture": 20.5}}, "lieu.ouverture", "une réponse est un texte, un nombre"),
    "nothing": ({"answers": {"lieu.commune": None}}, "lieu.commune", "une réponse est un texte, un nombre"),
    "list_of_numbers": ({"answers": {"sante.changements": [1]}}, "sante.changements", "une réponse est un texte"),
    "answers_in_a_list": ({"answers": ["a"]}, "answers", "un objet {…} est attendu."),
    "unknown_silence": ({"silences": {"sante.exemple": "peut-être"}}, "sante.exemple", "la valeur n’est pas une de"),
    "format_in_words": ({"format": "un"}, "format", "un nombre entier est attendu."),
    "stamp": ({"catalogue": {"id": 3, "version": "1", "fingerprint": ""}}, "id", "un texte est attendu."),
    "answer_and_silence": (
        {"answers": {"sante.exemple": "x"}},
        "sante.exemple",
        "la question a une réponse et un silence : gardez l’un des deux.",
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_a_fault_made_by_hand_is_told_with_its_line(case: str) -> None:
    changes, key, what = BY_HAND[case]
    content = _change(**changes)
    refusal = _refusal(content)
    lines = [number for number, line in enumerate(content.splitlines(), 1) if f'"{key}":'.encode() in line]
    assert what in refusal
    assert int(refusal.removeprefix(f"{PATH}:").partition(":")[0]) in lines


def test_every_fault_made_by_hand_is_told_at_once_in_order() -> None:
    refusal = _refusal(_change(venue="", status="finie", answers={"lieu.commune": None, "lieu.periode": 1.5}))
    lines = [int(line.removeprefix(f"{PATH}:").partition(":")[0]) for line in refusal.splitlines()]
    assert len(lines) == 4
    assert lines == sorted(lines)


def test_a_missing_key_is_named() -> None:
    content = json.loads(encode_sheet(_sheet()))
    del content["venue"]
    assert _refusal(json.dumps(content).encode()) == f"{PATH}: venue: la clé manque."


_JUNK = st.sampled_from(
    ["null", "true", "1", "2", "1.5", '""', '"x"', "[]", '["a"]', "[1]", "{}", '{"a": "b"}', '{"a": 1}', '{"a": true}']
).map(json.loads)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_is_read_plainly_has_the_right_form(data: st.DataObject) -> None:
    """Two ways to read a file are one: the quick one takes nothing that pydantic refuses or reads otherwise."""
    document = json.loads(encode_sheet(_sheet()))
    document[data.draw(st.sampled_from([*document, "another"]))] = data.draw(_JUNK)
    for part in ("answers", "silences", "uncertain", "cleared", "catalogue"):
        if isinstance(document[part], dict) and data.draw(st.booleans()):
            document[part][data.draw(st.sampled_from(["sante.changements", "id"]))] = data.draw(_JUNK)
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    if plain := sheet_file._read_plainly(content):
        assert plain == read_sheet(content, PATH)


@settings(max_examples=30, deadline=None)
@given(sheets(real_catalogue()))
def test_what_we_write_is_read_plainly(sheet: Sheet) -> None:
    content = encode_sheet(sheet)
    assert b"\\u" in content or sheet_file._read_plainly(content) == sheet
