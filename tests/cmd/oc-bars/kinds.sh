# Each kind by hand: prices 10.00 +0.10 +0.10 -0.10 -0.20 +0.40 ..., one tick a second.
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,10,100 2026-11-20T14:30:01Z,A,10.1,200 2026-11-20T14:30:02Z,A,10.2,50 \
    2026-11-20T14:30:03Z,A,10.1,150 2026-11-20T14:30:04Z,A,9.9,300 2026-11-20T14:30:05Z,A,10.3,10 2026-11-20T14:30:05Z,A,10.3,0 \
    2026-11-20T14:30:07.5Z,A,10.2,90 >t.csv
bars() { oc-bars "$@" --keep ts,end_ts,open,high,low,close,volume,vwap,dollar_volume,trades,buy_volume,sell_volume,complete t.csv; }
for kind in "every 5s" "tick 3" "volume 300" "dollar 3000" "range 0.3" "renko 0.1" "renko 0.2" "tick-imbalance 2" "volume-imbalance 250"; do
    echo "## --$kind"
    # shellcheck disable=SC2086
    bars --${kind% *} ${kind#* }
done
echo "## expected imbalance: the first bar has 3 ticks, theta 2 of them, so E[T] 3, E[b] 2/3 and the limit is 2"
oc-bars --tick-imbalance ewma:3 --keep interval,ts,trades,buy_volume,sell_volume,complete t.csv
echo "## several at once: by the record that closes them, then their end, then the order asked for"
oc-bars --every 2s,1s --tick 2 --keep interval,ts,end_ts,trades,complete t.csv
echo "## --no-partial"
oc-bars --every 5s --no-partial --keep ts,trades,complete t.csv
echo "## who began a trade: the quote, at its middle the last change; side where it is said"
printf '%s\n' ts,symbol,price,size,bid,ask,side 2026-11-20T14:30:00Z,A,10.00,1,9.99,10.01, 2026-11-20T14:30:01Z,A,10.01,2,9.99,10.01, \
    2026-11-20T14:30:02Z,A,10.00,4,9.99,10.01, 2026-11-20T14:30:03Z,A,9.99,8,9.99,10.01, 2026-11-20T14:30:04Z,A,10,16,0,10.01, \
    2026-11-20T14:30:05Z,A,10,32,10.2,10.1, 2026-11-20T14:30:06Z,A,10,64,9,11,S >q.csv
for how in auto side lee-ready tick; do
    oc-bars --tick 7 --classify $how --keep buy_volume,sell_volume,spread,volume q.csv | sed "s/^/$how /"
done
echo "## quotes by their middle, which has a decimal more"
printf '%s\n' ts,symbol,bid,ask 2026-11-20T14:30:00Z,EURUSD,1.14273,1.14277 2026-11-20T14:30:01Z,EURUSD,1.14273,1.14278 2026-11-20T14:30:02Z,EURUSD,1.1427,1.14276 >fx.csv
for of in mid bid ask; do
    oc-bars --tick 3 --price $of fx.csv | tail -n 1
done

echo "## ewma: 100 ticks, all bought, so E[b] is 1 and E[T] the limit; it is held from below and from above"
awk 'BEGIN { print "ts,symbol,price,size,side"; for (i = 0; i < 100; i++) printf "2026-11-20T14:%02d:%02dZ,A,10,3,B\n", i / 60, i % 60 }' >e.csv
for kind in ewma:4 ewma:4:8:20 ewma:50 ewma:50:1:20; do
    oc-bars --tick-imbalance $kind --volume-imbalance $kind --keep interval,trades e.csv | awk -F, 'NR > 1 { n[$1] = n[$1] " " $2 } END { for (k in n) print k n[k] }' | sort
done
echo "## sides that turn with every bar: E[b] goes to 0 and every tick is a bar"
awk 'NR > 1 { sub(/B$/, NR % 2 ? "B" : "S") } 1' e.csv | oc-bars --tick-imbalance ewma:3 --keep interval,trades | awk -F, 'NR > 1 { printf " %d", $2 } END { print "" }'
for kind in ewma: ewma:10:4 ewma:10:5:4 ewma:10:0:4 ewma:10:4:8:9 ewma:10:4:; do
    oc-bars --tick-imbalance $kind e.csv
done
