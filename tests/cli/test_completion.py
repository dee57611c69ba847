import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from pseudo_terminal import PseudoTerminal

from impact_cli.cli.commands.completion import PLACES, read_script
from impact_cli.errors import ImpactError

# What `impact` is here: it completes, and else prints the words it was called with, between bars.
IMPACT = """\
#!/bin/sh
if [ "$_IMPACT_COMPLETE" ]; then exec {python} -c "from impact_cli.cli.app import main; main()"; fi
printf '%s|' "" "$@"
echo
"""
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source ./impact.bash; "),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u; source ./impact.zsh; setopt banghist; "),
    "fish": (["fish", "--no-config", "-i"], "source ./impact.fish; "),
}


def furnish(home: Path) -> Path:
    """The home of somebody who has `impact`, our scripts and the sheets of three venues."""
    impact = home / "bin" / "impact"
    impact.parent.mkdir()
    impact.write_text(IMPACT.format(python=sys.executable), encoding="utf-8")
    impact.chmod(impact.stat().st_mode | stat.S_IXUSR)
    (home / "rapport.md").touch()
    for folder, name in {"numeripole": "Le Numéripôle", "maison": "maison commune", "hotel": "hôtel"}.items():
        name_venue(home, name, folder)
    for shell in PLACES:
        (home / f"impact.{shell}").write_text(read_script(shell), encoding="utf-8")
    return home


def name_venue(home: Path, name: str, folder: str = "lieu") -> None:
    """The sheet in this folder bears this name."""
    told = {"format": 1, "catalogue": {"id": "impact", "version": "1", "fingerprint": ""}, "edition": "2026"}
    moment = "2026-01-01T00:00:00+01:00"
    told |= {"venue": name, "created": moment, "changed": moment, "status": "in_progress", "answers": {}}
    sheet = home / "fiches" / folder / "2026.json"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return furnish(tmp_path)


def environment(home: Path) -> dict[str, str]:
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    return {
        "PATH": path,
        "HOME": str(home),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "IMPACT_HOME": str(home / "fiches"),
        "INPUTRC": "/dev/null",
        "PS1": "$ ",
    }


class Shell(PseudoTerminal):
    """An interactive shell on a terminal of its own."""

    def wait_for(self, pattern: str) -> str:
        while not (found := re.search(pattern, self.received.decode(errors="replace"))):
            assert self.read(monotonic() + self.patience), f"never shown: {pattern}\n{self.now}"
        return found[0]

    def type(self, keys: str) -> None:
        """Forget what was shown, and type."""
        self.received = b""
        self.send(keys)


@contextmanager
def open_shell(kind: str, home: Path, prepare: str = "") -> Iterator[Shell]:
    command, source = START[kind]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    shell = Shell(command, environment(home), folder=home)
    shell.type(f"{source}{prepare}echo ready; echo 42\n")
    shell.wait_for(r"\nready\r?\n42")
    yield shell
    os.close(shell.side)
    shell.wait()


@pytest.fixture
def bash(home: Path) -> Iterator[Shell]:
    with open_shell("bash", home) as shell:
        yield shell


@pytest.fixture(scope="module", params=["bash", "zsh"])
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """One in which many lines are typed."""
    with open_shell(request.param, furnish(tmp_path_factory.mktemp(request.param))) as shell:
        yield shell


LINES = [
    ("impact sho\tnum\t\n", "|show|numeripole|"),
    ("impact sur\t\n", "|survey|"),
    ("impact show --form\thtm\t\n", "|show|--format|html|"),
    ("impact show --format=ma\t\n", "|show|--format=markdown|"),
    ("impact show --format=\x09ma\t\n", "|show|--format=markdown|"),
    ("impact show mai\t\n", "|show|maison commune|"),
    ('impact show "mai\t\n', "|show|maison commune|"),
    ('impact show mai"so\t\n', "|show|maison commune|"),
    ("impact show mai'so\t\n", "|show|maison commune|"),
    ('impact show maison\\ "com\t\n', "|show|maison commune|"),
    ("impact show hô\t\n", "|show|hôtel|"),
    ("impact show 'maison commune' --format ht\t\n", "|show|maison commune|--format|html|"),
    ("impact show -o rap\t\n", "|show|-o|rapport.md|"),
    ("~/bin/impact show num\t\n", "|show|numeripole|"),
    ("impact compare num\tmai\t\n", "|compare|numeripole|maison commune|"),
    ("impact compare numeripole --edition 20\t\n", "|compare|numeripole|--edition|2026|"),
    ("impact panorama fic\t\n", "|panorama|fiches|"),
    ("impact panorama --format htm\t\n", "|panorama|--format|html|"),
    ("impact dataset fiches --format par\t\n", "|dataset|fiches|--format|parquet|"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "called"), LINES)
def test_a_line_is_completed(shell: Shell, keys: str, called: str) -> None:
    shell.type(keys)
    assert shell.wait_for(r"\|[a-z]+\|[^\r]*").replace("/|", "|") == called


