"""Twice as much takes twice as long, not four times: files of answers, histories, long words, many venues."""

import json
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.consent import find_personal
from impact_cli.answers.keeping.history import history_path, read_changes
from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.errors import ImpactError

Work = Callable[[int, Path], object]


def _read_unknown_keys(size: int, _folder: Path) -> None:
    content = json.dumps({f"section.question{number}": "x" for number in range(size)}, indent=1).encode()
    with pytest.raises(ImpactError):
        read_answers(real_catalogue(), content, "r.json")


def _read_doubled_keys(size: int, _folder: Path) -> None:
    content = "{" + ",\n".join(f'"k{number % (size // 2)}": 1' for number in range(size)) + "}"
    with pytest.raises(ImpactError, match="écrite deux fois"):
        read_answers(real_catalogue(), content.encode(), "r.json")


def _read_unknown_options(size: int, _folder: Path) -> None:
    with pytest.raises(AnswerError):
        read_value(real_catalogue().questions["lien_social.publics"], [f"public{number}" for number in range(size)])


def _read_history(size: int, folder: Path) -> None:
    sheet = new_sheet(real_catalogue())
    lines = [json.dumps({"when": NOW.isoformat(), "key": f"a.k{number}", "was": "x"}) for number in range(size)]
    history_path(folder / "2026.json").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(read_changes(folder / "2026.json", sheet, real_catalogue())) == size


def _look_for_names(size: int, _folder: Path) -> None:
    for text in ("Aa-" * size, "A" * size, "Jean " * size, "a@" * size, "01 " * size, "M. " * size):
        find_personal(text)


def _load_spoilt(size: int, folder: Path) -> None:
    answers = {f"a.k{number}": None for number in range(size)}
    path = folder / "2026.json"
    path.write_text(json.dumps({**_HEAD, "answers": answers}, indent=1), encoding="utf-8")
    with pytest.raises(ImpactError):
        load_sheet(path)


_HEAD = {
    **dict.fromkeys(("venue", "edition"), "x"),
    "format": 2,
    "status": "in_progress",
    "created": NOW.isoformat(),
    "changed": NOW.isoformat(),
    "catalogue": {"id": "x", "version": "1", "fingerprint": ""},
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("work", "size"),
    [
        (_read_unknown_keys, 8000),
        (_read_doubled_keys, 20000),
        (_read_unknown_options, 20000),
        (_read_history, 4000),
        (_look_for_names, 2000),
        (_load_spoilt, 8000),
    ],
)
def test_twice_as_much_takes_twice_as_long(work: Work, size: int, tmp_path: Path) -> None:
    work(size // 8, tmp_path)  # once for what is loaded late
    small, large = (_measure(work, each, tmp_path) for each in (size, 8 * size))
    assert large < 24 * small  # 8 times as much: 64 times as long where it is quadratic


def _measure(work: Work, size: int, folder: Path) -> float:
    began = process_time()
    work(size, folder)
    return process_time() - began + 0.002


def test_a_byte_order_mark_is_part_of_no_answer() -> None:
    content = '\ufeff{"lieu.commune": "\ufeffMassy"}'.encode()
    assert read_answers(real_catalogue(), content, "r.json") == {"lieu.commune": "Massy"}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "latin-1"])
def test_answers_in_another_encoding_are_refused(encoding: str) -> None:
    with pytest.raises(ImpactError, match=r"UTF-8|JSON"):
        read_answers(real_catalogue(), '{"lieu.commune": "Évry"}'.encode(encoding), "r.json")


@pytest.mark.parametrize("number", ["2.5", "1e999", "9" * 5000, "-0"])
def test_a_number_that_no_question_takes_is_told_as_it_was_written(number: str) -> None:
    with pytest.raises(ImpactError) as raised:
        read_answers(real_catalogue(), f'{{"lieu.ouverture": {number}}}'.encode(), "r.json")
    assert number[:50] in raised.value.message
