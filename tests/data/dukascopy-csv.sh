# Dukascopy's download page: five-minute bars by the clock of EET; Sundays only where Europe and America have changed their
# clocks on different days.
. "$TOP/tests/data/series.bash"
sample dukascopy
oc-ingest --preset dukascopy-bars-csv "$DIR"/EURUSD_5*.csv.zst >b.csv
sed -n '1,2p;$p' b.csv
bars <b.csv
awk -F, 'NR > 1 { v += $8 } END { printf "volume in millions %.10g\n", v / 1e6 }' b.csv
echo "-- gaps"
gaps 300 <b.csv >g
awk '{ n++; long += $3 > 86400 } END { print long " longer than a day of " n }' g
cat g
echo "-- bars on Sundays, by the clock of EET"
oc-ingest --preset dukascopy-bars-csv --tz UTC "$DIR"/EURUSD_5*.csv.zst --keep ts | sed 1d >local
cut -c1-10 local | uniq -c | while read -r n d; do [ "$(date -d "$d" +%u)" = 7 ] && echo "$d $n $(grep "^$d" local | sed -n '1p;$p' | cut -c12-16 | tr '\n' ' ')"; done
grep '^2025-12-25' local | tail -n 1
echo "$(grep -c '^2026-01-01' local) bars on New Year's day"
