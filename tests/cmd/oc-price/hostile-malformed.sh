# malformed rows cost as little as others: all of them in large blocks (2 s where each looked at all before it: a minute)
awk 'BEGIN { print "symbol,type,strike,bid,ts,expiry"; for (i = 0; i < 400000; i++) print "SPX,C,,1,,2024-03-15" }' >bad.csv
A="--spot 1 --rate 1% --dividend-yield 0 --iv --price-from bid --batch-rows 65536"
for how in "na" "skip --rejects r.csv"; do
    timeout 20 oc-price $A --on-error $how bad.csv | tail -n 1
    echo "status $?"
done
timeout 20 oc-price $A --on-error skip --rejects r.csv --where 'symbol == "SPX"' bad.csv | tail -n 1
wc -l <r.csv
