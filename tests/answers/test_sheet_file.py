import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.collection.plain_sheets import decode_plain
from impact_cli.answers.sheet import Origin, Sheet, Silence, Submission, Value
from impact_cli.answers.sheet_file import decode_sheet, encode_sheet
from impact_cli.answers.sheet_form import SHEET
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
    assert decode_sheet(b"\xef\xbb\xbf" + compact, PATH) == _sheet()


@pytest.mark.parametrize("key", ["venue", "edition", "quotation"])
def test_a_name_that_would_fill_every_row_of_a_dataset_is_a_fault(key: str) -> None:
    assert f"{key}: un texte de 1 à 1000 caractères est attendu." in _refusal(_change(**{key: "é" * 1001}))


def test_a_short_reading_knows_how_long_a_name_may_be() -> None:
    long, longest = (encode_sheet(replace(_sheet(), venue="é" * size)) for size in (1001, 1000))
    assert decode_plain(long) is None
    assert decode_plain(longest) == decode_sheet(longest, PATH)


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


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"[" * 100_000, '{"venue": "Été"}'.encode("latin-1")])
def test_what_is_no_sheet_at_all_is_told_as_such(content: bytes) -> None:
    assert str(PATH) in _refusal(content)


BY_HAND: dict[str, tuple[dict[str, object], str, str]] = {
    "no_venue": ({"venue": ""}, "venue", "un texte de 1 à 1000 caractères est attendu."),
    "number_for_a_venue": ({"venue": 104}, "venue", "un texte de 1 à 1000 caractères est attendu."),
    "date_alone": ({"created": "2026-03-01"}, "created", "une date du calendrier est attendue, avec son"),
    "no_offset": ({"changed": "2026-03-01T14:30:00"}, "changed", "une date du calendrier est attendue, avec son"),
    "unknown_status": ({"status": "finie"}, "status", "la valeur n’est pas une de celles attendues"),
    "half_a_number": ({"answers": {"lieu.ouverture": 20.5}}, "lieu.ouverture", "une réponse est un texte, un nombre"),
    "nothing": ({"answers": {"lieu.commune": None}}, "lieu.commune", "une réponse est un texte, un nombre"),
    "list_of_numbers": ({"answers": {"sante.changements": [1]}}, "sante.changements", "une réponse est un texte"),
    "answers_in_a_list": ({"answers": ["a"]}, "answers", "un objet {…} est attendu."),
    "unknown_silence": ({"silences": {"sante.exemple": "peut-être"}}, "sante.exemple", "la valeur n’est pas une de"),
    "format_in_words": ({"format": "un"}, "format", "un nombre entier est attendu."),
    "no_format": ({"format": 0}, "format", "un nombre entier est attendu."),
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


_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@given(st.data())
def test_what_is_read_is_what_the_schema_describes(data: st.DataObject) -> None:
    """The schema that databases are given and the reader are one description: neither takes what the other refuses."""
    document = json.loads(encode_sheet(_full_sheet()))
    document[data.draw(st.sampled_from([*document, "another"][1:]))] = data.draw(_JUNK)  # format: as it is
    for part in ("answers", "silences", "uncertain", "consent", "catalogue", "origin"):
        if isinstance(document[part], dict) and data.draw(st.booleans()):
            document[part][data.draw(st.sampled_from([*document[part], "id"]))] = data.draw(_JUNK)
    valid = Draft202012Validator(SHEET.schema, format_checker=_FORMATS).is_valid(document)
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    doubled = set(document["answers"] or ()) & set(document["silences"] or ()) if valid else set()
    assert _is_read(content) == (valid and not doubled)


def _is_read(content: bytes) -> bool:
    try:
        decode_sheet(content, PATH)
    except ImpactError:
        return False
    return True


def _full_sheet() -> Sheet:
    """A sheet with something under every key."""
    sheet = replace(
        _sheet().with_consent("lieu.commune", publish=True),
        origin=Origin("published", NOW, edition_said=False),
        former_edition="2025",
        voices=("2026-equipe",),
        submission=Submission(("1",), "L’équipe", "9f86", NOW),
        quotation="lieu.commune",
        uncertain={"lieu.commune": "deux réponses s’y lisent"},
        unplaced=("Une ligne.",),
    )
    assert all(getattr(sheet, key) for key in SHEET.forms)
    return sheet


def test_everything_a_sheet_can_hold_is_read_as_it_was_written() -> None:
    assert decode_sheet(encode_sheet(_full_sheet()), PATH) == _full_sheet()


@pytest.mark.parametrize("number", ["1e999", "-0", "0.10", "3.141592653589793238462643383279", "1E5", "9" * 5000])
def test_a_number_nobody_knows_stays_as_it_was_written(number: str) -> None:
    content = encode_sheet(replace(_sheet(), extra={"z": {"deep": ["NUMBER"]}})).replace(b'"NUMBER"', number.encode())
    assert encode_sheet(decode_sheet(content, PATH)) == content


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_refused_with_its_line(number: str) -> None:
    content = encode_sheet(replace(_sheet(), extra={"note": "NaN", "z": {"deep": ["NUMBER"]}}))
    line = content[: content.index(b'"NUMBER"')].count(b"\n") + 1
    refusal = _refusal(content.replace(b'"NUMBER"', number.encode()))
    assert refusal == f"{PATH}:{line}: {number} n’est pas un nombre en JSON."


@pytest.mark.parametrize("depth", [150, 100_000])
def test_what_is_too_deep_is_refused_with_its_line(depth: int) -> None:
    content = encode_sheet(replace(_sheet(), extra={"z": "DEEP"}))
    line = content[: content.index(b'"DEEP"')].count(b"\n") + 1
    assert _refusal(content.replace(b'"DEEP"', b"[" * depth + b"]" * depth)).startswith(f"{PATH}:{line}: ")


@pytest.mark.parametrize("written", ['"lieu.commune"', '"lieu\\u002ecommune"'])
def test_a_key_written_twice_is_refused_with_its_line(written: str) -> None:
    content = encode_sheet(_sheet()).replace(b'"Lille",', b'"Lille",\n    ' + written.encode() + b': "Massy",')
    line = content[: content.index(b'"Massy"')].count(b"\n") + 1
    assert _refusal(content) == f"{PATH}:{line}: lieu.commune: la clé est écrite deux fois."


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00-23:59"]
)
@pytest.mark.parametrize("key", ["created", "changed"])
def test_a_date_outside_the_calendar_is_a_fault_with_its_line(key: str, date: str) -> None:
    content = _change(**{key: date})
    line = next(number for number, line in enumerate(content.splitlines(), 1) if f'"{key}":'.encode() in line)
    assert _refusal(content).startswith(f"{PATH}:{line}: {key}: une date du calendrier est attendue")


@pytest.mark.parametrize("content", [b"[1]", b'"a"', b"{}", b'{"format": 1, "venue": "x", "blocks": []}', b"%PDF-1.7"])
def test_json_that_is_no_sheet_says_so_in_one_sentence(content: bytes) -> None:
    assert _refusal(content) == f"{PATH} : ce fichier n’est pas une fiche."
