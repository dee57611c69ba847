"""How long commands take, start to end, beside others that people know: `python tests/benchmarks/starting.py`.

Each round runs every command once, so that all of them meet the same machine; the medians are compared. The others
(sqlite-utils, cookiecutter, copier) are installed into a folder of their own on the first run.
"""

import os
import pty
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

_ROOT = Path(__file__).parent.parent.parent
_OTHERS = Path(tempfile.gettempdir()) / "impact-benchmark-others"
_ROUNDS = 15
_IMPACT = str(Path(sys.executable).with_name("impact"))
# What is held against what, and the ratio to stay below.
_AIMS = (
    ("impact --help", "sqlite-utils --version", 0.5),
    ("impact show", "sqlite-utils --version", 1),
    ("impact survey, to its question", "copier --version", 1),
    ("impact show --format html", "impact show", 1.5),
    ("impact show --format pdf", "impact show", 3),
)


def main() -> None:
    """Print a table: median, minimum, ratio to an empty Python, peak memory; then each aim as a ratio."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["IMPACT_HOME"] = home
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        answers = str(_ROOT / "questions" / "exemples" / "demo.json")
        _run(_IMPACT, "survey", "Les Halles du Bief", "--answers", answers)
        times, memory = _measure(_list_commands())
    base = statistics.median(times["python -c pass"])
    print(f"{'command':<32}{'median ms':>10}{'min ms':>8}{'× pass':>8}{'peak MB':>9}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<32}{median * 1e3:>10.0f}{min(taken) * 1e3:>8.0f}{median / base:>8.1f}{memory[name]:>9.0f}")
    for ours, other, limit in _AIMS:
        ratio = statistics.median(times[ours]) / statistics.median(times[other])
        print(f"{ours} / {other} = {ratio:.2f} (aim: below {limit})")


def _list_commands() -> dict[str, Callable[[], object]]:
    others = _install_others()
    show = [_IMPACT, "show"]
    return {
        "python -c pass": lambda: _run(sys.executable, "-c", "pass"),
        "impact --help": lambda: _run(_IMPACT, "--help"),
        "sqlite-utils --version": lambda: _run(str(others / "sqlite-utils"), "--version"),
        "impact show": lambda: _run(*show),
        "cookiecutter --version": lambda: _run(str(others / "cookiecutter"), "--version"),
        "impact survey, to its question": _reach_first_prompt,
        "copier --version": lambda: _run(str(others / "copier"), "--version"),
        "impact show --format html": lambda: _run(*show, "--format", "html", "-o", os.devnull),
        "impact show --format pdf": lambda: _run(*show, "--format", "pdf", "-o", os.devnull),
        "impact show --format docx": lambda: _run(*show, "--format", "docx", "-o", os.devnull),
    }


def _install_others() -> Path:
    programs = _OTHERS / "bin"
    if not (programs / "copier").exists():
        venv.create(_OTHERS, with_pip=True)
        _run(str(programs / "pip"), "install", "-q", "sqlite-utils", "cookiecutter", "copier")
    return programs


def _measure(commands: dict[str, Callable[[], object]]) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Seconds of each round, and peak memory in MB, by command; one round before them is not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = {}
    for turn in range(_ROUNDS + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            command()
            if turn:
                times[name].append(time.perf_counter() - start)
    for name, command in commands.items():
        memory[name] = _measure_memory(command)
    return times, memory


def _measure_memory(command: Callable[[], object]) -> float:
    """The largest process of a command, seen from a child that runs it alone."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        command()
        os.write(writing, str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        return int(answer.read()) / 1024


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _reach_first_prompt() -> None:
    """Start a survey in a pseudo-terminal, and end it once its first question is on the screen."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execv(_IMPACT, [_IMPACT, "survey", "Le Moulin"])
    seen = b""
    while b"commune" not in seen:
        ready, _, _ = select.select([terminal], [], [], 20)
        if not ready:
            sys.exit("The first question did not appear.")
        seen += os.read(terminal, 65536)
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(terminal)


if __name__ == "__main__":
    main()
