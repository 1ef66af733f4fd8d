# Polygon's v1 quotes, whose lines end in CR CR LF: a wild ask, an empty price, locked and crossed markets, rows that stand twice.
. "$TOP/tests/data/series.bash"
sample polygon_v1_quotes
for s in ABCB ABT; do
    echo "-- $s"
    oc-ingest --preset polygon-v1-quotes "$DIR/quotes-$s.csv.zst" | tr -d '\r' >q.csv
    sed -n '1,2p;$p' q.csv
    # both sides there: an empty one is no price and no lock
    series '{ n++; back += NR > 2 && secs($1) < last; last = secs($1); twice += seen[$0]++ > 0
            if ($c["bid"] == "" || $c["ask"] == "") { none++; next }
            b = $c["bid"] + 0; a = $c["ask"] + 0; crossed += a < b; locked += a == b; wild += a > 1e5
            if (low == "" || b < low) low = b; if (a > high) high = a; print (a + b) / 2 >"mids" }
        END { printf "%d quotes, %d out of order, %d twice, %d with an empty price, %d crossed, %d locked, lowest bid %.2f, highest ask %.2f\n",
              n, back, twice, none, crossed, locked, low, high }' <q.csv
    sort -g mids | awk '{ m[NR] = $1 } END { printf "median mid %.3f\n", (m[int((NR + 1) / 2)] + m[int((NR + 2) / 2)]) / 2 }'
done
# the first quote by New York's clock
TZ=America/New_York date -d "$(sed -n 's/,.*//;2p' q.csv)" '+%F %T.%3N'
