# Completion of crm for fish. Once:  crm completion fish > ~/.config/fish/completions/crm.fish
function __crm_complete
    set -l said (command crm complete fish (commandline -cp) 2>/dev/null)
    if test "$said[1]" = files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $said[2..-1]
    end
end
for crm in crm tcrm
    complete -c $crm -f -k -a '(__crm_complete)'
end
