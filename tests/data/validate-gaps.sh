# Gaps of real files against what was counted from them: CME 6E, Dukascopy, LEAN, Coinbase, FXCM, FirstRate, MT5, Investing.com, AAPL's days.
d=$SHARED/data
[ -e "$d/cme_6e" ] || { echo "skip validate-gaps: no sample data"; exit 0; }
joined() { awk -F, 'NR > 1 { n += $2 != end; end = $3 } END { print n + 0 }' g.csv; }  # what stands around a weekend is one gap
scan() { # NAME CALENDAR OPTION... : gap records of standard input
    local name=$1 calendar=$2; shift 2
    oc-validate -q --calendar "$calendar" --only-checks gap,interval "$@" --gaps g.csv --checks c.csv -o out.csv
    echo "$name: status $?, $(($(wc -l <out.csv) - 1)) rows, $(joined) gaps: $(cut -d, -f8 g.csv | tail -n +2 | sort | uniq -c | tr -s ' \n' ' ')"
}
longer() { awk -F, -v s="$1" -v step="$2" 'function t(x) { gsub(/[-T:Z]/, " ", x); return mktime(x) }
    NR > 1 && t($3) - t($2) + step > s' g.csv | wc -l; }
# Chicago's sessions of currencies: the calendar of the equity products closes early on a holiday on which these do not
cat >fx.cal <<'E'
oc-calendar 1
id CME_FX
version 1
title CME currencies
zone America/Chicago
covers 2020-01-01 2030-12-31
hours 2020-01-01 mon-fri 17:00-1 16:00
E
oc-ingest --preset cme-minute-bars --symbol 6EH4 "$d"/cme_6e/*.gz | scan cme-6e ./fx.cal
echo "longer than 50 min: $(longer 3000 60)"
echo "stamped at the end, as the file is, the same:"
gzip -dc "$d"/cme_6e/*.gz | tr -d '\r' | awk -F, 'NR == 1 { print "ts,symbol,interval,open,high,low,close,volume" }
    NR > 1 { sub(" ", "T", $1); print $1 "Z,6EH4,1m," $2 "," $3 "," $4 "," $5 "," $6 }' | scan cme-6e ./fx.cal --stamp end
f="$d/dukascopy/EURUSD_5 Mins_Bid_2025.10.01_2026.03.31.csv.zst"
oc-ingest --preset dukascopy-bars-csv --symbol EURUSD "$f" | scan dukascopy FX_24_5
echo "longer than a day: $(longer 86400 300)"
grep unknown g.csv
oc-ingest --preset lean-forex-minute "$d/lean/forex/oanda/minute/eurusd/20140502_quote.zip" --symbol EURUSD | scan lean-eurusd FX_24_5
awk -F, 'NR > 1 { n += $6 } END { print n " minutes missing" }' g.csv
oc-ingest --preset lean-crypto-minute --symbol BTCUSD "$d/lean/crypto/coinbase/minute/btcusd/20180404_trade.zip" | scan coinbase CRYPTO_24_7
sed -n 2p g.csv
oc-ingest --preset fxcm-bars --symbol GBPUSD "$d/fxcm/gbpusd-m1-bid-2012.csv.zst" | scan fxcm FX_24_5
oc-ingest --preset firstrate-index --symbol SPX "$d/firstrate/SPX_1min.txt_sample.txt" | scan firstrate XNYS
oc-ingest --preset mt5-bars --symbol XAUUSD --tz Europe/Athens "$d"/mt5/XAUUSD_M1_*.zst | scan mt5-m1 FX_24_5
oc-ingest --preset mt5-bars --symbol XAUUSD --tz Europe/Athens "$d"/mt5/XAUUSD_H1_*.zst | scan mt5-h1 FX_24_5
oc-cat c.csv --where 'check == "interval" && value > 0' --keep ts,end_ts,value,message
oc-ingest --preset investing-com --symbol SBER --tz UTC "$d/investing_com/SBER Historical Data.csv" | scan sber WEEKDAYS --order descending
grep critical g.csv
oc-ingest --preset lean-equity-daily --symbol AAPL "$d/lean/equity/usa/daily/aapl.zip" | scan aapl-daily XNYS
awk -F, 'function t(x) { gsub(/[-T:Z]/, " ", x); return mktime(x) } NR > 1 && t($3) - t($2) >= 4 * 86400' g.csv
