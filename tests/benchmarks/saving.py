"""How long an answer takes to be on the disk: `python tests/benchmarks/saving.py [FOLDER]`.

Beside it, on the same disk, the bare writing and fsync of the same bytes. The aim: below 20 ms an answer, median.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.keeping.store import Stored, save_sheet
from impact_cli.answers.sheet import CatalogueStamp, Sheet
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.ours import catalogue_folder

_ROUNDS = 200
_AIM = 20  # ms
_NOW = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
_KEY = "sante.exemple"


def main() -> None:
    """Print the median, the 95th centile and the largest of each, in ms."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=folder) as name:
        stored = save_sheet(Stored(Path(name) / "2026.json", _fill_sheet(), digest=""))
        content = encode_sheet(stored.sheet)
        print(f"a full sheet of {len(content)} bytes, {_ROUNDS} rounds, in {name}")
        bare = _measure("a new file, fsync, bare", lambda number: _write(Path(name) / f"bare-{number}", content))
        _measure("the same file, fsync, bare", lambda _: _write(Path(name) / "bare", content))
        saver = _Saver(stored)
        saving = _measure("save, an answer replaced", saver.replace_answer)
        _measure("save, a first answer", saver.add_answer)
    print(f"median {saving:.1f} ms (aim: below {_AIM}), {saving / bare:.1f} times the bare fsync")


class _Saver:
    """Saves one sheet again and again; each time in place of what it saved last."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    def replace_answer(self, number: int) -> None:
        """An answer in place of another, which goes to the history."""
        sheet = self._stored.sheet.with_answer(_KEY, f"Réponse {number}", _NOW)
        self._stored = save_sheet(replace(self._stored, sheet=sheet))

    def add_answer(self, number: int) -> None:
        """An answer to a question that had none."""
        sheet = self._stored.sheet.with_answer(f"essai.question_{number}", "Réponse", _NOW)
        self._stored = save_sheet(replace(self._stored, sheet=sheet))


def _fill_sheet() -> Sheet:
    catalogue = load_catalogue()
    stamp = CatalogueStamp(catalogue.id, catalogue.version, catalogue.fingerprint)
    sheet = Sheet(venue="Les Halles", edition="2026", catalogue=stamp, created=_NOW, changed=_NOW)
    answers = (catalogue_folder() / "exemples" / "demo.json").read_bytes()
    for key, answer in read_answers(catalogue, answers, "demo.json").items():
        sheet = sheet.with_answer(key, answer, _NOW)
    return sheet


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _measure(name: str, act: Callable[[int], None]) -> float:
    taken = []
    for number in range(_ROUNDS):
        began = time.perf_counter()
        act(number)
        taken.append((time.perf_counter() - began) * 1000)
    median = statistics.median(taken)
    centile = sorted(taken)[int(_ROUNDS * 0.95)]
    print(f"{name:<28} median {median:6.2f} ms   95 % {centile:6.2f}   largest {max(taken):6.2f}")
    return median


if __name__ == "__main__":
    main()
