"""Everything that must hold before a commit: form, lint, types, the direction of imports, tests.

`python tests/check.py` runs all of it; `--quick` leaves out the tests marked slow.
"""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
)
_TESTS = ("pytest", "-q", "-n", "auto", "--dist", "worksteal")  # what a file makes once is made by one process
_QUICK = ("-m", "not slow")


def main() -> int:
    """Run the checks in turn; 0 when every one of them passes, else the number that failed."""
    tests = (*_TESTS, *_QUICK) if "--quick" in sys.argv[1:] else _TESTS
    failed = [check[0] for check in (*_CHECKS, tests) if not _passes(check)]
    print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
    return len(failed)


def _passes(check: tuple[str, ...]) -> bool:
    program = Path(sys.executable).with_name(check[0])
    return subprocess.run([program, *check[1:]], cwd=_ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
