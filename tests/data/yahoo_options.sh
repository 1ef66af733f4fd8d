# Yahoo's chains: as yfinance writes them, the daily archives with their own counts, the web page of 2018, the table of 2014.
. "$TOP/tests/data/facts.bash"
sample yahoo_options
count() {
    facts '{ n[$c["type"]]++; day[$c["expiry"]] = 1; v += $c["volume"]; oi += $c["open_interest"]; none += $c["vendor_iv"] == ""
          empty += $c["volume"] == ""; ts = $c["ts"]; if ("spot" in c) spot = $c["spot"]; if ($c["last_ts"] > last) last = $c["last_ts"]
          if (!first || $c["last_ts"] < first) first = $c["last_ts"]
          crossed += $c["ask"] != "" && $c["ask"] + 0 < $c["bid"] + 0; zero += $c["bid"] + 0 == 0 && $c["ask"] == "" }
        END { for (d in day) days++; printf "%d contracts (%d C, %d P), %d expiries, volume %d, oi %d, spot %s;", NR - 1, n["C"], n["P"], days, v, oi, spot
              printf " no iv %d, no volume %d, crossed %d, no bid and no ask %d; last trades %s..%s; %s\n", none, empty, crossed, zero, first, last, ts }'
}
for day in 2026-08-12 2026-08-13; do
    when=$(sed -n 's/.*"utc": *"\([^"]*\)".*/\1/p' "$DIR/$day/meta.json")
    for f in "$DIR/$day"/*.csv.gz; do
        printf '%s: ' "${f#"$DIR"/}"
        oc-ingest --preset yahoo-options --ts "$when" "$f" | tee chain.csv | count
        # in the money as the vendor says it, against its own spot
        zcat "$f" | awk -F, 'NR > 1 { itm = $3 == "C" ? $13 > $4 : $13 < $4; bad += (itm ? "True" : "False") != $11 } END { printf "inTheMoney contradicts spot on %d\n", bad }'
    done
    echo "the collector counted $(grep -o '"contracts": *[0-9]*' "$DIR/$day/meta.json" | tr -dc '0-9\n' | tr '\n' ' ')"
done
printf 'AAPL_2026-02-11: '
oc-ingest --preset yahoo-options --ts 2026-02-11T17:27:02Z "$DIR/AAPL_2026-02-11.csv.zst" | count
printf 'AMD_2025-07-07: '
oc-ingest --preset yahoo-options --ts 2025-07-08T20:00:00Z "$DIR/AMD_2025-07-07_options.csv" | count
printf 'AAPL_2018-04-26: '
oc-ingest --preset yahoo-webpage-2018 --ts 2018-04-26T20:00:00Z "$DIR/AAPL_2018-04-26_webpage.csv" | tee page.csv | count
printf 'AAPL_2014-08-30: '
oc-ingest --preset yahoo-2014 --ts 2014-08-30T19:37:52Z "$DIR/AAPL_2014-08-30.csv" | tee old.csv |
    facts '{ n[$c["type"]]++; root[$c["root"]]++; day[$c["expiry"]] = 1; v += $c["volume"]; x = $c["strike"] * 2; odd += x != int(x) }
        END { for (d in day) days++; printf "%d C, %d P, %d expiries, volume %d, AAPL %d, AAPL7 %d, odd strikes %d\n", n["C"], n["P"], days, v, root["AAPL"], root["AAPL7"], odd }'
facts '$c["root"] == "AAPL7" { n++; of[$c["symbol"]]++ } END { printf "mini options: %d, of AAPL: %d\n", n, of["AAPL"] }' <old.csv
# when it was taken is not in the file
oc-ingest --preset yahoo-options <"$DIR/2026-08-12/IWM.csv.gz"
oc-ingest --preset yahoo-options --ts 2026-02-11T17:27:02Z "$DIR/AAPL_2026-02-11.csv.zst" | oc-validate --only-checks crossed --samples all --checks checks.csv >good.csv 2>/dev/null
echo "oc-validate: crossed $(awk -F, '$1 == "crossed" && $14 == ""' checks.csv | wc -l)"
