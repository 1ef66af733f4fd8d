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
