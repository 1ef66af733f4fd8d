# HistData: Eastern Standard Time all the year, which has no summer.
. "$TOP/tests/data/series.bash"
sample histdata
oc-ingest --preset histdata-ticks "$DIR"/EURUSD_T_2020-01.csv.zst >t.csv
sed -n '1,2p;$p' <t.csv
series '{ n++; twice += seen[$0]++ > 0; bad += $4 <= $3; if ($4 - $3 > wide) wide = $4 - $3; t = secs($1); back += t < last; last = t }
    END { printf "%d ticks, %d twice, %d with ask <= bid, widest %.5f, %d out of order\n", n, twice, bad, wide, back }' <t.csv
gaps 80 <t.csv
oc-ingest --preset histdata-bars "$DIR"/USDHKD_M1_2016-11.txt >b.csv
sed -n '1,2p;$p' b.csv
bars <b.csv
# the same hour in July is no hour earlier
printf '20200701 170000;1;1;1;1;0\n' | oc-ingest --preset histdata-bars --symbol X --keep ts
