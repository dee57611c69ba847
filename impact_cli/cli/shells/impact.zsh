#compdef impact
# Complétion de la commande « impact » par zsh.
# À enregistrer sous le nom _impact dans un dossier de $fpath, puis ouvrir un nouveau terminal.

_impact() {
    local kind value explanation
    local -a response alone explained
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \
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
