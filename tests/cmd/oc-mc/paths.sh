# The walks themselves: columns by model, slices and shards of the whole, threads, files, what is missing.
cat >two.csv <<'EOF'
model,symbol,symbol2,name,value,role
merton,SPX,,volatility,0.2,
merton,SPX,,intensity,40,
merton,SPX,,jump_mean,0,
merton,SPX,,jump_volatility,0.05,
regime,NDX,,volatility1,0.1,
regime,NDX,,volatility2,0.5,
regime,NDX,,q12,20,
regime,NDX,,q21,30,
merton,SPX,NDX,corr,0.6,
merton,SPX,,spot,5000,market
merton,NDX,,spot,18000,market
merton,,,rate,0.04,market
merton,,,dividend_yield,0.01,market
EOF
oc-mc paths --params two.csv --paths 2 --steps 3 --dt 0.02
market='--spot 100 --rate 4% --dividend-yield 1%'
heston='--model heston:v0=4%,kappa=2,theta=0.04,xi=0.3,rho=-0.7@SPX'
oc-mc paths $heston $market --paths 2 --steps 2 --dt 1d --ts 2026-01-02T21:00Z --antithetic
oc-mc paths $heston $market --paths 2 --steps 2 --dt 0.004 --ts 2026-01-02T21:00Z --path-range 1..2

echo "-- parts of the whole"
run() { oc-mc paths $heston $market --paths 9000 --steps 7 --dt 1d "$@"; }
run >whole.csv
run -j 2 | cmp whole.csv - && echo "two threads: same"
run --path-range 300..4801 --step-range 2..5 >part.csv
awk -F, 'NR == 1 || ($2 >= 300 && $2 < 4801 && $3 >= 2 && $3 < 5)' whole.csv | cmp part.csv - && echo "a slice: same"
for i in 1 2 3; do run --shard $i/3 -o s$i.arrows; done
oc-mc merge s2.arrows s3.arrows s1.arrows | cmp whole.csv - && echo "three shards: same"
run -O arrow | oc-cat -O csv - | cmp whole.csv - && echo "by Arrow: same"
oc-mc paths --model rough_bergomi:hurst=0.1,eta=1.9,rho=-0.9,xi=0.04@X $market --paths 600 --steps 30 --dt 1/250 >rough.csv
OC_ISA=base oc-mc paths --model rough_bergomi:hurst=0.1,eta=1.9,rho=-0.9,xi=0.04@X $market --paths 600 --steps 30 --dt 1/250 |
    cmp rough.csv - && echo "another instruction set: same"

echo "-- the id of the run: of what decides a row, of nothing else"
id() { oc-mc paths "$@" 2>/dev/null | awk -F, 'NR == 2 { print $1 }'; }
few="$market --paths 3 --steps 2 --dt 1d"
want=$(id $heston $few)
[ "$want" = "$(awk -F, 'NR > 1 { print $1 }' whole.csv | sort -u)" ] && echo "more paths and steps: the same"
[ "$want" = "$(id $heston $few --spot 1e2 --path-range 1..2)" ] && echo "another spelling, a slice: the same"
for other in "--seed 2" "--spot 101" "--rate 5%" "--dt 2d" --antithetic "--ts 2026-01-02T21:00Z" "--ts 2026-01-03T21:00Z"; do
    id $heston $few $other
done | sort -u | grep -cvx "$want"
id --model heston:v0=4%,kappa=2,theta=0.04,xi=0.3,rho=-0.6@SPX $few | grep -cvx "$want"
id --model heston:v0=4%,kappa=2,theta=0.04,xi=0.3,rho=-0.7@NDX $few | grep -cvx "$want"
oc-mc paths --params two.csv --paths 2 --steps 3 --dt 0.02 | cut -d, -f1-4 | sort | uniq -d | wc -l

echo "-- prices of a file"
printf 'date,close\n2026-01-02,100\n2026-01-05,101.3\n2026-01-06,99.7\n2026-01-07,99.9\n' >spx.csv
oc-mc paths --model historical:file=spx.csv,timeframe=day@SPX --paths 1 --steps 3
oc-mc paths --model bootstrap:file=spx.csv,timeframe=day,block=2@SPX --paths 2 --steps 2
echo '{"symbol":"CL","initial_price":70,"risk_free_rate":0.04,"dividend_yield":0,"method":{"GeometricBrownian":{"dt":0.004,"drift":0.05,"volatility":0.3}}}' >request.json
oc-mc paths --params request.json --paths 1 --steps 2

echo "-- refused"
try() { echo "-- $*" >&2; oc-mc paths "$@"; echo "status $?" >&2; }
try --model gbm:volatility=0.2@X --spot 100 --rate 0 --paths 1 --steps 1 --dt 1d
try --model gbm:volatility=0.2@X --rate 0 --dividend-yield 0 --paths 1 --steps 1 --dt 1d
try --model gbm:volatility=0.2@X $market --paths 1 --steps 1
try --model gbm:volatility=0.2@X $market --paths 1 --dt 1d
try --model gbm:volatility=0.2@X $market --steps 1 --dt 1d
try --model gbm:volatility=0.2 $market --paths 1 --steps 1 --dt 1d
try --model gbm:volatility=0.2,dt=0.004@X $market --paths 1 --steps 1 --dt 1d
try --model gbm:volatility=0.2@X $market --paths 10 --steps 1 --dt 1d --path-range 5..11
try --model gbm:volatility=0.2@X $market --paths 10 --steps 1 --dt 1d --step-range 2..1
try --model historical:file=spx.csv@SPX --paths 1 --steps 4
try --model historical:file=spx.csv@SPX --paths 1 --steps 3 --dt 7d
try --model sabr:alpha=0.2,beta=1,nu=1,rho=0.5@X $market --paths 1 --steps 3 --dt 1d
try --model gbm:volatility=0.2@A --model gbm:volatility=0.2@B --corr A,B=1.5 --paths 1 --steps 1
exit 0
