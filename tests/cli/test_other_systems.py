"""What Windows' Python lacks is not needed: commands run where those names do not exist."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import impact_cli
from impact_cli.answers.keeping.names import check_edition, slug_of
from impact_cli.errors import ImpactError

_WITHOUT = """
import os, signal, sys
import filelock, getpass, subprocess, tempfile  # these have other ways there
filelock.FileLock = filelock.SoftFileLock
for name in ("termios", "resource", "pwd", "grp", "tty", "pty"):
    sys.modules[name] = None
for name in ("O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW", "set_blocking", "geteuid", "getuid"):
    delattr(os, name)
for name in ("SIGHUP", "SIGTSTP", "SIGALRM", "ITIMER_PROF", "setitimer"):
    delattr(signal, name)
from impact_cli.cli.app import main
main()
"""
_COMMANDS = (
    ("survey", "Le Café", "--edition", "2026", "--answers", "answers.json"),
    ("survey", "Le Café", "--plain"),
    ("list",),
    ("show", "--format", "json"),
    ("show", "-o", "rapport.md"),
    ("import", "rapport.md", "--home", "elsewhere"),
    ("history", "Le Café"),
    ("delete", "Le Café", "--yes"),
    ("delete", "Le Café", "--restore"),
)
_LEFT = 130


def _run(program: str, *words: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = {**kept, "IMPACT_HOME": str(folder / "home"), **environ}
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=folder, env=environment, input=b"", capture_output=True, check=False)


@pytest.mark.slow
def test_no_command_needs_what_windows_lacks(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text('{"lieu.commune": "Massy"}', encoding="utf-8")
    for command in _COMMANDS:
        done = _run(_WITHOUT, *command, folder=tmp_path)
        assert done.returncode in {0, _LEFT}, f"{command}: {done.stderr.decode()}"
        assert b"Error" not in done.stderr


@pytest.mark.slow
def test_what_goes_to_a_pipe_is_utf_8_whatever_the_code_page(tmp_path: Path) -> None:
    program = "from impact_cli.cli.app import main; main()"
    done = _run(program, "demo", "--format", "json", folder=tmp_path, PYTHONIOENCODING="cp1252")
    assert "’" in json.dumps(json.loads(done.stdout.decode("utf-8")), ensure_ascii=False)
    done = _run(program, "demo", "--format", "text", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert "Édition" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("name", ["Con", "NUL", "Aux", "com1", "LPT9"])
def test_no_file_bears_the_name_of_a_device(name: str) -> None:
    assert slug_of(name) == f"lieu-{name.lower()}"
    with pytest.raises(ImpactError, match="édition"):
        check_edition(name)


def test_a_keyboard_without_terminal_modes_is_left_as_it_is(tmp_path: Path) -> None:
    program = """
import sys
sys.modules["termios"] = None
from impact_cli.survey.keyboard import forget_waiting, has_waiting, unechoed
with unechoed(0):
    forget_waiting(0)
    print(has_waiting(0))
"""
    assert _run(program, folder=tmp_path).stdout == b"False\n"


def test_no_module_but_the_keyboards_waits_for_a_descriptor() -> None:
    """On Windows `select` takes sockets alone."""
    package = Path(impact_cli.__file__).parent
    asking = {path.name for path in package.rglob("*.py") if "select.select(" in path.read_text(encoding="utf-8")}
    assert asking == {"keyboard.py"}
