"""The command that a hint names works, whether pip, pipx or uv installed the program."""

import importlib.util
import sys
from pathlib import Path

import pytest

from impact_cli.errors import missing_extra


def _hint() -> str:
    return missing_extra("PDF", "pdf").hint.partition("\u00a0: ")[2]


def test_with_pip_the_hint_names_the_python_that_runs() -> None:
    assert _hint() == f'{sys.executable} -m pip install "impact-cli[pdf]"'


def test_with_pipx_the_hint_goes_through_pipx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environments have no pip of their own, or one that is shared."""
    home = tmp_path / "impact-cli"
    home.mkdir()
    (home / "pipx_metadata.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(sys, "prefix", str(home))
    assert _hint() == 'pipx runpip impact-cli install "impact-cli[pdf]"'


def test_where_there_is_no_pip_the_hint_goes_through_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pip" else found(name))
    assert _hint() == f'uv pip install --python {sys.executable} "impact-cli[pdf]"'


def test_a_folder_with_spaces_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/home/le lieu/bin/python")
    assert _hint() == '"/home/le lieu/bin/python" -m pip install "impact-cli[pdf]"'
