# Walks of other kinds, volatilities that stick to deltas, pairs, two underlyings that move together.
oc-ingest --preset cboe-quotedata "$TOP/testdata/spx_synthetic.csv" | oc-price --iv --rate 3.9% --dividend-yield 1.3% >market.csv 2>/dev/null
run() { oc-mc pnl --leg -1:SPXW261218P04900000 --rate 3.9% --dividend-yield 1.3% --horizon 10d --paths 10000 --levels 0.05,0.95 --float sig:7 "$@" market.csv |
    oc-cat --table -k stat,source,leg_id,level,value,stderr; }
echo "-- variance of its own, by delta"
run --stick delta --model heston:v0=0.0256,kappa=2,theta=0.03,xi=0.5,rho=-0.7
echo "-- the same in pairs"
run --stick delta --antithetic --model heston:v0=0.0256,kappa=2,theta=0.03,xi=0.5,rho=-0.7
echo "-- jumps: touches are seen daily"
run --model merton:volatility=14%,intensity=1,jump_mean=-5%,jump_volatility=5%
echo "-- by periods"
run --dt 1d --model garch:alpha=0.05,beta=0.9,volatility=16%
echo "-- two underlyings, nearly one"
cat >two.csv <<'END'
ts,symbol,root,expiry,type,strike,spot,iv,rate,dividend_yield,style,multiplier
2026-11-20T21:00:00Z,AAA,AAA,2026-12-18,C,100,100,0.2,0.03,0,E,100
2026-11-20T21:00:00Z,BBB,BBB,2026-12-18,C,50,50,0.2,0.03,0,E,200
END
oc-mc pnl --kind quote --float fixed:2 --calendar XNYS --leg 1:AAA261218C00100000 --leg -1:BBB261218C00050000 --horizon 14d --paths 10000 --levels 0.5,0.99 \
    --model geometric_brownian:volatility=20%@AAA --model geometric_brownian:volatility=20%@BBB --corr AAA,BBB=0.999999 two.csv |
    oc-cat --table -k stat,level,value --where 'stat != "prob_touch" && leg_id == null'
