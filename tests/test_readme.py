"""Every command of README is run, in its order, by somebody who follows it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from impact_cli.typography import typeset

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(impact [^`]+)`")
_LEFT = 130


def _list_commands() -> list[str]:
    lines = [line.split("  #")[0].strip() for block in _BLOCK.findall(_README) for line in block.splitlines()]
    return [line for line in lines if line.startswith("impact ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what README speaks of, with the extension that it shows."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(_ROOT / "questions", folder / "questions")
    extension = re.search(r"^```yaml\n(.*?)^```", _README, re.MULTILINE | re.DOTALL)
    assert extension
    (folder / "mes-questions").mkdir()
    (folder / "mes-questions" / "catalogue.yaml").write_text(extension[1], encoding="utf-8")
    (folder / "reponses.json").write_text('{"sante.changements": ["travail"]}', encoding="utf-8")
    return folder


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    program = Path(sys.executable).with_name(words[0])
    environment = {**os.environ, "IMPACT_HOME": str(folder / "home"), "NO_COLOR": "1"}
    return subprocess.run(
        [program, *words[1:]],
        cwd=folder,
        env=environment,
        input="Les Halles du Bief\nUne commune\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_every_command_does_what_readme_says(folder: Path) -> None:
    commands = _list_commands()
    assert len(commands) > 10
    for command in commands:
        done = _run(command, folder)
        asks = command.startswith("impact survey") and "--answers" not in command
        assert done.returncode == (_LEFT if asks else 0), f"{command}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_commands_named_in_a_sentence_exist(folder: Path) -> None:
    (folder / "rapport.txt").write_text(_run("impact demo --format text", folder).stdout, encoding="utf-8")
    (folder / "envois.csv").write_text("FICHE-LIEU,Sante-sante_Changements\nLa Remise,travail\n", encoding="utf-8")
    _run('impact survey "Les Halles du Bief" --edition 2025 --answers reponses.json', folder)  # to compare with
    for command in _INLINE.findall(_README):
        if "…" in command or "|" in command:
            continue
        done = _run(command, folder)
        assert done.returncode in {0, _LEFT}, f"{command}: {done.stderr}"


def test_the_extension_leaves_out_what_readme_says(folder: Path) -> None:
    from impact_cli.catalogue.loading import load_catalogue

    ours = load_catalogue().questions
    left = [key for key in ours if key != "lien_social.frequence" and not key.startswith("innovation.")]
    assert len(left) < len(ours) - 1
    assert list(load_catalogue(folder / "mes-questions").questions) == left


def test_the_french_of_readme_has_the_spaces_of_print() -> None:
    french = _README.partition("## Pour les responsables de lieux\n")[2].partition("\nThe report of")[0]
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`|\]\([^)]*\)", "", french, flags=re.MULTILINE | re.DOTALL)
    assert prose == typeset(prose)


def test_ci_calls_the_test_line_that_readme_gives() -> None:
    line = next(line for block in _BLOCK.findall(_README) for line in block.splitlines() if "check.py" in line)
    assert line in (_ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(_ROOT / ".ci" / "run", os.X_OK)
