# Daily archives with a collector's Greeks: a file on holidays too, whose quotes are those of the session before.
. "$TOP/tests/data/facts.bash"
sample yf_greeks_archive
for f in "$DIR"/JNJ/*.csv; do
    day=$(basename "$f" .csv)
    oc-ingest --preset yf-greeks-archive "$f" >"$day.csv"
    printf '%s: ' "$day"
    facts '{ v += $c["volume"]; oi += $c["open_interest"]; none += $c["vendor_iv"] == ""; ts = $c["ts"] }
        END { printf "%d rows, spot %s, volume %d, oi %d, no iv %d, %s\n", NR - 1, $c["spot"], v, oi, none, ts }' <"$day.csv"
done
same() { # keys with equal bid, ask and volume in both files
    awk -F, '{ k = $3 " " $4 " " $5; v = $6 " " $7 " " $9 } NR == FNR { old[k] = v; next } FNR > 1 { n++; same += k in old && old[k] == v }
        END { printf "%s and %s: %d of %d equal\n", "'"$1"'", "'"$2"'", same, n }' "$1.csv" "$2.csv"
}
same 2026-06-18 2026-06-19
same 2026-07-02 2026-07-03
same 2026-06-18 2026-06-22
[ -e "$DIR/JNJ/2026-08-06.csv" ] || echo "no file of 2026-08-06"
# IV in percent, theta by the day, vega by the point: an option at the money prices as its own Greeks say
oc-cat --where 'strike == 230 && expiry == "2026-07-17"' 2026-06-18.csv | sed '1s/$/,style/; 2,$s/$/,E/' |
    oc-price --model bsm --vol-from vendor_iv --greeks delta,theta,vega --rate 0.04 --dividend-yield 0.02 |
    facts '{ printf "%s: delta %.2f and %.2f, theta/365 %.2f and %.2f, vega/100 %.2f and %.2f\n", $c["type"], $c["delta"], $c["vendor_delta"],
             $c["theta"] / 365, $c["vendor_theta"] / 365, $c["vega"] / 100, $c["vendor_vega"] / 100 }'
for day in 2026-06-18 2026-06-19 2026-07-03; do
    oc-validate --calendar XNYS --checks checks.csv "$day.csv" 2>/dev/null >/dev/null
    echo "oc-validate $day: status $?, $(awk -F, '$1 == "session_holiday" && $2 == "failed" && $14 != "" { print $14 }' checks.csv) rows on a holiday"
done
