# Terms of a contract: OCC symbols fill and must agree; settlement at the opening or the close; styles; expiry; products.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
O="--rate 4% --dividend-yield 1% --spot 5000 --model auto:volatility=15%"
{
    echo ts,symbol,contract_symbol,style
    echo 2024-06-20T20:00:00Z,SPX,SPX240621C05000000,
    echo 2024-06-20T20:00:00Z,SPX,SPXW240621C05000000,
    echo 2024-06-21T15:00:00Z,SPX,SPX240621C05000000,
    echo 2024-06-21T15:00:00Z,SPX,SPXW240621C05000000,
    echo 2024-06-20T20:00:00Z,AAPL,AAPL240621C00200000,
    echo 2024-06-20T20:00:00Z,AAPL,AAPL240621C00200000,E
} >osi.csv
try oc-price $O osi.csv --kind contract
printf 'ts,symbol,contract_symbol,strike\n2024-06-20T20:00:00Z,SPX,SPX240621C05000000,5001\n' >bad.csv
try oc-price $O bad.csv --kind contract
{
    echo ts,expiry,settle,calendar,type,strike
    echo 2024-11-29T17:30:00Z,2024-11-29,PM,XNYS,C,5000     # a half day: over at 18:00Z
    echo 2024-11-29T18:30:00Z,2024-11-29,PM,XNYS,C,5000
    echo 2024-11-29T18:30:00Z,2024-11-29,16:00,XNYS,C,5000
    echo 2024-03-28T18:00:00Z,2024-03-29,PM,XNYS,C,5000     # Good Friday: Thursday's close
    echo 2024-11-29T18:30:00Z,2024-11-30,XM,XNYS,C,5000
} | sed 's/ *#.*//' >settle.csv
try oc-price $O settle.csv --kind contract --on-error na
printf 'type,strike,expiry\nC,5000,2024-12-20\n' >nots.csv
try oc-price $O nots.csv
try oc-price $O nots.csv --ts 2024-11-20T21:00Z
try oc-price $O nots.csv --ts 2024-11-20T21:00Z --calendar XNYS
try oc-price $O nots.csv --ts 2024-11-20T21:00Z --calendar XNYS --day-count act/360
printf 'type,strike,years,product,model,iv\nC,5000,1,european,,0.2\nC,5000,1,asian,,0.2\nC,5000,1,,bachelier,700\nC,5000,1,,heston,0.2\n' >product.csv
try oc-price --rate 4% --dividend-yield 1% --spot 5000 product.csv
# a contract's name is no symbol; coin prices are told by a column of quotes; what is over is over, without a price too
printf 'symbol,type,strike,years,iv\nSPX,C,5000,1,0.2\nSPXW  260116C05000000,C,5000,1,0.2\n' >symbol.csv
try oc-price --rate 4% --dividend-yield 1% --spot 5000 symbol.csv
try oc-price --rate 4% --dividend-yield 1% --spot 5000 symbol.csv --on-error na
printf 'type,strike,spot,years,iv,inverse\nC,100,200,1,0.2,true\nC,100,200,1,0.2,false\nC,100,200,1,0.2,\nC,100,200,1,0.2,yes\n' >coin.csv
try oc-price --rate 4% --dividend-yield 1% coin.csv
try oc-price --rate 4% --dividend-yield 1% coin.csv --kind quote --greeks delta
printf 'type,strike,forward,years,iv,inverse\nC,100,200,1,0.2,true\nC,100,200,1,0.2,false\n' >coin.csv
try oc-price --rate 4% coin.csv --kind quote --on-error na
printf 'type,strike,spot,years,iv,bid,ask\nC,100,200,0,,,\nC,100,200,-1,,0,1\nC,100,200,1,0.2,0,1\n' >over.csv
try oc-price --rate 4% --dividend-yield 1% over.csv
try oc-price --rate 4% --dividend-yield 1% over.csv --iv --price-from bid --suffix _b
# calendars: a cell that names none is malformed like any other, an option is wrong usage; which one it was is recorded
{
    echo ts,expiry,calendar,type,strike
    for id in XNYS NONE XCBO; do echo 2026-01-02T15:00:00Z,2026-01-16,$id,C,5000; done
} >ids.csv
try oc-price $O ids.csv
try oc-price $O ids.csv --on-error na
try oc-price $O ids.csv --calendar NONE
oc-price $O ids.csv --calendar XNYS --tz UTC -w 'calendar != NONE' -k price -O arrow | grep -ao 'calendar=[^] ]*\]'
# a product beside quotes is not priced as European either
printf 'ts,symbol,type,style,strike,years,forward,rate,bid,ask,iv,product\n2024-01-02T21:00Z,X,C,E,100,1,100,0.02,5,6,0.2,\n2024-01-02T21:00Z,X,C,E,100,1,100,0.02,5,6,0.2,asian\n' >quotes.csv
try oc-price quotes.csv --keep product,price,status
oc-cat quotes.csv -O arrow | oc-price --keep product,price,status -O csv
