# What oc-mc pnl refuses, and how it says so.
cat >market.csv <<'END'
ts,symbol,root,expiry,type,strike,spot,iv,rate,dividend_yield
2026-11-20T21:00:00Z,SPX,SPXW,2026-12-18,C,5000,5000,0.15,0.04,0.01
2026-11-20T21:00:00Z,SPX,SPXW,2026-12-18,P,5000,5000,,0.04,0.01
2026-11-20T21:00:00Z,XYZ,XYZ,2026-12-18,C,100,100,0.3,0.04,0
END
try() { echo "-- $*" >&2; oc-mc pnl --paths 1000 "$@" >out; echo "status $?" >&2; [ ! -s out ] || cat out; }
m="--model geometric_brownian:volatility=16%"
c="--leg 1:SPXW261218C05000000"
try $m --horizon 10d market.csv
try $m $c market.csv
try $c --horizon 10d market.csv
try $m $c --horizon 10 market.csv
try $m $c --horizon 10x market.csv
try $m $c --horizon 2026-11-19T00:00:00Z market.csv
try $m $c --horizon 2026-12-01 market.csv
try $m --horizon 10d --leg SPXW261218C05000000 market.csv
try $m --horizon 10d --leg 0:SPXW261218C05000000 market.csv
try $m --horizon 10d --leg 1:SPXW261218C05000000@x market.csv
try $m --horizon 10d --leg 1:SPXW261218C05050000 market.csv
try $m --horizon 10d --leg 1:SPX261218C05000000 market.csv
try $m --horizon 10d --leg 1:SPY market.csv
try $m --horizon 10d --leg 1:SPXW261218P05000000 market.csv
try $m --horizon 10d --leg 1:XYZ261218C00100000 market.csv
try $m --horizon 10d --leg 1:XYZ261218C00100000 --multiplier 100 market.csv
try $m --horizon 10d --leg 1:XYZ261218C00100000 --multiplier 100 --as-european --rate 5 market.csv
try $m --horizon 10d $c --leg 1:XYZ market.csv
try --model geometric_brownian:volatility=-1 $c --horizon 10d market.csv
try $m@SPY $c --horizon 10d market.csv
try $m $c --horizon 10d --levels 0.5,1 market.csv
try $m $c --horizon 10d --paths 1001 --antithetic market.csv
try $m $c --horizon 10d --paths 1G market.csv
try $m $c --horizon 10d --confidence 2 market.csv
sed 's/21:00:00Z,SPX,SPXW,2026-12-18,P/21:00:01Z,SPX,SPXW,2026-12-18,P/' market.csv >two.csv
try $m $c --horizon 10d two.csv
sed 's/P,5000,5000/P,5000,5001/' market.csv >spots.csv
try $m $c --horizon 10d spots.csv
cat market.csv <(sed -n 2p market.csv) >twice.csv
try $m $c --horizon 10d twice.csv
# a smile with two volatilities of one option has no order; stuck to strikes nothing asks for it
cat market.csv <(sed -n '2{s/C,5000,5000,0.15/C,5100,5000,0.14/p;s/0.14/0.13/p}' market.csv) >smile.csv
try $m $c --horizon 10d --stick delta smile.csv
try $m $c --horizon 10d --stick strike --keep stat,value --where 'stat == "value"' smile.csv
# two drifts of one expiry: the walk has none to take, unless the model has its own
sed 's/P,5000,5000,,0.04/P,5000,5000,,0.05/' market.csv >drifts.csv
try $m $c --horizon 10d drifts.csv
try $m,drift=3% $c --horizon 10d --keep stat,value --where 'stat == "value"' drifts.csv
try --model geometric_brownian:volatility=16%,drift=30000 --leg 1:SPX --horizon 10d market.csv
try --model geometric_brownian:volatility=16%,drift=30000 --leg -1:SPX --leg 1:SPX --horizon 10d market.csv
try --model geometric_brownian:volatility=16%,drift=15000 --leg 1:SPX --horizon 10d market.csv
printf 'quantity,type,strike\n1,C,5000\n' >legs.csv
try $m --legs legs.csv --horizon 10d market.csv
printf 'quantity,type,strike,expiry\n1,X,5000,2026-12-18\n' >legs.csv
try $m --legs legs.csv --horizon 10d market.csv
printf 'quantity,contract_symbol,strike\n1,SPXW261218C05000000,5100\n' >legs.csv
try $m --legs legs.csv --horizon 10d market.csv
printf 'quantity,contract_symbol\n,SPXW261218C05000000\n' >legs.csv
try $m --legs legs.csv --horizon 10d market.csv
try --model garch:alpha=0.05,beta=0.9,volatility=16% $c --horizon 10d market.csv
try $m $c --horizon 10d --paths 0 market.csv
exit 0
