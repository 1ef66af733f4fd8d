# Stooq: days of AAPL since 1984, adjusted, and of SPY in 2026.
. "$TOP/tests/data/series.bash"
sample stooq
ln -s "$DIR"/* .
oc-ingest --preset stooq-daily aapl_us_d.csv.zst >a.csv
sed -n '1,2p;$p' a.csv
bars <a.csv
awk -F, 'NR > 1 { v += $8 } END { printf "volume %.15g\n", v }' a.csv
gaps 345600.5 <a.csv | awk '$3 > 5 * 86400 - 7200'
grep -E '^(2014-06-06|2020-08-28)' a.csv
oc-ingest --preset stooq-daily spy_us_d_2026.csv | sed -n '1,2p;$p;$='
