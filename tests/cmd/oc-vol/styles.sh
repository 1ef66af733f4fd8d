# American quotes are refused, or used near the money and marked; expired series, series of minutes, coin.
oc-chain --symbol SPY --spot 500 --schedule monthly:1 --strikes 5 --chain-size 10 --vol 20% --rate 3% --dividend-yield 1% \
    --ts 2024-06-03T14:30Z --keep ts,symbol,expiry,type,strike,bid,ask | awk -F, -v OFS=, 'NR == 1 { print $0, "style"; next }
    { print $0, "A" }' >a.csv
oc-vol forward a.csv | head -n 2
oc-vol forward --strict a.csv >/dev/null; echo "status $?"
oc-vol forward --american use a.csv; echo "status $?"
oc-vol forward --american use --rate 3% a.csv --float sig:6 | head -n 2
oc-vol forward --american use --rate 3% a.csv --float sig:6 --table --keep date,forward,discount,zero_rate,pairs,status
echo -- time
sed 's/,A$/,E/' a.csv | grep -v ^ts, | sed 's/^[^,]*,//; s/^/2024-06-21T20:00:00Z,/; 1s/^/ts,symbol,expiry,type,strike,bid,ask,style\n/' >late.csv
oc-vol forward late.csv --float sig:6 --table --keep ts,years,forward,status
sed 's/T20:00/T19:59/' late.csv | oc-vol forward --float sig:6 --table --keep ts,years,forward,zero_rate,pairs,status
echo -- coin
awk 'BEGIN { print "ts,symbol,contract_symbol,bid,ask,spot,inverse,calendar"
    for (K = 40000; K <= 80000; K += 5000) { y = 1 - K / 61000; p = 0.02 + (K > 61000 ? -y : 0); c = p + y
        printf "2024-04-01T08:00:00Z,BTC,BTC-28JUN24-%d-C,%.17g,%.17g,60000,true,CRYPTO_24_7\n", K, c, c
        printf "2024-04-01T08:00:00Z,BTC,BTC-28JUN24-%d-P,%.17g,%.17g,60000,true,CRYPTO_24_7\n", K, p, p } }' >coin.csv
oc-vol forward coin.csv --float sig:10 --table --keep date,settle,years,forward,discount,zero_rate,pairs,status
sed '1s/spot/note/' coin.csv | oc-vol forward --float sig:10 --table --keep forward,discount,zero_rate,status
oc-vol forward --float sig:10 coin.csv | oc-price --kind quote --iv --float sig:6 --keep contract_symbol,forward,iv,status | head -n 3
