# zsh: what the function gives to compadd.
if ! command -v zsh >/dev/null; then
    echo "skip oc/completion-zsh: no zsh"
    exit 0
fi
printf 'ts,symbol,expiry,strike,type,bid,ask\n2026-01-05T15:00:00Z,SPX,2026-02-20,5000,C,1,2\n' >chain.csv
cat >try.zsh <<'ZSH'
compadd() { print -rn -- " ${candidates[*]}" }
compset() { : }
_files() { print -n " (files)" }
words=(oc) CURRENT=1
try() {
    words=("$@") CURRENT=$#
    print -rn -- "$* ->"
    source $TOP/completions/_oc
    print
}
try oc-price --out
try oc-price --on-error=s
try oc-price --model bs
try oc-ingest --preset histdata-t
try oc-cat chain.csv --keep bid,s
try oc-cat '"chain.csv"' --keep bid,s
try oc-cat dig
try oc-price --output=cha
try oc price --mod
try oc doc
ZSH
zsh -f try.zsh
