# MetaTrader 5.  The server's clock is not told: as UTC the hours are those of the files; EET puts the breaks of the day to
# 23:58..01:00 of a clock two and three hours before UTC.
. "$TOP/tests/data/series.bash"
sample mt5
ln -s "$DIR"/*.csv* .
echo "-- XAUUSD M1"
oc-ingest --preset mt5-bars --tz UTC XAUUSD_M1*.csv.zst >m1.csv
sed -n '1,2p;$p' m1.csv
bars <m1.csv
gaps 60 <m1.csv
oc-ingest --preset mt5-bars --tz EET XAUUSD_M1*.csv.zst --keep ts | sed -n '2p;$p'
oc-ingest --preset mt5-bars XAUUSD_M1*.csv.zst | wc -l
echo "-- XAUUSD H1: days until 2022-08-31 in a file of hours; its spread is 0 in its first half"
oc-ingest --preset mt5-bars --tz UTC XAUUSD_H1*.csv.zst >h1.csv
bars <h1.csv
gaps 86399 <h1.csv | awk '$1 < "2022-08-31" { n++; last = $2 } END { print n + 1 " days, the last " last }'
# and one more: the bar of 2022-09-01 00:00 holds the low and the close of the hours behind it
grep '^2022-09-01' h1.csv
series '$c["spread_points"] != 0 { n++; if (n == 1) first = $1 } END { print n " bars have a spread, from " first }' <h1.csv
echo "-- EURUSD M1, plain header"
oc-ingest --preset mt5-bars-plain --tz UTC EURUSD_M1_2018_plain-header.csv.zst >e.csv
bars <e.csv
gaps 60 <e.csv
echo "-- EURUSD M1, Python: both clocks of the file are one"
oc-ingest --preset mt5-python --tz UTC EURUSD_M1_python-api.csv >p.csv
bars <p.csv
awk -F, 'NR > 1 { print $2 }' EURUSD_M1_python-api.csv | sed 's/^/@/' | date -u -f - +%FT%TZ >epochs
sed 1d p.csv | cut -d, -f1 | cmp - epochs && echo "epochs are the text"
