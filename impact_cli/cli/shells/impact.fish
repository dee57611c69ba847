# Complétion de la commande « impact » par fish.
# À enregistrer dans ~/.config/fish/completions/impact.fish, puis ouvrir un nouveau terminal.

function _impact_completion
    set -l response (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) \
        _IMPACT_COMPLETE=complete_fish impact 2>/dev/null)
    set -l typed (commandline -ct)
    set -l option (string match --regex -- "^--[^=]+=" $typed)
    set -l found 0
    for line in $response
        set -l parts (string split --max 1 -- "," $line)
        if test "$parts[1]" = plain
            set found 1
            # Behind a tab stands what explains a word; a tab that the program prints is shown, as every control is.
            echo "$option"(string replace -- \ufffd \t $parts[2])
        end
    end
    test $found = 1; or __fish_complete_path $typed
end

complete --command impact --no-files --keep-order --arguments "(_impact_completion)"
