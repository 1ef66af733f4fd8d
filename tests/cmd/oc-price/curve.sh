# Rates from curve records: zero rates, discount factors, tenors; linear in log discount between them.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
printf 'type,strike,forward,years,iv\nC,100,100,0.5,0.2\nC,100,100,1,0.2\nC,100,100,1.5,0.2\nC,100,100,5,0.2\n' >c.csv
printf 'curve,years,zero_rate\nUSD,1,0.04\nUSD,2,0.05\n' >zero.csv
printf 'curve,tenor,discount\nUSD,1Y,0.96078943915232320\nUSD,2Y,0.90483741803595957\n' >discount.csv
printf 'curve,tenor,par_rate,frequency\nUSD,1Y,0.04,2\nUSD,2Y,0.05,2\n' >par.csv
try oc-price c.csv --curve zero.csv
oc-price c.csv --curve discount.csv >d.csv
oc-price c.csv --curve zero.csv | oc-cat diff --tolerance rel:1e-15 - d.csv && echo "discounts agree"
try oc-price c.csv --curve par.csv --keep price
try oc-price c.csv --curve zero.csv --rate 3%
try oc-price c.csv --curve c.csv
printf 'curve,years,zero_rate\nUSD,1,0.04\nUSD,1,0.05\n' >twice.csv
try oc-price c.csv --curve twice.csv
