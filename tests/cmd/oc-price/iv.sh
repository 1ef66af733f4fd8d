# Implied volatility: sides, reasons, units, and back to the price.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
{
    echo ts,symbol,type,style,strike,years,forward,rate,bid,ask,last
    echo 2024-01-02T21:00Z,X,C,E,100,0.5,100,0.02,5.4,5.8,5.637197779701664
    echo 2024-01-02T21:00Z,X,C,E,100,0.5,100,0.02,0,0.05,
    echo 2024-01-02T21:00Z,X,P,E,120,0.5,100,0.02,19,19.5,25
    echo 2024-01-02T21:00Z,X,C,E,120,0.5,100,0.02,101,102,
} >q.csv
try oc-price --iv q.csv --keep iv,status
try oc-price --iv q.csv --price-from bid --iv-sides bid,mid,ask,last --keep iv,iv_bid,iv_mid,iv_ask,iv_last,status
try oc-price --iv q.csv --price-from last --greeks first --greek-units market --keep iv,delta,gamma,vega_pct,theta_day,rho_pct,phi_pct,status
try oc-price --iv q.csv --strict --keep iv
try oc-price --iv q.csv --price-from mark
# price -> volatility -> price, near the money, where the price tells the volatility to 1e-12
awk 'BEGIN { print "contract_id,type,strike,spot,years,iv"
    for (i = 0; i < 500; i++) printf "%d,%s,%d,100,%.3f,%.4f\n", i, i % 2 ? "C" : "P", 90 + i % 20, 0.25 + i / 250, 0.1 + i / 1000 }' |
    oc-price --rate 3% --dividend-yield 1% >p.csv
oc-price --rate 3% --dividend-yield 1% --iv --price-from price --suffix _back p.csv |
    awk -F, 'NR > 1 && $9 != "" { n++; d = $6 - $9; if (d < 0) d = -d; if (d > w) w = d } END { print n, (w < 1e-12 ? "back" : w) }'
# a reason is about the first cell that it leaves empty: without volatility at the money there is a price, and no Greeks
printf 'type,strike,spot,years,iv\nC,100,100,1,0\nC,100,100,1,-1\nC,100,100,1,0.2\nC,1e9,100,1,0.01\n' >limit.csv
try oc-price --rate 0 --dividend-yield 0 limit.csv
try oc-price --rate 0 --dividend-yield 0 limit.csv --greeks delta,elasticity
printf 'type,strike,spot,years,last\nC,100,100,1,0\nC,100,100,1,101\nC,100,100,1,8\n' >limit.csv
try oc-price --rate 0 --dividend-yield 0 limit.csv --iv --price-from last
try oc-price --rate 0 --dividend-yield 0 limit.csv --iv --price-from last --greeks vega
