# Bars: what contradicts itself, what is far from the bars before, what breaks their interval; newest first too.
cat >head <<'E'
ts,symbol,interval,open,high,low,close,volume
E
awk 'BEGIN { for (i = 0; i < 60; i++) {
        s = sprintf("2024-07-02T14:%02d:00Z", i); p = 50 + (i * 7 % 11) / 100; v = 1000 + i
        h = p + 0.02; l = p - 0.02; o = p; c = p + 0.01
        if (i == 20) h = p - 0.05                          # ohlc
        if (i == 22) h = 7 * p                             # range
        if (i == 25) { o *= 10; h *= 10; l *= 10; c *= 10 }        # outlier, unit
        if (i == 28) { o *= 1.1; h *= 1.1; l *= 1.1; c *= 1.1 }    # outlier
        if (i == 31) v = 20000                             # volume
        if (i == 35 || i == 36) continue                   # gap
        printf "%s,Z,1m,%.2f,%.2f,%.2f,%.2f,%d\n", s, o, h, l, c, v
        if (i == 40) printf "%s,Z,1m,%.2f,%.2f,%.2f,%.2f,%d\n", s, o, h, l, c, v + 1          # conflict
        if (i == 45) printf "2024-07-02T14:45:30Z,Z,1m,%.2f,%.2f,%.2f,%.2f,%d\n", o, h, l, c, v + 1  # interval
    } }' >rows
cat head rows >bars.csv
show() { oc-cat "$1" --where 'line > 0' --keep check,severity,ts,column,value,limit,message; }
oc-validate bars.csv --calendar XNYS --checks checks.csv --gaps gaps.csv -o good.csv; echo "status $?"
show checks.csv
cat gaps.csv
(cat head; tac rows) >newest.csv
oc-validate newest.csv --calendar XNYS --order descending --checks checks.csv --gaps back.csv -o good.csv; echo "status $?"
show checks.csv
cat back.csv
echo "-- grid, and severities of one's own"
oc-validate bars.csv --only-checks grid,volume --set grid=0.05,volume=500% --severity grid=ok,volume=failed -o good.csv
echo "status $?, $(wc -l <good.csv) lines"
