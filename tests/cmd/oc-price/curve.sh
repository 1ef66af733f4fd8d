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
printf 'curve,years,zero_rate\nUSD,1,0.04\nEUR,2,0.05\n' >two.csv
try oc-price c.csv --curve two.csv
oc-cat two.csv -w 'curve == USD' >one.csv
try oc-price c.csv --curve one.csv --keep years,price
printf 'ts,curve,years,zero_rate\n2026-01-02T00:00Z,USD,1,0.04\n2026-01-03T00:00Z,USD,2,0.05\n' >days.csv
try oc-price c.csv --curve days.csv
printf 'curve,date,zero_rate\nUSD,2027-01-01,0.04\n' >dates.csv
try oc-price c.csv --curve dates.csv
try oc-price c.csv --curve dates.csv --ts 2026-01-01T00:00Z --keep price
printf 'curve,years,par_rate\nUSD,1,0.04\n' >par.csv
try oc-price c.csv --curve par.csv
printf 'curve,years,par_rate,frequency\nUSD,1,0.04,4294967298\n' >par.csv
try oc-price c.csv --curve par.csv
printf 'curve,years,zero_rate\nUSD,1,0.04\nUSD,2,x\nUSD,y,0.04\n' >rows.csv
try oc-price c.csv --curve rows.csv
