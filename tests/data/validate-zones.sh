# Dukascopy's half year in Eastern European time: with its zone it fits New York's week, in the weeks between the changes of the
# clocks too, when bars fall on Sundays; by a fixed offset the summer's weeks are an hour off, as UTC all of them are.
f="$SHARED/data/dukascopy/EURUSD_5 Mins_Bid_2025.10.01_2026.03.31.csv.zst"
[ -e "$f" ] || { echo "skip validate-zones: no sample data"; exit 0; }
oc-ingest --preset dukascopy-bars-csv --symbol EURUSD "$f" >right.csv
awk -F, 'NR > 1 { split($1, d, /[-T:Z]/); n++ } END { print n " bars" }' right.csv
zstd -dcq "$f" | tr -d '\r' | awk -F, 'NR == 1 { print "ts,symbol,interval,open,high,low,close" }
    NR > 1 { gsub(/[.]/, "-", $1); sub(" ", "T", $1); print $1 ",EURUSD,5m," $2 "," $3 "," $4 "," $5 }' >local.csv
for zone in Europe/Athens UTC+2 UTC Europe/London; do
    oc-validate -q --tz $zone --calendar FX_24_5 --only-checks 3,session_closed,session_holiday --checks c.csv local.csv >/dev/null 2>err
    echo "$zone: status $?"
    oc-cat c.csv --where 'count > 0 || value < 24' --keep check,ts,end_ts,value,count,message | tail -n +2
done
