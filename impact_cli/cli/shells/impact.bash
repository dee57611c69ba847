# Complétion de la commande « impact » par bash (4.4 ou plus récent).
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
