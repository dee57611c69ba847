"""Somebody to whom things are forbidden, also where the tests run as root: nobody."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

_NOBODY = 65534
_IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# The start of a command that such a user runs.
BECOME = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups") if _IS_ROOT else ()


def own_folder(mode: int = 0o700) -> Path:
    """A folder of theirs, which they may enter: pytest's own is root's alone."""
    if _IS_ROOT and not shutil.which("setpriv"):
        pytest.skip("nothing is forbidden to root, and setpriv is not installed")
    if not _can_start():
        pytest.skip(f"another user may not start {sys.executable}, which lies where only root may read")
    folder = Path(tempfile.mkdtemp())
    if _IS_ROOT:
        os.chown(folder, _NOBODY, _NOBODY)
    folder.chmod(mode)
    return folder


@cache
def _can_start() -> bool:
    return subprocess.run([*BECOME, sys.executable, "-c", ""], capture_output=True, check=False).returncode == 0


def run_as_another(home: Path, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    """The program, run by that user."""
    command = (*BECOME, sys.executable, "-c", "from impact_cli.cli.app import main; main()", *words)
    environ = {**os.environ, "IMPACT_HOME": str(home), "HOME": "/", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, input=given)
