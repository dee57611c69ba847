"""A copy of the program in which one line is another, and what mypy says of it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_CACHE = ".mypy_cache"  # where there is one, most of the copy needs no second look


def list_faults(folder: Path, module: str, line: str, instead: str) -> dict[str, str]:
    """The files of the copy that mypy finds fault with, each with all it says of it; `line` stands once in `module`."""
    shutil.copytree(_ROOT / "impact_cli", folder / "impact_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(_ROOT / "pyproject.toml", folder)
    if (_ROOT / _CACHE).is_dir():
        shutil.copytree(_ROOT / _CACHE, folder / _CACHE)
    changed = folder / "impact_cli" / module
    text = changed.read_text(encoding="utf-8")
    assert text.count(line) == 1
    changed.write_text(text.replace(line, instead), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(folder / _CACHE), "impact_cli"]
    said = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout.decode()
    faults: dict[str, str] = {}
    for name, fault in re.findall(r"^impact_cli/(\S+?):\d+: error: (.*)$", said.replace("\\", "/"), re.MULTILINE):
        faults[name] = faults.get(name, "") + fault
    return faults
