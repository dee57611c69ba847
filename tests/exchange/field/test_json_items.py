import json

import pytest

from impact_cli.errors import ImpactError
from impact_cli.exchange.field.json_items import read_items


def read(text: str) -> list[dict[str, str]]:
    return [dict(pairs) for pairs in read_items(text, "envois.json")]


@pytest.mark.parametrize(
    "wrap", ["[{}]", '{{"count": 3, "results": [{}]}}', '{{"value":[{}],"@odata.context":"https://exemple.org"}}']
)
def test_items_stand_in_a_list_of_any_of_three_kinds(wrap: str) -> None:
    items = [{"_uuid": str(number), "texte": "é" * number} for number in range(5)]
    said = ", ".join(json.dumps(item, ensure_ascii=False) for item in items)
    assert read(wrap.format(said)) == items


def test_one_submission_alone_is_read() -> None:
    assert read('{"_uuid": "a", "Lieu": {"lieu_Commune": "Massy"}}') == [{"_uuid": "a", "Lieu/lieu_Commune": "Massy"}]


def test_values_are_words_as_they_are_written() -> None:
    item = '[{"a": 1.50, "b": true, "c": null, "d": ["x", "y"], "e": [{"f": 1}], "g": 1e999, "h": %s}]' % ("9" * 5000)
    (said,) = read(item)
    assert said == {"a": "1.50", "b": "true", "d": "x y", "e": '[{"f": "1"}]', "g": "1e999", "h": "9" * 5000}


@pytest.mark.parametrize("text", ["[", '[{"a": 1}', '[{"a": 1}, x]', "{", '{"results": [{"a"', "[" * 90_000])
def test_what_is_cut_or_spoilt_is_a_sentence(text: str) -> None:
    with pytest.raises(ImpactError, match=r"envois\.json"):
        read(text)
