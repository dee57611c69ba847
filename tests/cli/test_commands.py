"""What is true of every command: its help, its errors, what it imports, what it completes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from cli.commands import answer, made_once, run
from cli.terminal_session import TerminalSession
from keys import CTRL_C

from impact_cli.cli import translation

COMMANDS: list[tuple[str, ...]] = [
    (),
    ("survey",),
    ("show",),
    ("compare",),
    ("list",),
    ("demo",),
    ("questions",),
    ("questions", "check"),
    ("questions", "export"),
    ("completion",),
    ("rename",),
]
PO = polib.pofile(Path(translation.__file__).parent / "locale" / "fr.po")
ENGLISH = {"the", "and", "with", "is", "of", "usage", "error", "missing", "file", "directory", "exit", "default"}
OURS = {
    "show",
    "from",
    "text",
    "json",
    "html",
    "markdown",
    "home",
    "impact",
    "open",
    "completion",
    "shell",
    "help",
    "version",
}
LOADED = "import sys, atexit; atexit.register(lambda: print(chr(10) + ' '.join(sys.modules), file=sys.__stderr__)); "


@made_once
def home(home: Path) -> None:
    assert answer(home, "Le Café").code == 0


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zà-ÿœ]+", text.lower()))


def test_alone_it_says_what_it_is_and_the_two_next_commands(home: Path) -> None:
    told = run(home=home)
    assert told.code == 0
    assert "impact demo" in told.out
    assert "impact survey" in told.out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_no_english_word(home: Path, command: tuple[str, ...]) -> None:
    told = run(*command, "--help", home=home)
    clicks = {word for entry in PO for word in words(f"{entry.msgid} {entry.msgid_plural}")}
    ours = {word for entry in PO for word in words(" ".join([entry.msgstr, *entry.msgstr_plural.values()]))}
    assert told.code == 0
    assert told.out.startswith("Utilisation : impact")
    assert words(told.out) & ((clicks - ours) | ENGLISH) - OURS == set()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_an_option_or_an_argument_is_never_empty(home: Path, command: tuple[str, ...]) -> None:
    lines = run(*command, "--help", home=home, environ={"COLUMNS": "200"}).out.splitlines()
    described = [line for line in lines if re.match(r"  [-[]", line)]
    assert all(re.search(r"\S  +\S", line.strip()) for line in described), described


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("shwo",), "Vouliez-vous dire « show » ?"),
        (("enquete",), "La commande « enquete » n’existe pas."),
        (("show", "--formta", "pdf"), "L’option « --formta » n’existe pas."),
        (("list", "b"), "Cet argument est de trop : b"),
        (("show", "--format"), "L’option « --format » attend une valeur."),
        (("completion",), "Il manque l’argument « INTERPRÉTEUR »."),
        (("completion", "zish"), "Pas de complétion pour « zish »."),
        (("questions", "export", "--format"), "L’option « --format » attend une valeur."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line_leaves_with_2_and_a_sentence(home: Path, line: tuple[str, ...], sentence: str) -> None:
    told = run(*line, home=home)
    assert told.code == 2
    assert told.out == ""
    assert sentence in told.err


@pytest.mark.parametrize("command", [(), ("panorama",), ("questions", "export")])
def test_help_keeps_to_a_narrow_terminal(home: Path, command: tuple[str, ...]) -> None:
    told = run(*command, "--help", home=home, environ={"COLUMNS": "48"})
    assert max(map(len, told.out.splitlines())) <= 48


_TOO_LONG = "é" * 200


@pytest.mark.parametrize(
    "line",
    [
        ("demo", "--network", _TOO_LONG),
        ("questions", "check", _TOO_LONG),
        ("questions", "--questions", _TOO_LONG),
        ("dataset", "fiches", "-o", _TOO_LONG),
        ("import", "rapport.txt", "--questions", _TOO_LONG),
    ],
)
def test_a_path_that_the_system_refuses_is_named_with_the_reason(home: Path, line: tuple[str, ...]) -> None:
    outcome = run(*line, home=home)
    assert outcome.failed_well, outcome
    assert "le nom est trop long" in outcome.err


@pytest.mark.slow
def test_a_system_that_has_no_more_to_give_is_no_fault_of_ours(home: Path, tmp_path: Path) -> None:
    """A report is read in a process of its own, for which eight open files are not enough."""
    report = tmp_path / "rapport.txt"
    report.write_text("Effets sociaux et urbains de La Remise", encoding="utf-8")
    program = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)); "
    program += "from impact_cli.cli.app import main; main()"
    command = [sys.executable, "-c", program, "import", str(report), "--home", str(home)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "trop de fichiers sont ouverts" in told.stderr


@pytest.mark.parametrize("columns", ["20", "1", "0", "ours"])
def test_any_width_gives_help_and_a_report(home: Path, columns: str) -> None:
    for command in (("--help",), ("show", "--help"), ("show", "--format", "terminal"), ("questions",), ()):
        told = run(*command, home=home, environ={"COLUMNS": columns})
        assert told.code == 0
        assert not told.betrays_a_fault


# What a command imports: exact, where a clock is not


ALL = """
from impact_cli.cli.app import main
for words in {commands}:
    sys.argv = ["impact", *words]
    try: main()
    except SystemExit: pass
