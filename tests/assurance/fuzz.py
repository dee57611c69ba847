"""Mutate files of one kind for so many seconds: `python -m assurance.fuzz sheet 600`, from the tests' folder.

A fault is kept as tests/assurance/cases/KIND-DIGEST, where test_fuzz.py tries it again for ever.
"""

import hashlib
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from assurance.mutants import TARGETS, mutate, seeds

CASES = Path(__file__).parent / "cases"
_PATIENCE = 20  # seconds for one file: a hang is a fault
_MEMORY = 2_000_000_000  # bytes


def main() -> int:
    """Try until the time is over; how many faults were found."""
    kind, seconds = sys.argv[1], float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    drawn = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else time.time_ns())
    signal.signal(signal.SIGALRM, _hang)
    folder = Path(tempfile.mkdtemp())
    sound = seeds(folder)[kind]
    end, tried, slowest, faults = time.monotonic() + seconds, 0, 0.0, 0
    while time.monotonic() < end:
        content = mutate(drawn.choice(sound), drawn)
        began = time.process_time()
        faults += not _survives(kind, content, folder / "try")
        slowest = max(slowest, time.process_time() - began)
        tried += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{kind}: {tried} tried, {faults} faults, slowest {slowest:.2f} s of a processor, peak {peak} MB")
    return min(faults, 1)


def _survives(kind: str, content: bytes, folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    signal.alarm(_PATIENCE)
    try:
        TARGETS[kind](content, folder)
    except Exception:  # noqa: BLE001  that is what is looked for
        CASES.mkdir(exist_ok=True)
        (CASES / f"{kind}-{hashlib.sha256(content).hexdigest()[:12]}").write_bytes(content)
        print(traceback.format_exc()[-300:], flush=True)
        return False
    finally:
        signal.alarm(0)
    return True


def _hang(_number: int, _frame: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main())
