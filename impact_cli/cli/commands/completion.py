"""The scripts by which a shell completes `impact`: they ask the program itself, through `_IMPACT_COMPLETE`."""

import sys
from typing import Annotated

import typer

from impact_cli.errors import ImpactError, suggest
from impact_cli.printing import fit, give

# An app with `add_completion=False` still answers `_IMPACT_COMPLETE=complete_SHELL`, in click's format. The scripts are
# ours: click's lose the words after "=", the space inside a word, and in fish what follows a comma. Where the program
# offers nothing, files are: typer's paths leave them to the shell.
_BASH = r"""# Complétion de la commande « impact » par bash (4.4 ou plus récent).
# À enregistrer dans ~/.local/share/bash-completion/completions/impact, puis ouvrir un nouveau terminal.

_impact_completion() {
    local line word quote before="" typed=${COMP_WORDS[COMP_CWORD]}
    local -a words=()
    for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
        [[ $word == "=" ]] || words+=("$word")
    done
    [[ $typed == "=" ]] && typed=""
    COMPREPLY=()
    # The quotes one is in decide how a name is written; bash replaces what stands behind them, not the word before.
    word=$typed
    if [[ $typed =~ ^((\\.|[^\"\'\\])+)([\"\'].*)$ ]]; then
        before=${BASH_REMATCH[1]} word=${BASH_REMATCH[3]}
        [[ ${before//\\?/} == *[\$\`]* || $before == *\\\\* ]] && return
        before=${before//\\/}
    fi
    case $word in
        \"*) quote=double word=${word#?} word=${word//\\?/} ;;
        \'*) quote=single word=${word#?} ;;
        *) quote=none word=${word//\\?/} ;;
    esac
    [[ $quote != single && $word == *[\"\$\`]* ]] && return
    [[ $quote != double && $word == *\'* ]] && return
    while IFS= read -r line; do
        [[ $line == plain,* ]] || continue
        word=${line#plain,}
        [[ $word == "$before"* ]] || continue
        word=${word#"$before"}
        case $quote in
            none) printf -v word %q "$word" ;;
            double) [[ $word == *!* ]] && continue; _impact_escape ;;
            single) [[ $word == *\'* ]] && continue ;;
        esac
        COMPREPLY+=("$word")
    done < <(
        IFS=$'\n'
        words+=("$typed")
        env COMP_WORDS="${words[*]}" COMP_CWORD=$((${#words[@]} - 1)) _IMPACT_COMPLETE=complete_bash \
            "${1/#\~/$HOME}" 2>/dev/null
    )
}

_impact_escape() { # $word, for between double quotes
    local plain=$word position
    word=""
    for ((position = 0; position < ${#plain}; position++)); do
        [[ ${plain:position:1} == [\"\$\`\\] ]] && word+=\\
        word+=${plain:position:1}
    done
}

complete -o nosort -o default -F _impact_completion impact
"""

_ZSH = """\
#compdef impact
# Complétion de la commande « impact » par zsh.
# À enregistrer sous le nom _impact dans un dossier de $fpath, puis ouvrir un nouveau terminal.

_impact() {
    local kind value explanation
    local -a response alone explained
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \\
        _IMPACT_COMPLETE=complete_zsh ${~words[1]} 2>/dev/null)}")
    for kind value explanation in "${response[@]}"; do
        [[ $kind == plain ]] || continue
        if [[ $explanation == _ ]]; then
            alone+=("$value")
        else
            explained+=("$value:$explanation")
        fi
    done
    [[ ${words[CURRENT]} == --*=* ]] && compset -P "*="
    if (( ${#explained} + ${#alone} == 0 )); then
        _files
        return
    fi
    (( ${#explained} )) && _describe -V impact explained
    (( ${#alone} )) && compadd -V impact -a alone
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _impact "$@"
else
    compdef _impact impact
fi
"""

_FISH = """\
# Complétion de la commande « impact » par fish.
# À enregistrer dans ~/.config/fish/completions/impact.fish, puis ouvrir un nouveau terminal.

function _impact_completion
    set -l response (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) \\
        _IMPACT_COMPLETE=complete_fish impact 2>/dev/null)
    set -l typed (commandline -ct)
    set -l option (string match --regex -- "^--[^=]+=" $typed)
    set -l found 0
    for line in $response
        set -l parts (string split --max 1 -- "," $line)
        if test "$parts[1]" = plain
            set found 1
            echo "$option$parts[2]"
        end
    end
    test $found = 1; or __fish_complete_path $typed
end

complete --command impact --no-files --keep-order --arguments "(_impact_completion)"
"""

_PLACES = {
    "bash": "~/.local/share/bash-completion/completions/impact",
    "zsh": "~/.zfunc/_impact",
    "fish": "~/.config/fish/completions/impact.fish",
}

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="INTERPRÉTEUR", autocompletion=lambda: list(SCRIPTS), help="bash, zsh ou fish.")
    ],
) -> None:
    """Write the script that completes the commands in a terminal."""
    script = completion_script(shell)
    if sys.stdout.isatty():
        give(fit(_explain_completion(shell), sys.stdout))
    else:
        give(script.rstrip("\n"))


def completion_script(shell: str) -> str:
    """The script of one of `SCRIPTS`, whose first comment says in French where to put it. Raises `ImpactError`."""
    if shell not in SCRIPTS:
        raise ImpactError(
            f"Pas de complétion pour «\u00a0{shell}\u00a0».{suggest(shell, SCRIPTS)}",
            f"Choisissez parmi\u00a0: {', '.join(SCRIPTS)}.",
            exit_code=2,
        )
    return SCRIPTS[shell]


def _explain_completion(shell: str) -> str:
    """What a person who reads the script would have to do with it."""
    place = _PLACES[shell]
    lines = [
        "Pour que la touche Tab complète les commandes, copiez ces lignes, puis ouvrez un nouveau terminal\u00a0:",
        "",
        f"  mkdir -p {place.rpartition('/')[0]}",
        f"  impact completion {shell} > {place}",
    ]
    if shell == "zsh":
        lines += ["", "Et, une fois, dans ~/.zshrc, avant compinit\u00a0:", "", "  fpath=(~/.zfunc $fpath)"]
    return "\n".join(lines)
