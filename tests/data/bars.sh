# Bars made of ticks and of finer bars against those that the vendors made of the same data.
d=$SHARED/data
[ -e "$d/iqfeed" ] || { echo "skip bars: no sample data"; exit 0; }

# every row of WANT that has the same prices (and volume, where VOLUME is set) in GOT, by ts; both canonical bars
same() { # WANT GOT [VOLUME]
    oc-cat --keep ts,open,high,low,close${3:+,volume} "$1" >want
    oc-cat --keep ts,open,high,low,close${3:+,volume} "$2" >got
    awk -F, '{ for (i = 2; i <= NF; i++) $i += 0 } FNR == 1 { next } NR == FNR { want[$0]; next } { n++; if ($0 in want) same++ }
        END { printf "%d bars made, %d wanted, %d equal\n", n, length(want), same }' want got
}

echo "## IQFeed: ticks of basis C and E; the zero-size ticks are of basis O"
oc-ingest --preset iqfeed-ticks --symbol X "$d/iqfeed/ticks_oldest.zip" -O arrow >ticks.arrows
for s in 1s 5s; do
    oc-ingest --preset iqfeed-intervals --symbol X "$d/iqfeed/intervals_${s}_oldest.zip" >want.csv
    oc-bars --every $s --tz America/New_York --where 'basis == "C" || basis == "E"' -O csv ticks.arrows >got.csv
    same want.csv got.csv volume
done
echo "## ... all ticks give the volumes of the days"
oc-ingest --preset iqfeed-days --symbol X "$d/iqfeed/dailies_oldest.zip" >days.csv
oc-bars --every 1d --tz America/New_York --keep volume,trades -O csv ticks.arrows
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "volume") v = i } $1 ~ /^2021-03-0[123]/ { print $v }' days.csv
echo "## ... days to weeks: five of them; the file stamps a week with its Friday"
oc-bars --every 1w --tz America/New_York --keep open,high,low,close,volume days.csv >weeks.csv
oc-ingest --preset iqfeed-weeks --symbol X "$d/iqfeed/weeklies_oldest.zip" | oc-cat --keep open,high,low,close,volume | tail -n 5 >want.csv
tail -n 5 weeks.csv | awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) $i += 0 } 1' >got.csv
awk -F, -v OFS=, '{ for (i = 1; i <= NF; i++) $i += 0 } 1' want.csv | cmp - got.csv && echo "5 weeks equal"

echo "## FirstRate: minutes to 5 minutes, to hours on the clock, to days"
oc-ingest --preset firstrate-index "$d/firstrate/SPX_1min.txt_sample.txt" -O arrow >m1.arrows
for s in 5m:5min 1h:1hour; do
    oc-ingest --preset firstrate-index "$d/firstrate/SPX_${s#*:}.txt_sample.txt" >want.csv
    oc-bars --every ${s%:*} --tz America/New_York -O csv m1.arrows >got.csv
    same want.csv got.csv
done
echo "## ... with the calendar hours count from the opening: seven in a session, and what is stamped at or after the close"
oc-bars --every 1h,1d --calendar XNYS --keep interval,ts,end_ts,close,session_part,complete -O csv m1.arrows | head -n 11

echo "## Dukascopy: one minute to five"
for m in 1 5; do
    oc-ingest --preset dukascopy-bars-json --symbol BTCUSD --set interval=${m}m "$d/dukascopy/btcusd-m$m-bid-2023-02-19-2023-02-20.json" >m$m.csv
done
oc-bars --every 5m m1.csv >got.csv
same m5.csv got.csv

echo "## LEAN: ticks of IBM to minutes; the vendor leaves out some by sale condition"
oc-ingest --preset lean-equity-tick --symbol IBM "$d/lean/equity/usa/tick/ibm/20131007_trade.zip" >ibm.csv
oc-ingest --preset lean-equity-minute --symbol IBM "$d/lean/equity/usa/minute/ibm/20131007_trade.zip" >want.csv
oc-bars --every 1m --calendar XNYS ibm.csv >got.csv
oc-cat --keep ts,volume want.csv >w
oc-cat --keep ts,volume got.csv >g
awk 'NR == FNR { if (FNR > 1) want[$0]; next } FNR > 1 { n++; if ($0 in want) same++ } END { printf "%d minutes made, %d wanted, %d volumes equal\n", n, length(want), same }' w g
same want.csv got.csv
awk -F, 'NR > 1 { n += $9 } END { print n " shares" }' got.csv

echo "## LEAN: the splits of AAPL in raw prices, found, and gone once they are known"
oc-ingest --preset lean-equity-daily --symbol AAPL "$d/lean/equity/usa/daily/aapl.zip" >aapl.csv
oc-bars --every 1d --calendar XNYS --detect-jumps jumps.csv aapl.csv >raw.csv
cat jumps.csv
printf 'symbol,ex_date,dividend_type,proportion\nAAPL,2014-06-09,split,7\nAAPL,2005-02-28,split,2\nAAPL,2000-06-21,split,2\nAAPL,2020-08-31,split,4\n' >splits.csv
oc-bars --every 1d --calendar XNYS --adjust splits.csv --detect-jumps jumps.csv aapl.csv >adjusted.csv
tail -n +2 jumps.csv
grep -h ,2014-06-0[69]T raw.csv adjusted.csv