@pytest.mark.slow
def test_bash_lists_what_is_possible(bash: Shell) -> None:
    bash.type("impact show --format \t\t")
    bash.wait_for(r"text\s+terminal\s+markdown")


@pytest.mark.slow
def test_a_program_that_fails_leaves_the_line_alone(bash: Shell, home: Path) -> None:
    (home / "bin" / "impact").write_text('#!/bin/sh\necho en panne >&2; echo "|$1|"; exit 1\n', encoding="utf-8")
    bash.type("impact show num\t\n")
    bash.wait_for(r"\|show\|")
    assert bash.received.count(b"en panne") == 1


# Names that a stranger's sheet may bear: in whatever quotes, Tab and Enter give the name or nothing, and run nothing.

HOSTILE = [
    "Le $(touch pwned) lieu",
    "Le `touch pwned` lieu",
    'Le "; touch pwned; " lieu',
    "Le '; touch pwned; ' lieu",
    "Le lieu ; touch pwned",
    "Le lieu | touch pwned",
    "Le lieu & touch pwned",
    "Le lieu > pwned",
    "Le !! lieu !",
    "Le ${HOME} $HOME",
    "Le \\ lieu \\",
    "Le *? [a-z] {a,b} ~ #",
    "Le (lieu): =a",
    "~root/pwned",
    "=ls lieu",
    "#lieu d’à côté",
    "{a,b}",
    "!ls",
    "-rf lieu",
    "Le lieu\ntouch pwned\n",
    "Le\ttouch\tpwned",
    "Le \x1b[31m\x07\u202e lieu",
]
QUOTES = {"none": "{}", "double": '"{}', "single": "'{}", "double inside": '{}"', "single inside": "{}'"}
# What shows the line under the cursor, and then what was typed is taken away.
REVEAL = {
    "bash": 'bind -x \'"\\C-xd": printf "LINE<%s>\\n" "$READLINE_LINE"\'',
    "zsh": "reveal() { print -r -- \"LINE<$BUFFER>\"; }; zle -N reveal; bindkey '^Xd' reveal",
    "fish": 'bind \\cxd \'echo "LINE<"(commandline)">"\'',
}


@pytest.mark.slow
@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("kind", START)
def test_tab_and_enter_give_the_name_or_nothing_and_run_nothing(home: Path, kind: str, quote: str) -> None:
    shutil.rmtree(home / "fiches")
    with open_shell(kind, home, f"{REVEAL[kind]}; ") as shell:
        completed = [name for name in HOSTILE if complete_and_enter(shell, home, name, QUOTES[quote])]
    assert [path.name for path in home.rglob("pwned*")] == []
    assert len(completed) >= (14 if quote == "none" else 8), completed


def complete_and_enter(shell: Shell, home: Path, name: str, quote: str) -> bool:
    """Whether Tab offered the name; then the program was called with it and nothing else."""
    name_venue(home, name)
    typed = "impact show " + quote.format("Le" if name.startswith("Le") else "")
    shell.type(typed + "\t\x18d")
    line = shell.wait_for(r"(?s)LINE<.*?>\r?\n")[5:].rstrip("\r\n")[:-1].replace("\r\n", "\n")
    if line.rstrip() == typed.rstrip():
        shell.type("\x05\x15")  # to the end of the line, and away with it
        return False
    shell.type("\n")
    called = shell.wait_for(r"\|show\|[^\r\n]*\||Usage|Utilisation")
    assert called in {f"|show|{name}|", "|show|lieu|"}, (name, line)
    return called == f"|show|{name}|"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("impact show num", ["numeripole"]),
        ("impact survey --section lien", ["lien_social\tLien social"]),
        ("impact show --format=ma", ["--format=markdown"]),
        ("impact show -o rap", ["rapport.md"]),
        ("impact compare numeripole mai", ["maison commune"]),
        ("impact compare --edition 20", ["2026"]),
        ("impact panorama fic", ["fiches/"]),
        ("impact dataset --format ", ["csv", "xlsx", "parquet"]),
    ],
)
def test_fish_offers(home: Path, line: str, offered: list[str]) -> None:
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    command = ["fish", "--no-config", "-c", f"source impact.fish; complete -C '{line}'"]
    ended = subprocess.run(
        command, cwd=home, env=environment(home), capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == offered


@pytest.mark.parametrize("shell", PLACES)
def test_a_script_says_in_french_where_it_goes(shell: str) -> None:
    comments = [line for line in read_script(shell).splitlines() if line.startswith("# ")]
    assert comments[0].startswith("# Complétion de la commande «\u00a0impact\u00a0» par ")
    assert comments[1].startswith("# À enregistrer ")
    assert len(comments) == 2


def test_an_unknown_shell_names_the_nearest() -> None:
    with pytest.raises(ImpactError) as caught:
        read_script("bsh")
    assert "Vouliez-vous dire «\u00a0bash\u00a0»" in caught.value.message
    assert caught.value.exit_code == 2
