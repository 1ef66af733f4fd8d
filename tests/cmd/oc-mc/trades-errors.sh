# What oc-mc trades refuses, and how it says so.
cp "$TOP/testdata/trades.csv" log.csv
log=log.csv
try() { echo "-- $*" >&2; oc-mc trades "$@" >out; echo "status $?" >&2; [ ! -s out ] || cat out; }
try "$log"
try --block 0.5 "$log"
try --method block --block 2.5 "$log"
try --method permutation --block 5 "$log"
try --method permutation --trades 161 "$log"
try --block 10 --initial-balance 50000 "$log"
oc-cat -x balance,stop "$log" >plain.csv
try --block 10 plain.csv
try --block 10 --initial-balance 50000 --rule max_risk=2% plain.csv
try --block 10 --initial-balance 100 plain.csv
try --block 10 --rule max_drawdwn=2% "$log"
try --block 10 --rule max_drawdown=200% "$log"
try --block 10 --rules nosuch "$log"
for rule in consistency=30% drawdown_from=trailing drawdown_at=eod risk_by=notional; do
    try --block 10 --rule max_days=30 --rule $rule "$log"
done
printf 'max_drawdown = 5%%\nmin_trades = many\n' >bad.rules
try --block 10 --rules ./bad.rules "$log"
try --block 10 --ruin 0 "$log"
oc-cat -x pnl "$log" >nopnl.csv
try --block 10 nopnl.csv
head -n 1 "$log" >empty.csv
try --block 10 empty.csv
sed 's/T003,\([^,]*\),/T003,,/' "$log" >hole.csv
try --block 10 hole.csv
try --block 10 --time 3 "$log"
try --block 10 --paths 0 "$log"
try --block 10 --trades 0 "$log"
try --block 10 --paths 0 --shard 1/2 -o part.arrows "$log"
try --block 10 --trades 9999999999 "$log"
printf 'ts,open_ts,pnl,balance\n1700-01-02T00:00Z,1700-01-01T00:00Z,1,100\n2250-01-01T00:00Z,1700-01-01T00:00Z,2,102\n' >long.csv
oc-mc trades --method bootstrap --paths 10 long.csv | grep observed,       # 550 years: more than 2^63 ns
exit 0
