"""Somebody to whom things are forbidden, also where the tests run as root: root without its privileges over files."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

_IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_LOST = ",".join(f"-{name}" for name in ("dac_override", "dac_read_search", "fowner", "chown"))
# The start of a command that such a user runs.
BECOME = ("setpriv", f"--bounding-set={_LOST}", f"--inh-caps={_LOST}") if _IS_ROOT else ()


def own_folder(mode: int = 0o700) -> Path:
    """A folder of theirs."""
    if _IS_ROOT and not shutil.which("setpriv"):
        pytest.skip("nothing is forbidden to root, and setpriv is not installed")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(mode)
    return folder


def run_as_another(home: Path, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    """The program, run by that user."""
    command = (*BECOME, sys.executable, "-c", "from impact_cli.cli.app import main; main()", *words)
    environ = {**os.environ, "IMPACT_HOME": str(home), "HOME": "/", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False, input=given)
