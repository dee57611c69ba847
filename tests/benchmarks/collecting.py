"""How long many sheets take, beside reading their bytes: `python tests/benchmarks/collecting.py [COUNT…]`.

Each count is a home of as many venues, with the answers of the invented network and words of their own. Every measure
is a process of its own that has loaded the program, and finds the files in memory; of several runs the quickest
counts. `cpu` is the time of all processors, user and system, `wall` that of a clock on the wall, which only a quiet
machine tells; `×` is beside reading the bytes, and beside `json.loads`. Memory is that of the largest process.
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from impact_cli.answers.sheet import Status, Value
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.cli.app import main as run_impact
from impact_cli.cli.commands.demo import invent_sheets

_COUNTS = (1000, 10_000, 100_000)
_SHEETS_READ = 20_000  # by each measure, in one run or several
_WIDTH = 10  # of a column


class Taken(NamedTuple):
    """Seconds of all processors, seconds on the wall, peak memory of the largest process in MB."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    """Print a table."""
    columns = ("cpu s", "× bytes", "× json", "wall s", "× bytes", "µs a sheet", "peak MB")
    print(f"{'sheets':>8} {'measure':<18}", *(f"{column:>{_WIDTH}}" for column in columns))
    for count in [int(word) for word in sys.argv[1:]] or _COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            _write_home(Path(folder) / "home", count)
            os.environ["IMPACT_HOME"] = str(Path(folder) / "home")
            several = list[Taken]()
            for name, measure in _MEASURES.items():
                several.append(min(_measure(measure) for _ in range(max(1, _SHEETS_READ // count))))
                figures = _compare(several[-1], several[0], several[min(1, len(several) - 1)], count)
                print(f"{count:>8} {name:<18}", *(f"{figure:>{_WIDTH}}" for figure in figures), flush=True)


def _compare(taken: Taken, reading: Taken, loading: Taken, count: int) -> Iterator[str]:
    yield f"{taken.cpu:.2f}"
    yield f"{taken.cpu / reading.cpu:.1f}"
    yield f"{taken.cpu / loading.cpu:.1f}"
    yield f"{taken.wall:.2f}"
    yield f"{taken.wall / reading.wall:.1f}"
    yield f"{taken.cpu / count * 1e6:.0f}"
    yield f"{taken.memory:.0f}"


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


def _measure(what: Callable[[], object]) -> Taken:
    """What it takes a process of its own and those that this one starts."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        for said in (sys.stdout, sys.stderr):  # no row of the table
            os.dup2(os.open(os.devnull, os.O_WRONLY), said.fileno())
        cpu, wall = _count_seconds(), time.perf_counter()
        what()
        taken = Taken(
            _count_seconds() - cpu, time.perf_counter() - wall, max(each.ru_maxrss for each in _usage()) / 1024
        )
        os.write(writing, json.dumps(taken).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return Taken(*json.loads(answer.read()))


def _usage() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def _count_seconds() -> float:
    return sum(each.ru_utime + each.ru_stime for each in _usage())


def _read_bytes() -> None:
    for folder, _, names in os.walk(os.environ["IMPACT_HOME"]):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123  the plainest way
                file.read()


def _load_json() -> None:
    for folder, _, names in os.walk(os.environ["IMPACT_HOME"]):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123  as above
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
