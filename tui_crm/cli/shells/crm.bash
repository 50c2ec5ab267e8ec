# Completion of crm for bash. In ~/.bashrc:  source <(crm completion bash)
_crm() {
    local kind word
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS= read -r word; do COMPREPLY+=("$word"); done
    } < <("$1" complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    case $kind in
        files) compopt -o default 2>/dev/null ;;
        open) compopt -o nospace -o nosort 2>/dev/null ;;
        *) compopt -o nosort 2>/dev/null ;;
    esac
}
complete -F _crm crm tcrm
