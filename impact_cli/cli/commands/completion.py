"""impact completion: the scripts in `shells/`, by which a shell asks the program what completes a line."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from impact_cli.errors import ImpactError, shorten, suggest
from impact_cli.printing import fit, give

# An app with `add_completion=False` still answers `_IMPACT_COMPLETE=complete_SHELL`, in click's format. The scripts are
# ours: click's lose the words after "=", the space inside a word, and in fish what follows a comma. Where the program
# offers nothing, files are: typer's paths leave them to the shell.
_SCRIPTS = Path(__file__).parents[1] / "shells"

PLACES = {
    "bash": "~/.local/share/bash-completion/completions/impact",
    "zsh": "~/.zfunc/_impact",
    "fish": "~/.config/fish/completions/impact.fish",
}


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="INTERPRÉTEUR", autocompletion=lambda: list(PLACES), help="bash, zsh ou fish.")
    ],
) -> None:
    """Write the script that completes the commands in a terminal."""
    script = read_script(shell)
    if sys.stdout.isatty():
        give(fit(_explain_completion(shell), sys.stdout))
    else:
        give(script.rstrip("\n"))


def read_script(shell: str) -> str:
    """The script of one of `PLACES`, whose first comment says in French where to put it. Raises `ImpactError`."""
    if shell not in PLACES:
        raise ImpactError(
            f"Pas de complétion pour «\u00a0{shorten(shell)}\u00a0».{suggest(shell, PLACES)}",
            f"Choisissez parmi\u00a0: {', '.join(PLACES)}.",
            exit_code=2,
        )
    return (_SCRIPTS / f"impact.{shell}").read_text(encoding="utf-8")


def _explain_completion(shell: str) -> str:
    """What a person who reads the script would have to do with it."""
    place = PLACES[shell]
    lines = [
        "Pour que la touche Tab complète les commandes, copiez ces lignes, puis ouvrez un nouveau terminal\u00a0:",
        "",
        f"  mkdir -p {place.rpartition('/')[0]}",
        f"  impact completion {shell} > {place}",
    ]
    if shell == "zsh":
        lines += ["", "Et, une fois, dans ~/.zshrc, avant compinit\u00a0:", "", "  fpath=(~/.zfunc $fpath)"]
    return "\n".join(lines)
