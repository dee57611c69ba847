"""No word reaches a terminal by another way than the gate, and none gets through it hidden."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cli.commands import RUN, run
from cli.terminal_session import TerminalSession

import impact_cli
from impact_cli.printing import quote

ROOT = Path(impact_cli.__file__).parent
HOSTILE = "Le \x1b]0;volé\x07\x1b[31m\x9b2J\u202elieu\u2028\x08"
# Each way to print that is not the gate's, by file, with what makes it harmless.
EXCEPTIONS = {
    ("printing.py", "sys.stdout"): "the gate",
    ("printing.py", "sys.stderr"): "the gate",
    ("printing.py", "Console"): "a line that counts, of no word but ours",
    ("cli/app.py", "sys.stdout"): "its width, and its end",
    ("cli/commands/completion.py", "sys.stdout"): "whether it is a terminal",
    ("cli/parts/formats.py", "sys.stdout"): "whether it is a terminal",
    ("cli/parts/output.py", "sys.stdout"): "emptied before a stream is written beside it",
    ("cli/parts/prompting.py", "sys.stdout"): "whether it is a terminal, and the guarded stream for plain lines",
    ("cli/parts/prompting.py", "sys.stderr"): "the same",
    ("cli/parts/paging.py", "sys.stdout"): "whether it is a terminal, and emptied before the pager writes",
    ("cli/parts/reporting.py", "sys.stdout"): "whether it is a terminal",
    ("exchange/process.py", "sys.stdout"): "what a child of ours says, to us",
    ("render/terminal.py", "Console"): "writes to memory; its texts were made visible",
    ("render/terminal.py", "print"): "the same",
    ("survey/terminal/face.py", "print_formatted_text"): "lines of typography.wrap, which makes them visible",
    ("survey/terminal/face.py", "sys.stderr"): "what questionary draws on; its texts pass typography.wrap",
}
PRINTING = {"print", "echo", "secho", "print_formatted_text", "Console", "pprint", "echo_via_pager", "log", "warn"}
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}


def find_prints(path: Path) -> set[tuple[str, str]]:
    name = str(path.relative_to(ROOT))
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in PRINTING:
                found.add((name, called))
            case ast.Attribute(value=ast.Name(id="sys"), attr=stream) if stream in STREAMS:
                found.add((name, f"sys.{stream}"))
            case ast.Attribute(value=ast.Name(id="os"), attr="write"):
                found.add((name, "os.write"))
    return found


def test_every_print_of_the_program_is_the_gate_or_a_named_exception() -> None:
    found = set().union(*map(find_prints, ROOT.rglob("*.py")))
    assert found == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "line", ["print(1)", "typer.echo(1)", "sys.stdout.write('')", "os.write(1, b'')", "import sys\nsys.stderr"]
)
def test_a_print_beside_the_gate_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "module.py").write_text(line, encoding="utf-8")
    assert len(find_prints(tmp_path / "module.py")) == 1


# Hostile words, everywhere one can be typed or read, on a real terminal

CATALOGUE = {
    "catalogue.yaml": {"id": "hostile", "version": HOSTILE, "title": HOSTILE, "language": "fr"},
    "famille.yaml": {
        "title": HOSTILE,
        "sections": [
            {
                "id": "une",
                "title": HOSTILE,
                "hint": HOSTILE,
                "questions": [
                    {"id": "ville", "kind": "text", "topic": HOSTILE, "ask": HOSTILE, "hint": HOSTILE},
                    {"id": HOSTILE, "kind": HOSTILE, "ask": HOSTILE},
                ],
                "tell": [f"{HOSTILE} {{ville}}", f"{{{HOSTILE}}}"],
            }
        ],
    },
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Sheets of a venue with a hostile name, one of them broken; a hostile questionnaire and report beside them."""
    home = tmp_path / "home"
    answers = json.dumps({"lieu.commune": "Massy", "lien_social.exemple": HOSTILE})
    for _ in range(2):  # the second replaces an answer: a history
        assert run("survey", "Le Lieu", "--edition", "2026", "--answers", "-", home=home, stdin=answers).code == 0
        answers = json.dumps({"lieu.commune": HOSTILE.replace("\u2028", ""), "lien_social.exemple": "autre"})
    sheet = home / "lieu" / "2026.json"
    document = json.loads(sheet.read_text(encoding="utf-8"))
    document["venue"] = HOSTILE
    document["answers"][HOSTILE] = HOSTILE
    document["edition"] = HOSTILE
    sheet.write_text(json.dumps(document), encoding="utf-8")
    (home / "lieu" / "2027.json").write_text('{"\x1b]0;volé\x07": 1}', encoding="utf-8")
    (tmp_path / HOSTILE).mkdir()
    (tmp_path / HOSTILE / "rapport.txt").write_text(f"Lien social\n{HOSTILE}", encoding="utf-8")
    questions = tmp_path / "questions"
    questions.mkdir()
    for name, content in CATALOGUE.items():
        (questions / name).write_text(json.dumps(content), encoding="utf-8")
    return home


