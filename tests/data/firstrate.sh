# FirstRate: the S&P 500 by the minute; its bars of five minutes and of hours are those of the minutes.
. "$TOP/tests/data/series.bash"
sample firstrate
for f in "$DIR"/*.txt; do oc-ingest --preset firstrate-index "$f" >"$(basename "$f" .txt_sample.txt).csv"; done
for f in SPX_*.csv; do printf '%s: ' "$f"; bars <"$f"; done
sed -n '1,2p' SPX_1min.csv
echo "-- sessions by New York's clock, in summer"
awk -F, 'NR > 1 { d = substr($1, 1, 10); h = substr($1, 12, 2) - 4 ":" substr($1, 15, 2); n[d]++; if (n[d] == 1) from[d] = h; to[d] = h }
    END { for (d in n) print n[d] " bars " from[d] ".." to[d] (n[d] == 396 ? "" : " on " d) }' SPX_1min.csv | sort | uniq -c
gaps 60 <SPX_1min.csv | awk '{ n++; inside += substr($1, 1, 10) == substr($2, 1, 10) } END { print n " gaps, " inside + 0 " inside a session" }'
echo "-- aggregation"
oc-bars --every 5m,1h SPX_1min.csv >all.csv
for i in 5m:5min 1h:1hour; do
    oc-cat --where "interval == \"${i%:*}\"" all.csv >made.csv
    same made.csv "SPX_${i#*:}.csv"
done
