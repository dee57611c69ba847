"""The browser, and the checkers that npm installs once into pytest's cache."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.chromium import Chromium, start_chromium

_CHECKERS = ("axe-core@4.14.1", "vnu-jar@26.9.27")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def node_modules(request: pytest.FixtureRequest) -> Path:
    """The folder with axe-core and the Nu checker."""
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir("checkers"))
    modules = folder / "node_modules"
    if not (modules / "vnu-jar").is_dir():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed")
        done = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *_CHECKERS],
            capture_output=True,
            check=False,
            timeout=180,
        )
        if done.returncode != 0:
            pytest.skip("npm could not install axe-core and vnu-jar")
    return modules