COMMANDS = [
    "list",
    "list --json",
    "list --home={HOSTILE}",
    "list --questions={HOSTILE}",
    "show {HOSTILE}",
    "show halles",
    "show lieu --edition 2026",
    "show lieu --edition {HOSTILE}",
    "show lieu --edition 2026 --format json",
    "show lieu --edition 2026 --format markdown",
    "show lieu --edition 2027",
    "show lieu --format {HOSTILE}",
    "show lieu --edition 2026 -o {HOSTILE}",
    "show lieu --edition 2026 -o {HOSTILE}/x.txt",
    "show {HOSTILE}.json",
    "history lieu --edition 2026",
    "history lieu --edition 2026 --restore 1",
    "history lieu --restore {HOSTILE}",
    "delete lieu --edition 2026 --yes",
    "delete {HOSTILE} --yes",
    "delete {HOSTILE} --restore",
    "import {tmp}/{HOSTILE}/rapport.txt --venue {HOSTILE}",
    "import {tmp}/{HOSTILE}/rapport.txt --venue {HOSTILE} --dry-run --json",
    "rename {HOSTILE} {HOSTILE}",
    "rename lieu {HOSTILE}",
    "import {HOSTILE}",
    "survey {HOSTILE} --answers {HOSTILE}",
    "survey {HOSTILE}.json",
    "survey --section {HOSTILE}",
    "questions --questions={tmp}/questions",
    "questions check {tmp}/questions",
    "questions check {HOSTILE}",
    "questions export --questions={tmp}/questions",
    "questions {HOSTILE}",
    "questions export -o {HOSTILE}/x",
    "completion {HOSTILE}",
    "demo -o {HOSTILE}.xyz",
    "{HOSTILE}",
    "--{HOSTILE}",
    "show --{HOSTILE}",
    "show a {HOSTILE}",
]


def assert_nothing_got_through(received: bytes) -> None:
    text = received.decode("utf-8", "surrogateescape")
    colours = re.compile(r"\x1b\[[0-9;]*m")
    plain = colours.sub("", text).replace("\r", "")
    assert not re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", plain), plain
    assert "\x1b[31m" not in text


@pytest.mark.slow
@pytest.mark.parametrize("line", COMMANDS)
def test_hostile_words_reach_no_terminal(home: Path, tmp_path: Path, line: str) -> None:
    words = [word.replace("{HOSTILE}", HOSTILE).replace("{tmp}", str(tmp_path)) for word in line.split(" ")]
    prelude = f"import os; os.chdir({str(tmp_path)!r}); "
    with TerminalSession(*words, home=home, columns=2000, PAGER="cat", prelude=prelude) as session:
        session.leave()
        assert_nothing_got_through(session.received)
        assert "faute est à nous" not in session.words


@pytest.mark.slow
def test_warnings_and_unhandled_errors_of_libraries_pass_the_gate(home: Path) -> None:
    noise = (
        "import warnings, threading, atexit\n"
        "def fail(): raise ValueError('\\x1b]0;volé\\x07')\n"
        "import impact_cli.catalogue.loading as loading; load = loading.load_catalogue\n"
        "def loud(*given, **named):\n"
        "    warnings.warn('\\x1b]0;volé\\x07')\n"
        "    thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "    return load(*given, **named)\n"
        "loading.load_catalogue = loud\n"
    )
    with TerminalSession("list", home=home, columns=2000, prelude=noise) as session:
        session.leave()
        assert "volé" in session.words
        assert_nothing_got_through(session.received)


def test_json_says_hidden_characters_by_their_numbers(home: Path) -> None:
    told = run("list", "--json", home=home).out
    assert "\\u202e" in told
    assert "\\u009b" in told
    assert json.loads(told)[0]["venue"] == HOSTILE.replace("\u00a0", " ")


# What cannot be written


def run_into(arguments: list[str], home: Path, redirection: str) -> tuple[int, str]:
    """The exit code and what stderr says, the command's output redirected as a shell writes it."""
    done = subprocess.run(
        [
            "bash",
            "-c",
            f'"$0" -c "{RUN}" "$@" {redirection}',
            sys.executable,
            *arguments,
        ],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "IMPACT_HOME": str(home)},
        check=False,
    )
    return done.returncode, done.stderr.decode()


# What click prints, what fits into a buffer, what does not.
PRINTING_COMMANDS = [["--help"], ["list", "--json"], ["demo"]]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", PRINTING_COMMANDS, ids=" ".join)
def test_a_full_disk_under_the_output_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    code, said = run_into(arguments, tmp_path, ">/dev/full")
    assert code == 1
    assert said.startswith("La sortie n’a pas pu être écrite (le disque est plein).\n")
    assert "Exception" not in said


@pytest.mark.slow
@pytest.mark.parametrize("arguments", PRINTING_COMMANDS, ids=" ".join)
def test_a_closed_output_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    code, said = run_into(arguments, tmp_path, ">&-")
    assert (code, said.partition("\n")[0]) == (1, "La sortie n’a pas pu être écrite (elle est fermée).")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", PRINTING_COMMANDS, ids=" ".join)
def test_a_reader_who_left_hears_no_complaint(tmp_path: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", RUN, *arguments]
    environ = {**os.environ, "IMPACT_HOME": str(tmp_path)}
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environ, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.slow
def test_nobody_listening_to_talk_stops_no_result(tmp_path: Path) -> None:
    assert run_into(["list"], tmp_path, "2>&-") == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [["import", "-"], ["survey", "x", "--answers", "-"], ["survey", "x"]], ids=" ".join
)
def test_a_closed_input_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    code, said = run_into(arguments, tmp_path, "<&-")
    assert code == 1
    assert "faute est à nous" not in said
    assert said


@pytest.mark.parametrize("name", ["Le Café", "a b", "$(touch x)", "`x`", 'a"b', "it's !", "a\nb", "\\", "\x1b[31m"])
def test_a_name_offered_for_copying_is_one_word_to_a_shell(tmp_path: Path, name: str) -> None:
    typed = f"printf %s {quote(name)}"
    done = subprocess.run(["bash", "-c", typed], capture_output=True, cwd=tmp_path, check=True)
    assert done.stdout.decode() == name.replace("\n", " ").replace("\x1b", "\ufffd")
    assert list(tmp_path.iterdir()) == []
