# Cboe's files give the facts that were counted from them independently: rows, expiries, volumes, open interest, zero bids.
DIR=$SHARED/data/cboe_quotedata
[ -d "$DIR" ] || { echo "skip facts-cboe: no $DIR"; exit 0; }
for f in "$DIR"/*.csv*; do
    printf '%s ' "$(basename "$f" .zst)"
    oc-ingest --preset cboe-quotedata "$f" |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
            { n[$c["type"]]++; root[$c["root"]]++; day[$c["expiry"]] = 1; v[$c["type"]] += $c["volume"]
              oi[$c["type"]] += $c["open_interest"]; zero[$c["type"]] += $c["bid"] == 0; ts = $c["ts"]; spot = $c["spot"] }
            END { for (d in day) days++; for (r in root) roots = roots " " r "=" root[r]
                  printf "%d+%d rows,%s, %d expiries, volume %d/%d, oi %d/%d, no bid %d/%d, spot %s, %s\n", n["C"], n["P"],
                      roots, days, v["C"], v["P"], oi["C"], oi["P"], zero["C"], zero["P"], spot, ts }'
done
