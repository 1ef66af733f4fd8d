# fish: the same candidates, through its own `complete -C`.
if ! command -v fish >/dev/null; then
    echo "skip oc/completion-fish: no fish"
    exit 0
fi
export HOME=$PWD XDG_CONFIG_HOME=$PWD XDG_DATA_HOME=$PWD XDG_CACHE_HOME=$PWD
printf 'ts,symbol,expiry,strike,type,bid,ask\n2026-01-05T15:00:00Z,SPX,2026-02-20,5000,C,1,2\n' >chain.csv
fish --no-config -c '
    source $TOP/completions/oc.fish
    for line in "oc-price --out" "oc-price --on-error=s" "oc-price --model bs" "oc-ingest --preset histdata-t" \
        "oc-cat chain.csv --keep bid,s" "oc-cat dig" "oc-cat ./cha" "oc-price --output=chain.c" "oc price --mod" "oc doc"
        echo "$line ->" (complete -C $line | string replace -r "\t.*" "")
    end'
