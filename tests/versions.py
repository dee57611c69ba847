"""Does it pass with every Python and all versions of parts that we name? `python tests/versions.py` prints a table.

Each row is a Python of this machine, each column the versions of the parts: as locked, the lowest that pyproject.toml
allows, today's newest. A cell runs tests/check.py in an environment of its own: `--quick` without the slow tests.
`3.13 locked` names the rows and columns wanted; all of them otherwise. No Python is downloaded.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_UV = Path(sys.executable).with_name("uv")
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_PARTS = ("locked", "lowest", "newest")


def main() -> int:
    """Fill the table cell by cell; 0 when no cell failed."""
    wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    pythons = [name for name in _PYTHONS if name in wanted] or list(_PYTHONS)
    columns = [name for name in _PARTS if name in wanted] or list(_PARTS)
    check = [str(_ROOT / "tests" / "check.py"), *(word for word in sys.argv[1:] if word == "--quick")]
    rows = [[name, *(_try(name, parts, check) for parts in columns)] for name in pythons]
    _print_table([["Python", *columns], *rows])
    return int(any("failed" in cell for row in rows for cell in row))


def _try(python: str, parts: str, check: list[str]) -> str:
    interpreter = _find_interpreter(python)
    if interpreter is None:
        return "not on this machine"
    print(f"== Python {python}, {parts}", flush=True)
    with tempfile.TemporaryDirectory(prefix="versions-") as folder:
        started = time.monotonic()
        try:
            program = _install(interpreter, parts, Path(folder))
            subprocess.run([program, *check], cwd=_ROOT, check=True)
        except subprocess.CalledProcessError as error:
            return "failed: " + " ".join(Path(word).name for word in error.cmd[-3:])
        return f"passes in {time.monotonic() - started:.0f} s"


def _find_interpreter(python: str) -> Path | None:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for place in (*map(str, pyenv.glob(f"{python}.*/bin/python")), python):
        with contextlib.suppress(subprocess.CalledProcessError):
            return Path(_uv("python", "find", place).strip())
    return None


def _install(interpreter: Path, parts: str, folder: Path) -> Path:
    """A fresh environment with these parts, and impact itself from this folder: its Python."""
    _uv("venv", "--quiet", "--seed", "--python", interpreter, folder / "venv")
    program = folder / "venv" / "bin" / "python"
    install = ("pip", "install", "--quiet", "--python", program)
    if parts == "locked":
        _uv(*install, "-r", "requirements-dev.txt")
        _uv(*install, "--no-deps", "--no-build-isolation", "-e", ".")
        return program
    _uv(*install, "--resolution", "lowest-direct" if parts == "lowest" else "highest", "-e", ".[all,parquet]")
    frozen = folder / "frozen.txt"
    frozen.write_text(_uv("pip", "freeze", "--exclude-editable", "--python", program), encoding="utf-8")
    _uv(*install, "--constraints", frozen, "--group", "dev")
    return program


def _uv(*words: str | Path) -> str:
    command = [_UV, "--no-python-downloads", *words]
    return subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def _print_table(rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
