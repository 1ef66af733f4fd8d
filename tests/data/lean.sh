# LEAN: zips without headers, contracts in the names of members, prices times 10000; the split of June 2014, and a real bad tick.
. "$TOP/tests/data/series.bash"
sample lean
E=$DIR/equity/usa O=$DIR/option/usa
echo "-- options of TWX"
for what in quote trade; do oc-ingest --preset lean-option-$what "$O/minute/twx/20140606_${what}_american.zip" >$what.csv; done
oc-ingest --preset lean-option-open-interest "$O/minute/twx/20140606_openinterest_american.zip" >oi.csv
for f in quote trade oi; do
    sed -n '1,2p' $f.csv
    series '{ type = $c["option_type" in c ? "option_type" : "type"]; k = type " " $c["option_strike" in c ? "option_strike" : "strike"] " " $c["expiry"]; if (!(k in seen)) { members++; calls += type == "C" }; seen[k] = 1; n++
              if ("volume" in c) v += $c["volume"]; if ("open_interest" in c) oi += $c["open_interest"] }
            END { print members " members, " calls " calls, " n " rows, volume " v + 0 ", oi " oi + 0 }' <$f.csv
done
oc-bars --every 1d --tz America/New_York trade.csv | sed 1d | wc -l
echo "-- universes of AAPL: the day before the split, and the day of it in terms after it"
for d in 20140605 20140606; do
    oc-ingest --preset lean-option-universe --symbol AAPL --ts "${d:0:4}-${d:4:2}-${d:6}T16:00:00-04:00" "$O/universes/aapl/$d.csv" >u.csv
    series '{ n++; day[$c["expiry"]] = 1; v += $c["volume"]; oi += $c["open_interest"]; iv += $c["vendor_iv"] > 0 } END { for (d in day) days++
        print n " contracts, " days " expiries, volume " v ", oi " oi ", " iv " with an IV" }' <u.csv
    echo "underlying $(sed -n 2p "$O/universes/aapl/$d.csv")"
done
echo "-- days of AAPL"
oc-ingest --preset lean-equity-daily "$E/daily/aapl.zip" >d.csv
bars <d.csv
grep -E '2014-06-0[69]' d.csv
gaps 345600 <d.csv
sed 1d d.csv | cut -c1-10 | date -f - +%a | sort | uniq -c
oc-ingest --preset lean-factor-file "$E/factor_files/aapl.csv" >f.csv
grep -c price_factor f.csv
grep 'split_factor.*2014' f.csv
awk -F, '$1 == "split_factor" { if (substr($3, 1, 10) == "2014-06-06") was = $4; else if (was) { printf "the next %g, ratio %.5g\n", $4, $4 / was; exit } }' f.csv
oc-ingest --preset lean-map-file "$E/map_files/aapl.csv"
echo "-- minutes"
for f in aapl/20140605 aapl/20140606 aapl/20140609 goog/20151223 spy/20131007 ibm/20131007; do
    oc-ingest --preset lean-equity-minute "$E/minute/${f}_trade.zip" >m.csv
    printf '%s: ' "$f"
    bars <m.csv
    # 09:30 to 16:00 in New York; all days but GOOG's are of its summer time
    summer=$([ $f = goog/20151223 ] && echo 300 || echo 240)
    series '{ t = substr($1, 12, 2) * 60 + substr($1, 15, 2) - '"$summer"'; n += t >= 570 && t < 960 } END { print n " of them regular" }' <m.csv
    [ $f = aapl/20140609 ] && sed -n 2p m.csv
done
oc-ingest --preset lean-equity-minute-quote "$E/minute/aapl/20140606_quote.zip" | sed 1d | wc -l
echo "-- ticks of IBM against its minutes"
oc-ingest --preset lean-equity-tick "$E/tick/ibm/20131007_trade.zip" >t.csv
series '{ n++; v += $c["size"] } END { print n " ticks, volume " v }' <t.csv
oc-bars --every 1m t.csv --keep symbol,interval,ts,open,high,low,close,volume >made.csv
awk -F, 'NR == FNR { if (FNR > 1) { p[$3] = $4 + 0 " " $5 + 0 " " $6 + 0 " " $7 + 0; v[$3] = $8 + 0 }; next }
    FNR > 1 { n++; there += $1 in v; vol += v[$1] == $8 + 0; ohlc += p[$1] == $4 + 0 " " $5 + 0 " " $6 + 0 " " $7 + 0 }
    END { print vol " of " n " minutes have the volume, " ohlc " the prices, " n - there " are not there" }' made.csv m.csv
echo "-- currencies, crypto, rates"
oc-ingest --preset lean-forex-minute "$DIR/forex/oanda/minute/eurusd/20140502_quote.zip" >x.csv
bars <x.csv
series '{ crossed += $c["ask_open"] < $c["open"] || $c["ask_high"] < $c["high"] || $c["ask_low"] < $c["low"] || $c["ask_close"] < $c["close"] } END { print crossed + 0 " with ask < bid" }' <x.csv
gaps 60 <x.csv | awk '{ n += $3 / 60 - 1 } END { print n " missing minutes" }'
oc-ingest --preset lean-crypto-minute "$DIR/crypto/coinbase/minute/btcusd/20180404_trade.zip" >c.csv
bars <c.csv
gaps 60 <c.csv
awk -F, 'NR > 1 { v += $8 } END { printf "volume %.15g\n", v }' c.csv
oc-ingest --preset lean-interest-rate "$DIR/alternative/interest-rate/usa/interest-rate.csv" | sed -n '1,2p;$p;$='
