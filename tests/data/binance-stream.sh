# A recorded Binance websocket: 33,618 lines; 24,077 bookTicker and 6,106 trades become rows, 3,434 depth updates and the first
# snapshot do not; quantity, prices, trade ids one after the other; the receive clock is behind the exchange's on every trade.
# A session recorded by barter: 21 items, 3 reconnections.
f=$SHARED/data/binance/ethusdt_20240808.gz
[ -e "$f" ] || { echo "skip binance: no sample data"; exit 0; }
gzip -dc "$f" | wc -l
oc-ingest --preset binance-stream "$f" >a.csv
awk -F, 'NR > 1 { n[$4]++ } $4 == "trade" { q += $6; if (lo == "" || $5 < lo) lo = $5; if ($5 > hi) hi = $5; if (id && $8 != id + 1) jump++; id = $8; if ($2 >= $1) after++ }
    END { for (e in n) print e, n[e] | "sort"; close("sort"); printf "quantity %.4f price %.2f to %.2f, %d ids missing, %d received after their time\n", q, lo, hi, jump, after }' a.csv
gzip -dc "$f" | oc-ingest --preset binance-stream -j2 --batch-rows 99 | cmp - a.csv && echo "the same through a pipe"
gzip -dc "$f" | grep -c '"e":"depthUpdate"'
# every line that tells the exchange's own time: received before it, by the median so many milliseconds
gzip -dc "$f" | sed -nE 's/^([0-9]+) .*"E":([0-9]+).*/\1 \2/p' | awk '{ printf "%.3f\n", $1 / 1e6 - $2 }' | sort -n |
    awk '{ v[NR] = $1 } END { printf "%d lines, latest %.1f ms, median %.1f ms\n", NR, v[NR], v[int((NR + 1) / 2)] }'
awk -F, '$4 == "trade" { print $1, $2 }' a.csv | head -n 1
g=$SHARED/data/binance/binance_spot_market_data_with_disconnect_events.json
oc-ingest --preset barter-events "$g" | awk -F, 'NR == 1 { print } NR > 1 { n++; k[$3]++ } END { print n " trades of " length(k) " instruments" }'
grep -c Reconnecting "$g"
