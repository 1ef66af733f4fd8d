# What holds for any ticks: sums are conserved, and neither blocks, threads, cuts, encoding nor the order of kinds change a bar.
awk 'BEGIN { s = 7; print "ts,symbol,price,size,bid,ask"; t = 0
    for (i = 0; i < 4000; i++) { s = (s * 16807) % 2147483647; t += s % 4 ? s % 700 : 0; k = s % 3; p[k] += int(s / 7) % 5 - 2; q = 2000 + p[k]
        d = i > 2500 ? sprintf("%.3f", (q * 10 + s % 9) / 1000) : sprintf("%.2f", q / 100)
        printf "2026-11-20T%02d:%02d:%02d.%03dZ,S%d,%s,%s,%.2f,%.2f\n", 14 + t / 3600000, t / 60000 % 60, t / 1000 % 60, t % 1000, k, d, s % 5 ? s % 400 : s % 4000 / 1e3,
            (q - s % 3) / 100, (q + s % 2) / 100 } }' >t.csv
kinds="--every 1s,5s,1m,5m,1h,1d --tick 1,13 --volume 5000 --dollar 50000 --range 0.05 --renko 0.05 --tick-imbalance 7,ewma:5 --volume-imbalance 1500,ewma"
all="$kinds --fill --metadata 3 --vpin 5000:5 --delay 15s"
oc-bars $all t.csv >whole.csv
awk -F, 'NR > 1 { n[$2]++ } END { for (k in n) print k, n[k] }' whole.csv | sort
echo "## sums, in thousandths of a size and millionths of money, as whole numbers"
awk -F, 'function whole(x, unit) { return sprintf("%.0f", x * unit) + 0 }
    NR == FNR { if (FNR > 1) { v += whole($4, 1000); d += whole(whole($3, 1000) * whole($4, 1000), 1); n++ } next }
    FNR > 1 { V[$2] += whole($9, 1000); D[$2] += whole($11, 1e6); N[$2] += $12; if ($10 != "" && ($10 < $7 + 0 || $10 > $6 + 0)) print "vwap outside: " $0
        if ($6 < $7 || $5 > $6 || $5 < $7 || $8 > $6 || $8 < $7) print "no bar: " $0 }
    END { for (k in V) print k, V[k] == v, D[k] == d, N[k] == n }' t.csv whole.csv | sort
echo "## blocks and threads"
for how in "--batch-rows 1" "--batch-rows 7" "--batch-rows 1000 -j 2" "-j 4 --batch-rows 64"; do
    oc-bars $all $how t.csv | cmp - whole.csv && echo "$how: the same"
done
for isa in base; do
    OC_ISA=$isa oc-bars $all t.csv | cmp - whole.csv && echo "$isa: the same"
done
echo "## cut anywhere, with a state"
for cut in 1 2 3 17 1000 2501 3999 4000; do
    rm -f state
    { head -n $((cut + 1)) t.csv | oc-bars $all --state state
      { head -n 1 t.csv; tail -n +$((cut + 2)) t.csv; } | oc-bars $all --state state --last | tail -n +2; } | cmp - whole.csv && echo "$cut: the same"
done
rm -f state
for part in 1 2 3 4 5 6 7 8; do
    { head -n 1 t.csv; tail -n +$((500 * part - 498)) t.csv | head -n 500; } >part
    oc-bars $all --state state $([ $part = 8 ] && echo --last) part | { [ $part = 1 ] && cat || tail -n +2; }
done | cmp - whole.csv && echo "eight parts: the same"
echo "## Arrow"
oc-cat --kind tick t.csv -o t.arrows
oc-bars $all -O csv t.arrows | cmp - whole.csv && echo same
echo "## one kind at a time, and in another order"
for kind in "--every 5m" "--renko 0.05" "--volume-imbalance ewma"; do
    word=$(oc-bars $kind --keep interval t.csv | tail -n 1)
    oc-bars $kind --fill --metadata 3 --vpin 5000:5 --delay 15s t.csv >one
    awk -F, -v w="$word" 'NR == 1 || $2 == w' whole.csv >of
    sort one | cmp - <(sort of) && echo "$word: the same"
done
oc-bars --renko 0.05 --every 1h,1s --tick 13 t.csv | sort >a
oc-bars --tick 13 --every 1s,1h --renko 0.05 t.csv | sort | cmp - a && echo "other order: the same bars"
echo "## the beginning does not depend on what follows"
head -n 1001 t.csv | oc-bars $all --no-partial >part
head -c "$(stat -c %s part)" whole.csv | cmp - part && echo prefix
echo "## columns of ticks"
oc-bars --metadata 1 t.csv >whole
for cut in 1 700; do
    rm -f state
    { head -n $((cut + 1)) t.csv | oc-bars --metadata 1 --state state
      { head -n 1 t.csv; tail -n +$((cut + 2)) t.csv; } | oc-bars --metadata 1 --state state | tail -n +2; } | cmp - whole && echo "$cut: the same"
done
