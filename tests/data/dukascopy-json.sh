# Dukascopy's JSON: 3,551 delta-coded ticks and their sums, 380 ticks with 4 gaps above a minute, bars of one and five minutes, the
# latter being the aggregation of the former.
d=$SHARED/data/dukascopy
[ -e "$d" ] || { echo "skip dukascopy: no sample data"; exit 0; }
oc-ingest --preset dukascopy-deltas --symbol EURUSD "$d/ticks-EUR-USD-2026-7-13-12.json" >t.csv
head -n 1 t.csv
awk -F, 'NR == 2 { print "first ask " $5 " bid " $4 } END { print "last ask " $5 " bid " $4 " at " $1 }' t.csv
awk -F, 'NR > 1 { n++; if ($5 <= $4) bad++ } END { print n " ticks, " bad + 0 " not above their bid" }' t.csv
oc-ingest --preset dukascopy-ticks-json --symbol X "$d/sample_tick_data_with_gaps.json" >g.csv
# seconds of the day; the file lies within one
awk -F, 'NR > 1 { split(substr($1, 12), c, ":"); t = c[1] * 3600 + c[2] * 60 + c[3]; g = t - last; n++
    if (n > 1 && g > 60) gaps++; if (n > 1 && g > most) most = g; last = t } END { printf "%d ticks, %d gaps above 60 s, longest %.3f s\n", n, gaps, most }' g.csv
for m in 1 5; do
    oc-ingest --preset dukascopy-bars-json --symbol BTCUSD --set interval=${m}m "$d/btcusd-m$m-bid-2023-02-19-2023-02-20.json" >m$m.csv
    awk -v m=$m 'END { print NR - 1 " bars of " m " min" }' m$m.csv
done
awk -F, 'NR > 1 { i = int((NR - 2) / 5); if ((NR - 2) % 5 == 0) { t[i] = $1; o[i] = $4; h[i] = $5; l[i] = $6 }
    if ($5 > h[i]) h[i] = $5; if ($6 < l[i]) l[i] = $6; c[i] = $7 } END { for (k = 0; k <= i; k++) print t[k] "," o[k] "," h[k] "," l[k] "," c[k] }' m1.csv >made
awk -F, 'NR > 1 { print $1 "," $4 "," $5 "," $6 "," $7 }' m5.csv | cmp - made && echo "the five-minute bars are the aggregation"
