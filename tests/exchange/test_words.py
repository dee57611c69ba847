"""docs/import.md says what the reader is made of, and which words it uses."""

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_MODULES = {path.stem: path.read_text(encoding="utf-8") for path in (_ROOT / "impact_cli/exchange").glob("[a-z]*.py")}
_TABLES = (_ROOT / "docs/import.md").read_text(encoding="utf-8").split("## Doubts")[0]


def test_every_module_of_the_reader_is_named_and_no_other() -> None:
    steps = re.findall(r"(?m)^\| \w+ \| (.*?) \|", _TABLES.split("## What becomes")[0])
    named = {name for step in steps for name in re.findall(r"`(\w+)`", step)}
    files = {path.stem for path in (_ROOT / "impact_cli/exchange/files").glob("[a-z]*.py")}
    assert _MODULES.keys() <= named
    assert named <= _MODULES.keys() | files


def test_every_word_of_the_reader_is_one_of_its_code() -> None:
    words = re.findall(r"(?m)^\| ([a-z ]+) \|", _TABLES.split("## The reader's words")[1])
    code = " ".join(_MODULES.values())
    assert len(words) > 10
    assert [word for word in words[1:] if word.replace(" ", "_").upper() not in code.upper()] == []
