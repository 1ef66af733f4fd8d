# A year of minute bars of a random walk with nights between: none of it is an outlier; of planted ones from 5 % on, 1 % of the
# rows, all are found but those at the first bar of a morning, where a night may do as much, and none besides.
walk() { # SHARE : bars on standard output, planted lines in the file truth
    awk -v share="$1" 'function u() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
        function gauss(  i, s) { for (s = -6; i < 12; i++) s += u(); return s }
        BEGIN { seed = 20240102; split("1.05 0.95 1.1 0.9 1.5 0.5 10 0.1 100", f, " ")
            print "ts,symbol,interval,open,high,low,close"; p = 100; line = 1
            for (d = 1; d <= 250; d++) {
                p *= exp(0.006 * gauss())
                for (m = 0; m < 390; m++) {
                    o = p; p *= exp(0.0006 * gauss()); x = 1; line++
                    if (u() < share && line > 12) { x = f[1 + int(9 * u())]; print line, (m ? "inside" : "morning") >"truth" }
                    h = (o > p ? o : p) * (1 + 0.0001 * u()); l = (o < p ? o : p) * (1 - 0.0001 * u())
                    printf "%d,X,1m,%.6f,%.6f,%.6f,%.6f\n", 1704119400 + d * 86400 + m * 60, o * x, h * x, l * x, p * x
                } } }'
}
for share in 0 0.0001 0.01; do
    : >truth
    walk $share >bars.csv
    oc-validate -q --ts-unit s --only-checks outlier bars.csv --rejects r.csv -o /dev/null -O csv 2>/dev/null
    echo "$share: status $?"
    awk -F'[, ]' 'FILENAME == "truth" { t[$1] = $2; n++; next } FNR > 1 { if ($2 in t) { hit++; delete t[$2] } else wrong++ }
        END { for (l in t) miss[t[l]]++
              printf "%d planted, %d found, %d wrong, missed %d inside a day and %d in the morning\n", n, hit, wrong, miss["inside"], miss["morning"] }' truth r.csv
done
echo "-- two levels at first: level names both, wherever batches end; later there is one"
ten() { awk -v from="$1" -v to="$2" -v p="$3" 'BEGIN { for (i = from; i < to; i++) printf "%d,X,1m,%s,%s,%s,%s\n", 1704119400 + i * 60, p, p, p, p }'; }
for n in 1 100; do
    { echo ts,symbol,interval,open,high,low,close; ten 0 6 0.1455; ten 6 15 14.55; ten 15 23 0.1455; } |
        oc-validate -q --ts-unit s --batch-rows $n --checks c$n.csv -o /dev/null -O csv 2>/dev/null
done
cmp c1.csv c100.csv
oc-cat c1.csv --where 'check == "level"' --keep check,severity,ts,end_ts,line,value,limit,count
oc-cat c1.csv --where 'check == "level" && line > 0' --keep message
{ echo ts,symbol,interval,open,high,low,close; ten 0 40 14.55; ten 40 49 0.1455; ten 49 60 14.55; } |
    oc-validate -q --ts-unit s --only-checks level,outlier --checks c.csv -o /dev/null -O csv
oc-cat c.csv --where 'count >= 0' --keep check,count
echo "-- a wide quote around the last price is none, a wider one and one beside it are"
awk 'BEGIN { print "ts,symbol,bid,ask"; for (i = 0; i < 40; i++) print 1704119400 + i ",X," 43.27 + i % 3 / 100 "," 43.37 + i % 3 / 100
    print "1704119450,X,39.9,43.49"; print "1704119451,X,30,43.49"; print "1704119452,X,39.9,40.9"; print "1704119453,X,43.27,43.37" }' |
    oc-validate -q --ts-unit s --only-checks outlier --checks c.csv -o /dev/null -O csv
oc-cat c.csv --where 'line > 0' --keep line,column,value
