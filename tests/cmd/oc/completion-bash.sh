# bash: options, choices, listings, columns of the file on the line, files; with = and : split as readline splits them.
. "$TOP/completions/oc.bash"
try() {
    local rest=$1 w
    COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=()
    while [[ -n $rest ]]; do
        rest=${rest#"${rest%%[! ]*}"}
        w=${rest%%[ =:]*}
        [[ -z $w && -n $rest ]] && w=${rest%%[!=:]*}
        [[ -n $w ]] && COMP_WORDS+=("$w")
        rest=${rest#"$w"}
    done
    [[ $1 == *' ' ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _oc
    echo "$1 -> ${COMPREPLY[*]}"
}
printf 'ts,symbol,expiry,strike,type,bid,ask,My Note\n2026-01-05T15:00:00Z,SPX,2026-02-20,5000,C,1,2,x\n' >chain.csv
oc-cat chain.csv -o chain.arrows
try 'oc-price --out'
try 'oc-price --on-error '
try 'oc-price --on-error=s'
try 'oc-price --model bs'
try 'oc-price --model=bs'
try 'oc-ingest --preset histdata-t'
try 'oc-cat chain.csv --keep b'
try 'oc-cat chain.csv --keep bid,s'
try 'oc-cat chain.arrows --drop=as'
try 'oc-cat chain.csv -w "bid<a'
try 'oc-cat chain.csv -w bid>a'
try 'oc-cat chain.csv -m bid=My'
try 'oc-cat dig'
try 'oc-cat ./cha'
try 'oc-cat -o cha'
try 'oc-price --output=chain.a'
try 'oc pri'
try 'oc price --mod'
try 'oc doc'
try 'oc columns cur'
