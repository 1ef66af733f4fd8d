# what is refused, and how it is told
cat >c.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,barrier,barrier_type,rebate,pay_at,average,fixings
a,european,C,100,1,100,0.05,0,0.2,,,,,,
CSV
try() { oc-mc price "$@"; echo "status $?"; }
try c.csv
try --paths 1000 --time 1 c.csv
try --paths 1000 --variance antithetic,none c.csv
try --paths 1000 --greeks speed c.csv
try --paths 1 c.csv
try --paths 1001 --variance antithetic c.csv
try --paths 4096 --numbers sobol --replicates 12 c.csv
try --paths 4096 --numbers sobol --variance antithetic c.csv
try --paths 5000 --variance moments c.csv
try --paths 4096 --model gbm:volatility=0.2,drift=0.1 c.csv
try --paths 4096 --model brownian:volatility=0.2 c.csv
try --paths 4096 --max-dt never c.csv
try --paths 4096 --confidence 1 c.csv
# rows that lack something are malformed, each by itself
cat >d.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,barrier,barrier_type,rebate,pay_at,average,fixings
strike,european,C,,1,100,0.05,0,0.2,,,,,,
iv,european,C,100,1,100,0.05,0,,,,,,,
type,european,,100,1,100,0.05,0,0.2,,,,,,
barrier,barrier,C,100,1,100,0.05,0,0.2,,,,,,
level,barrier,C,100,1,100,0.05,0,0.2,,do,,,,
when,barrier,C,100,1,100,0.05,0,0.2,90,do,3,,,
average,asian,C,100,1,100,0.05,0,0.2,,,,,,
fixings,asian,C,100,1,100,0.05,0,0.2,,,,,A,
good,european,C,100,1,100,0.05,0,0.2,,,,,,
CSV
try --paths 4096 d.csv --on-error na --keep contract_id,price,status --float sig:5
try --paths 4096 d.csv --keep contract_id,price,status
# jumps are not watched between two times
cat >e.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,barrier,barrier_type,monitoring
continuous,barrier,C,100,1,100,0.05,0,0.2,90,do,
discrete,barrier,C,100,1,100,0.05,0,0.2,90,do,12
CSV
try --paths 4096 --model merton:volatility=0.2,intensity=1,jump_mean=-0.05,jump_volatility=0.1 e.csv --keep contract_id,price,status --float sig:5
