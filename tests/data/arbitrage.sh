# Real chains against arbitrage among executable quotes: what is found, and that what is planted into them is.
d=$SHARED/data
[ -e "$d/cboe_quotedata" ] || { echo "skip arbitrage: no sample data"; exit 0; }
check() { # NAME PRESET FILE OPTION...
    local name=$1 preset=$2 file=$3; shift 3
    oc-ingest -q --preset "$preset" "$@" "$file" -o chain.arrows || { echo "$name: not read"; return; }
    oc-validate -q --arbitrage --only-checks 6 --samples all --checks c.csv chain.arrows -o out.arrows
    echo "$name: $(oc-cat c.csv --where 'rows > 0' --keep rows | tail -1) quotes, $(oc-cat c.csv --where 'count > 0' --keep check,count | tail -n +2 | tr '\n' ' ')"
    oc-cat c.csv --where 'line > 0' --keep check,edge,legs | tail -n +2 | sort -t, -k2,2nr | head -2
}
for f in spx_2022-06-10.csv.zst spx_2022-07-12_1155.csv.zst spx_2023-12-08_ru-locale.csv.zst spx_2025-10-01_exp-2026-04-17.csv \
    amd_2023-08-18.csv tsla_2023-08-18.csv spy_2023-09-14_1631.csv.zst spy_2025-09-25.csv; do
    check "$f" cboe-quotedata "$d/cboe_quotedata/$f"
done
check L3 historicaloptiondata-l3 "$d/historicaloptiondata_l3/L3_SPX_20240423.csv.zst"
check AAPL yahoo-options "$d/yahoo_options/AAPL_2026-02-11.csv.zst" --ts 2026-02-11T17:27:02Z
echo "-- the SPX chain of 2022-06-10 with its own forwards, and with one fault of each kind"
oc-ingest -q --preset cboe-quotedata "$d/cboe_quotedata/spx_2022-06-10.csv.zst" -o spx.arrows
oc-vol forward -q spx.arrows -o forward.arrows
for f in spx forward; do
    oc-validate --arbitrage --only-checks 6 $f.arrows -o out.arrows
    for kind in vertical butterfly box parity calendar; do
        oc-validate -q --arbitrage --inject $kind=1% --labels l.csv $f.arrows -o bad.arrows
        oc-validate -q --arbitrage --only-checks 6 --samples all --checks c.csv bad.arrows -o out.arrows
        oc-validate -q --score c.csv --truth l.csv --where "source == \"$kind\" && stat == \"recall\"" --keep source,count,value | tail -1
    done
done
