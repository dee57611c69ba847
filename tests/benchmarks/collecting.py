"""How long many sheets take, beside reading their bytes: `python tests/benchmarks/collecting.py [COUNT…]`.

Each count is a home of as many venues, with the answers of the invented network and words of their own. Every measure
is a process of its own that has loaded the program, and finds the files in memory; of several runs the quickest
counts. Time is that of the processor, user and system; `×` is the time beside reading the bytes, and `json.loads`.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from impact_cli.answers.sheet import Status, Value
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.cli.app import main as run_impact
from impact_cli.cli.commands.demo import invent_sheets

_COUNTS = (1000, 10_000, 100_000)
_SHEETS_READ = 20_000  # by each measure, in one run or several


def main() -> None:
    """Print a table: seconds, the ratio to reading the bytes and to json.loads, µs a sheet, peak memory in MB."""
    print(f"{'sheets':>8} {'measure':<18}{'s':>8}{'× bytes':>9}{'× json':>8}{'µs a sheet':>12}{'peak MB':>9}")
    for count in [int(word) for word in sys.argv[1:]] or _COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            _write_home(Path(folder) / "home", count)
            os.environ["IMPACT_HOME"] = str(Path(folder) / "home")
            taken = list[float]()
            for name, measure in _MEASURES.items():
                seconds, memory = min(_measure(measure) for _ in range(max(1, _SHEETS_READ // count)))
                taken.append(seconds)
                ratios = f"{seconds / taken[0]:>9.1f}{seconds / taken[min(1, len(taken) - 1)]:>8.1f}"
                print(f"{count:>8} {name:<18}{seconds:>8.2f}{ratios}{seconds / count * 1e6:>12.0f}{memory:>9.0f}")


def _write_home(home: Path, count: int) -> None:
    """Venues of the invented network, each with some of its ticks taken away and a number in each of its texts."""
    dice, catalogue = random.Random(count), load_catalogue()
    finished = [sheet for sheet in invent_sheets(catalogue) if sheet.status is Status.FINISHED]
    for rank in range(count):
        sheet = dice.choice(finished)
        answers = {key: _thin(said, dice) for key, said in sheet.answers.items()}
        moment = sheet.changed + timedelta(seconds=rank)
        folder = home / f"lieu-invente-n-{rank}"
        folder.mkdir(parents=True)
        sheet = replace(sheet, venue=f"Lieu inventé n° {rank}", answers=answers, created=moment, changed=moment)
        for key, given in sheet.consent.items():
            if isinstance(text := answers.get(key), str):
                answers[key] = f"{text} {rank}"
                sheet = sheet.with_consent(key, publish=given.publish, source=given.source)
        (folder / f"{sheet.edition}.json").write_bytes(encode_sheet(sheet))


def _thin(said: Value, dice: random.Random) -> Value:
    if isinstance(said, tuple) and len(said) > 1:
        kept = {*dice.sample(said, dice.randint(1, len(said)))}
        return tuple(each for each in said if each in kept)
    return said


def _measure(what: Callable[[], object]) -> tuple[float, float]:
    """The seconds that it takes a processor, and the peak memory of its process in MB."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what it says is no row of the table
        start = time.process_time()
        what()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writing, f"{time.process_time() - start} {memory}".encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        seconds, memory = map(float, answer.read().split())
    return seconds, memory


def _read_bytes() -> None:
    for folder, _, names in os.walk(os.environ["IMPACT_HOME"]):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123  the plainest way
                file.read()


def _load_json() -> None:
    for folder, _, names in os.walk(os.environ["IMPACT_HOME"]):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123
                json.loads(file.read())


def _run(*words: str) -> Callable[[], None]:
    def call() -> None:
        sys.argv = ["impact", *words]
        try:
            run_impact()
        except SystemExit as leaving:
            if leaving.code:
                raise RuntimeError(words) from leaving

    return call


def _write_dataset(*words: str) -> Callable[[], None]:
    def call() -> None:
        with tempfile.TemporaryDirectory() as folder:
            _run("dataset", "-o", f"{folder}/jeu", *words)()

    return call


_MEASURES: dict[str, Callable[[], None]] = {
    "reading the bytes": _read_bytes,
    "json.loads each": _load_json,
    "impact panorama": _run("panorama", "--format", "text", "-o", os.devnull),
    "impact dataset": _write_dataset(),
    "  --format parquet": _write_dataset("--format", "parquet"),
}

if __name__ == "__main__":
    main()
