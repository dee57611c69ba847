"""Write the lock anew: `python tests/lock.py`; `--upgrade` takes today's newest versions that pyproject.toml allows.

requirements.txt is what `impact` needs, requirements-dev.txt what its tests need too: wheels only, for every system and
every Python from 3.11 on, each by its hashes. Both come out of one resolution and are read by pip itself.
"""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_COMMON = (
    *("pip", "compile", "pyproject.toml", "--quiet", "--universal", "--extra", "all"),
    *("--only-binary", ":all:", "--emit-build-options", "--generate-hashes"),
    *("--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    *("--custom-compile-command", "python tests/lock.py"),
)


def main() -> None:
    """Resolve everything for the tests first; what `impact` needs is a part of it, in the same versions."""
    _compile("--extra", "parquet", "--group", "dev", "--output-file", "requirements-dev.txt", *sys.argv[1:])
    _compile("--group", "build", "--constraints", "requirements-dev.txt", "--output-file", "requirements.txt")


def _compile(*options: str) -> None:
    subprocess.run([Path(sys.executable).with_name("uv"), *_COMMON, *options], cwd=_ROOT, check=True)


if __name__ == "__main__":
    main()
