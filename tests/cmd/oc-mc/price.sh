# every product in one file, priced; the same with Sobol points; what has no answer says so
cat >c.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,barrier,barrier2,barrier_type,monitoring,rebate,pay_at,average,fixings,fixings_done,average_so_far,assets,corr,moneyness,start_years,cash,exercise_dates,spot2,iv2,dividend_yield2,quantity1,quantity2,weights
european,,C,100,0.5,100,0.05,0.02,0.3,,,,,,,,,,,,,,,,,,,,,,
otm,european,C,160,0.5,100,0.05,0.02,0.2,,,,,,,,,,,,,,,,,,,,,,
digital,digital_cash,P,100,0.5,100,0.05,0.02,0.3,,,,,,,,,,,,,,,10,,,,,,,
asset,digital_asset,C,100,0.5,100,0.05,0.02,0.3,,,,,,,,,,,,,,,,,,,,,,
continuous,barrier,C,90,0.5,100,0.08,0.04,0.25,95,,do,,3,hit,,,,,,,,,,,,,,,,
discrete,barrier,C,100,0.2,100,0.1,0,0.3,90,,do,50,,,,,,,,,,,,,,,,,,
two,double_barrier,C,100,0.25,100,0.05,0,0.2,85,120,ko,,,,,,,,,,,,,,,,,,,
asian,asian,P,87,1,90,0.025,0.06,0.13,,,,,,,A,52,,,,,,,,,,,,,,
seasoned,asian,C,100,0.5,102,0.03,0,0.2,,,,,,,A,12,6,99,,,,,,,,,,,,
geometric,asian,C,100,1,100,0.03,0,0.2,,,,,,,G,12,,,,,,,,,,,,,,
lookback,lookback_float,C,,0.2,100,0.05,0,0.3,,,,,,,,,,,,,,,,,,,,,,
maximum,lookback_fixed,C,105,0.2,100,0.05,0,0.3,,,,12,,,,,,,,,,,,,,,,,,
start,forward_start,C,,1,60,0.08,0.04,0.3,,,,,,,,,,,,,1.1,0.25,,,,,,,,
cliquet,cliquet,C,,1,100,0.05,0,0.2,,,,,,,,12,,,,,1,,,,,,,,,
basket,basket,C,100,5,100,0,0,0.4,,,,,,,,,,,4,0.5,,,,,,,,,,
best,rainbow_max,C,100,1,100,0.05,0,0.2,,,,,,,,,,,2,0.3,,,,,,,,,,
exchange,exchange,,,1,100,0.05,0,0.2,,,,,,,,,,,,0.5,,,,,95,0.3,0.01,1,1,
spread,spread,C,5,1,100,0.05,0,0.2,,,,,,,,,,,,0.5,,,,,95,0.3,0.01,1,1,
american,american,P,100,1,100,0.05,0,0.2,,,,,,,,,,,,,,,,,,,,,,
bermudan,bermudan,P,100,1,100,0.05,0,0.2,,,,,,,,,,,,,,,,10,,,,,,
chooser,chooser,C,100,1,100,0.05,0,0.2,,,,,,,,,,,,,,,,,,,,,,
over,european,C,100,-1,100,0.05,0,0.2,,,,,,,,,,,,,,,,,,,,,,
CSV
oc-mc price --paths 16384 c.csv --keep contract_id,price,stderr,paths,status --float sig:6
oc-mc price --paths 16384 --numbers sobol c.csv --keep contract_id,price,stderr,ci_low,ci_high,status --float sig:6
# the same bytes from two threads, and from shards
oc-mc price --paths 16384 --greeks first c.csv >whole.csv
oc-mc price --paths 16384 --greeks first -j2 c.csv | cmp - whole.csv && echo "two threads: the same"
for i in 1 2 3; do oc-mc price --paths 16384 --greeks first --shard $i/3 -o "$i.arrows" c.csv; done
oc-mc merge 3.arrows 1.arrows 2.arrows | cmp - whole.csv && echo "three shards: the same"
