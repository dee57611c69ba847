"""The wheel, installed apart from the repository, does the whole job."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `impact` of a virtual environment into which nothing but the wheel and what it needs was installed."""
    folder = tmp_path_factory.mktemp("package")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, _ROOT], check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    for part in (("-r", str(_ROOT / "requirements.txt")), ("--no-deps", str(wheel))):
        subprocess.run([programs / "pip", "install", "-q", *part], check=True, capture_output=True)
    subprocess.run([programs / "pip", "check"], check=True, capture_output=True)
    return programs / "impact"


def _run(program: Path, *words: str, cwd: Path) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "IMPACT_HOME": str(cwd / "home"), "LANG": "C"}
    done = subprocess.run(
        [program, *words], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_asks_tells_and_exports(installed: Path, tmp_path: Path) -> None:
    assert "aucune faute" in _run(installed, "questions", "check", cwd=tmp_path)
    assert "Ateliers du Héron" in _run(installed, "demo", cwd=tmp_path)
    assert "_IMPACT_COMPLETE" in _run(installed, "completion", "bash", cwd=tmp_path)
    (tmp_path / "reponses.json").write_text('{"lien_social.frequence": "quotidien"}', encoding="utf-8")
    _run(installed, "survey", "Les Halles du Bief", "--answers", "reponses.json", cwd=tmp_path)
    assert "Des rencontres ont lieu au quotidien." in _run(installed, "show", cwd=tmp_path)
    for ending, start in ((".html", b"<!doctype"), (".pdf", b"%PDF"), (".docx", b"PK")):
        _run(installed, "show", "-o", f"rapport{ending}", cwd=tmp_path)
        assert (tmp_path / f"rapport{ending}").read_bytes()[: len(start)].lower() == start.lower()


def test_the_wheel_speaks_french_in_any_locale(installed: Path, tmp_path: Path) -> None:
    assert "Utilisation" in _run(installed, "--help", cwd=tmp_path)