"""


def loaded_by(*commands: list[str], home: Path, stdin: bytes = b"", environ: dict[str, str] | None = None) -> set[str]:
    """What a process loads that runs these commands one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED + ALL.format(commands=commands)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "IMPACT_HOME": str(home), **(environ or {})},
        check=False,
    )
    return {module.split(".")[0] for module in done.stderr.decode().splitlines()[-1].split()}


HEAVY = {
    "rich",
    "yaml",
    "questionary",
    "prompt_toolkit",
    "typst",
    "docx",
    "jinja2",
    "filelock",
    "hypothesis",
}


def test_help_loads_nothing_heavy(home: Path) -> None:
    commands: list[list[str]] = [[], ["--help"], ["--version"], ["survey", "--help"], ["completion", "bash"]]
    assert loaded_by(*commands, home=home) & HEAVY == set()


def test_a_piped_report_and_lists_load_neither_prompts_nor_rich(home: Path) -> None:
    assert loaded_by(["show"], ["list"], ["questions"], home=home) & (HEAVY - {"yaml"}) == set()


@pytest.mark.slow
def test_the_second_report_reads_no_yaml(home: Path, tmp_path: Path) -> None:
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    assert "yaml" in loaded_by(["show"], home=home, environ=bytecode)
    assert loaded_by(["show"], home=home, environ=bytecode) & HEAVY == set()


def test_lines_load_no_prompts_and_no_format(home: Path) -> None:
    heavy = loaded_by(["survey", "Le Café"], home=home, stdin=b"1\n91300\n") & HEAVY
    assert heavy <= {"yaml", "filelock"}


def test_the_first_prompt_loads_no_format_of_the_report(home: Path) -> None:
    with TerminalSession("survey", "Le Lieu", home=home, prelude=LOADED) as session:
        session.until("Question 1 sur 9").type(CTRL_C).until("Que voulez-vous faire").type(CTRL_C).leave()
        loaded = {module.split(".")[0] for module in session.received.decode().split("\n")[-2].split()}
    assert "questionary" in loaded
    assert loaded & (HEAVY - {"yaml", "questionary", "prompt_toolkit", "filelock"}) == set()


# Completion, as a shell asks for it


def complete(line: str, home: Path) -> list[str]:
    asked = line.split(" ")
    words_and_place = {"COMP_WORDS": "\n".join(asked), "COMP_CWORD": str(len(asked) - 1)}
    told = run(home=home, environ={**words_and_place, "_IMPACT_COMPLETE": "complete_bash"})
    return [entry.split(",", 1)[1] for entry in told.out.splitlines() if entry.startswith("plain,")]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("impact show ", ["Le Café"]),
        ("impact survey caf", ["cafe"]),
        ("impact survey Le", ["Le Café"]),
        ("impact survey --section lien", ["lien_social"]),
        ("impact show --format ma", ["markdown"]),
        ("impact compare caf", ["cafe"]),
        ("impact compare cafe --edition ", ["2026"]),
        ("impact show --edition 20", ["2026"]),
        ("impact questions export --format j", ["json-schema"]),
        ("impact completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_names_are_completed(home: Path, line: str, offered: list[str]) -> None:
    assert complete(line, home) == offered


def test_completion_without_a_home_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert complete("impact show ", tmp_path / "none") == []
    assert complete("impact show ", tmp_path / "file") == []


def test_machine_formats_are_json_when_piped(home: Path) -> None:
    for arguments in (
        ("list", "--json"),
        ("show", "--format", "json"),
        ("questions", "export", "--format", "json-schema"),
    ):
        assert json.loads(run(*arguments, home=home).out)
