# Polygon.io's REST answers: the snapshot's IV, 10 contracts, 10 dividends, 10 splits, 2 trades, 10 quotes.
d=$SHARED/data/polygon_json
[ -e "$d" ] || { echo "skip polygon: no sample data"; exit 0; }
see() { oc-ingest --preset polygon-"$@" >out; head -n 1 out; awk 'END { print NR - 1 " rows" }' out; }
see snapshot --ts 2022-04-29T18:00:00Z "$d/v3_snapshot_options_AAPL.json"
awk -F, 'NR == 2 { print $3, "IV", $19, "theta a year is 365 days of", $22 / 365, "vega", $23 / 100 }' out
see contracts "$d/v3_reference_options_contracts.json"
see dividends "$d/v3_reference_dividends.json"
awk -F, 'NR == 2 { print $1, $2, $3, $4 }' out
see splits "$d/v3_reference_splits.json"
awk -F, 'NR == 2 { print $1, $2, $5 ":" $6 } NR > 1 && ($4 - $6 / $5) ^ 2 > 1e-20 { print "no ratio: " $0 }' out
see trades --symbol AAPL "$d/v3_trades_AAPL_limit2.json"
see quotes --symbol AAPL "$d/v3_quotes_AAPL.json"
awk -F, 'NR > 1 && $5 <= $4 { print "crossed: " $0 } NR > 2 && $1 > last { print "not newest first" } { last = $1 }' out
# the contracts' symbols say what their columns say; a document of another kind is refused
oc-ingest --preset polygon-contracts "$d/v3_reference_options_contracts.json" | oc-cat --kind contract | awk 'END { print NR - 1 " contracts are records" }'
for other in v3_reference_splits v3_reference_dividends v3_quotes_AAPL v1_marketstatus_upcoming; do
    oc-ingest --preset polygon-trades --symbol X "$d/$other.json" >/dev/null 2>err && echo "$other was read"
    sed 's,/.*/,,' err
done
