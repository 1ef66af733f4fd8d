# bash completion of oc and its programs.  The candidates come from the program itself:
# `oc-price --complete N WORD...` prints them for word N, one a line with a tab and a description.

_oc() {
    local -a words=()
    local word rest=$COMP_LINE i cur=0 line current bare prefix
    # bash has split the words at = and : as well; put together what stands together
    for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]})) && [[ -n $word && $rest == "$word"* ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        rest=${rest#*"$word"}
        ((i == COMP_CWORD)) && cur=$((${#words[@]} - 1))
    done
    current=${words[cur]}
    bare=${current##*[=:]}
    prefix=${current%"$bare"}

    # words may be quoted: take the quotes off as the shell would, without running anything
    local -a plain=()
    for word in "${words[@]}"; do
        if [[ $word == [\"\']* ]]; then
            word=${word#[\"\']} word=${word%[\"\']}
        fi
        plain+=("${word//\\/}")
    done
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$bare")
        else
            line=${line%%$'\t'*}
            line=${line#"$prefix"}
            # inside an open quote the shell needs no escapes
            [[ $current != [\"\']* && $line == *[!a-zA-Z0-9_.,:=/+%@-]* ]] && printf -v line %q "$line"
            COMPREPLY+=("$line")
        fi
    done < <("${plain[0]/#\~/$HOME}" --complete "$cur" "${plain[@]}" 2>/dev/null)
}

complete -F _oc oc oc-ingest oc-bars oc-cat oc-price oc-chain oc-step oc-mc oc-validate oc-vol
