# Cboe's delayed quote tables: rows by root and side, expiries, volumes, open interest, zero bids, what the head tells, and the
# VIX out of two of them against the exchange's own (27.75 at the close of 2022-06-10; 25.82 to 27.75 on 2022-07-12).
. "$TOP/tests/data/facts.bash"
sample cboe_quotedata
for f in "$DIR"/*.csv*; do
    name=$(basename "$f" .zst)
    oc-ingest --preset cboe-quotedata "$f" >"$name"
    printf '%s: ' "$name"
    facts '{ n[$c["type"]]++; root[$c["root"]] += 0.5; day[$c["expiry"]] = 1; v[$c["type"]] += $c["volume"]
              oi[$c["type"]] += $c["open_interest"]; zero[$c["type"]] += $c["bid"] == 0; ts = $c["ts"]; spot = $c["spot"]
              spotvol = $c["spot_volume"] }
            END { for (d in day) { days++; if (!first || d < first) first = d; if (d > last) last = d }
                  for (r in root) roots = (r < "SPXW" ? " " r "=" root[r] roots : roots " " r "=" root[r])
                  printf "%d lines, %d calls, %d puts,%s, %d expiries %s..%s, volume %d/%d, oi %d/%d, no bid %d/%d,", NR / 2,
                      n["C"], n["P"], roots, days, first, last, v["C"], v["P"], oi["C"], oi["P"], zero["C"], zero["P"]
                  printf " underlying %s volume %s, %s\n", spot, spotvol, ts }' <"$name"
done
leg() { # FILE ROOT EXPIRY MINUTES RATE
    oc-cat "$1" --where "root == \"$2\" && expiry == \"$3\"" |
        variance "T=$(awk -v m="$4" 'BEGIN { printf "%.17g", m / 525600 }')" "R=$5"
}
echo "expired series of the day: $(oc-cat --where 'expiry == "2022-06-10"' spx_2022-06-10.csv --keep strike | sed 1d | wc -l)"
near=$(leg spx_2022-06-10.csv SPXW 2022-07-08 $((28 * 1440 - 15)) 0.0125)
next=$(leg spx_2022-06-10.csv SPX 2022-07-15 $((35 * 1440 - 405)) 0.0125)
printf '%s\n%s\n' "$near" "$next"
vix $((28 * 1440 - 15)) "$near" $((35 * 1440 - 405)) "$next"
near=$(leg spx_2022-07-12_1155.csv SPXW 2022-08-05 $((24 * 1440 + 245)) 0.019)
next=$(leg spx_2022-07-12_1155.csv SPXW 2022-08-12 $((31 * 1440 + 245)) 0.019)
printf '%s\n%s\n' "$near" "$next"
vix $((24 * 1440 + 245)) "$near" $((31 * 1440 + 245)) "$next"
forwards 2022-08-05 0.019 <spx_2022-07-12_1155.csv
forwards 2022-08-12 0.019 <spx_2022-07-12_1155.csv
