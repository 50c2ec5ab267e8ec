#compdef crm tcrm
# Completion of crm for zsh. In ~/.zshrc, after compinit:  source <(crm completion zsh)
# or kept as a file named _crm in a folder of $fpath.
_crm() {
    local kind value hint
    local -a values shown end
    {
        IFS= read -r kind
        while IFS=$'\t' read -r value hint; do
            values+=("$value")
            shown+=("$value${hint:+  -- $hint}")
        done
    } < <("${(Q)words[1]}" complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if [[ $kind == files ]]; then
        _files
    elif (( $#values )); then
        [[ $kind == open ]] && end=(-S '')
        compadd -U -V crm -l -d shown "${end[@]}" -- "${values[@]}"
    fi
}
if [[ $funcstack[1] == _crm ]]; then _crm "$@"; else compdef _crm crm tcrm; fi
