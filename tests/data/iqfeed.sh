# IQFeed: ticks of three days, the vendor's own bars of 1 s and 5 s out of them, days, weeks and months.
. "$TOP/tests/data/series.bash"
sample iqfeed
keep=symbol,interval,ts,open,high,low,close,volume
echo "-- ticks"
oc-ingest --preset iqfeed-ticks --symbol X "$DIR/ticks_oldest.zip" >t.csv
sed -n '1,2p;$p' t.csv
# days by New York's clock, in winter
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
    { n++; basis[$c["basis"]]++; none += $c["size"] == 0; locked += $c["bid"] + 0 == $c["ask"] + 0
      d = substr($1, 1, 10); if (substr($1, 12, 2) + 0 < 5) d = last; last = d; size[d] += $c["size"]; total[d] = $c["total_volume"] }
    END { printf "%d ticks, C %d, O %d, E %d, %d of size 0, %d locked\n", n, basis["C"], basis["O"], basis["E"], none, locked
          for (d in size) print d " sizes " size[d] ", the last total " total[d] }' t.csv | sort
echo "-- bars of the vendor against those of its ticks of basis C and E"
oc-bars --every 1s,5s --where 'basis == "C" || basis == "E"' t.csv >all.csv
for i in 1s 5s; do
    oc-ingest --preset iqfeed-intervals --symbol X "$DIR/intervals_${i}_oldest.zip" --keep $keep >vendor$i.csv
    oc-cat --where "interval == \"$i\"" all.csv >made$i.csv
    same made$i.csv vendor$i.csv
done
bars <vendor1s.csv
echo "-- days, weeks, months"
oc-ingest --preset iqfeed-days --symbol X "$DIR/dailies_oldest.zip" >d.csv
bars <d.csv
grep -E '2021-03-0[123]' d.csv
oc-ingest --preset iqfeed-weeks --symbol X "$DIR/weeklies_oldest.zip" --keep $keep >w.csv
bars <w.csv
oc-bars --every 1w --calendar XNYS d.csv >made.csv
{ head -n 1 w.csv; tail -n 5 w.csv; } >last.csv
same made.csv last.csv
# a week carries its last session, which was a Thursday twice
unzip -p "$DIR/weeklies_oldest.zip" | cut -d, -f1 | grep -v '^!' | date -f - +%a | sort | uniq -c
oc-ingest --preset iqfeed-months --symbol X "$DIR/monthlies_oldest.zip" >m.csv
bars <m.csv
tail -n 1 m.csv
echo "-- old option symbols"
oc-ingest --preset iqfeed-option-symbols "$DIR/IOPTION_sample.zip" >o.csv
wc -l <o.csv
sed -n '1,2p' o.csv
echo "-- cut before its last line"
unzip -p "$DIR/dailies_oldest.zip" | head -n 3 | oc-ingest --preset iqfeed-days --symbol X | wc -l
