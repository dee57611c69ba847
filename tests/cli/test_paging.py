"""A report in a terminal is read a window at a time, by the pager one is used to."""

import shutil
from pathlib import Path

import pytest
from cli.commands import run_apart
from cli.terminal_session import TerminalSession
from keys import SPACE

pytestmark = pytest.mark.slow
END = "à partir des seules réponses du lieu"


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that keeps what it was given."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\ncat > "{tmp_path}/given"; echo "$@" > "{tmp_path}/options"\n', encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def show(home: Path, *words: str, rows: int = 24, **environ: str) -> TerminalSession:
    return TerminalSession(*(words or ("demo",)), home=home, columns=80, rows=rows, prelude="", **environ)


def test_the_users_pager_gets_the_whole_report(tmp_path: Path, pager: str) -> None:
    with show(tmp_path / "home", PAGER=f"{pager} --its options") as session:
        assert session.leave() == 0
    given = (tmp_path / "given").read_text(encoding="utf-8")
    assert "Effets sociaux et urbains" in given
    assert "\x1b[" in given
    assert (tmp_path / "options").read_text(encoding="utf-8") == "--its options\n"


@pytest.mark.parametrize(
    ("words", "rows", "environ"),
    [(("demo",), 400, {}), (("demo",), 24, {"TERM": "dumb"}), (("demo", "-o", "-"), 24, {}), (("list",), 24, {})],
    ids=["fits", "dumb", "stream", "list"],
)
def test_no_pager_where_it_is_of_no_use(
    tmp_path: Path, pager: str, words: tuple[str, ...], rows: int, environ: dict[str, str]
) -> None:
    with show(tmp_path / "home", *words, rows=rows, PAGER=pager, **environ) as session:
        assert session.leave() == 0
    assert not (tmp_path / "given").exists()


def test_a_piped_report_is_not_paged(tmp_path: Path, pager: str) -> None:
    told = run_apart("demo", home=tmp_path / "home", PAGER=pager)
    assert "Effets sociaux et urbains" in told.out
    assert not (tmp_path / "given").exists()


@pytest.mark.parametrize("named", ["", "cat"])
def test_no_pager_is_asked_for(tmp_path: Path, named: str) -> None:
    with show(tmp_path / "home", PAGER=named) as session:
        assert session.leave() == 0
        assert "PAGER" not in session.words


@pytest.mark.parametrize("named", ["absent-pager", "false", "'", "sh -c 'exit 3'", "/"])
def test_a_pager_that_fails_is_said_and_the_report_shown(tmp_path: Path, named: str) -> None:
    with show(tmp_path / "home", PAGER=named) as session:
        assert session.leave() == 0
        assert "PAGER" in session.received.decode()
        assert END in " ".join(session.received.decode().replace("\r\n", " ").split())


def test_no_shell_reads_the_pagers_name(tmp_path: Path, pager: str) -> None:
    with show(tmp_path / "home", PAGER=f"{pager}; touch {tmp_path}/pwned $(touch {tmp_path}/pwned)") as session:
        session.leave()
    assert not (tmp_path / "pwned").exists()


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_is_the_pager_where_none_is_named(tmp_path: Path) -> None:
    unset = "import os; os.environ.pop('PAGER', None); "
    with TerminalSession("demo", home=tmp_path / "home", prelude=unset) as session:
        session.until("Effets sociaux et urbains des Ateliers du Héron")
        session.type(SPACE, "G").until(END).type("q")
        assert session.leave() == 0
