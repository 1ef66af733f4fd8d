# market quotes walk: AM and PM expiries of one date, their own volatilities, the strikes that were listed
oc-ingest --preset cboe-quotedata "$TOP/testdata/spx_synthetic.csv" -O arrow | oc-price --iv --rate 3.9% --dividend-yield 1.3% -O arrow >in.arrows
oc-step --model heston:v0=0.02,kappa=3,theta=0.03,xi=0.6,rho=-0.7 --rate 3.9% --dividend-yield 1.3% --step 1d --steps 3 --seed 7 \
    --clock sessions --spread proportional=0.01 --ticks '0.05<3,0.10' in.arrows >out.arrows
oc-cat out.arrows --where 'step == 0' --keep strike -O csv | wc -l
oc-cat in.arrows --where 'status == "ok" && strike >= 4950 && strike <= 5050 && expiry == 2026-12-18' --keep root,type,strike,bid,ask,iv -O csv
oc-cat out.arrows --where 'strike >= 4950 && strike <= 5050 && expiry == 2026-12-18' --keep step,root,type,strike,spot,bid,ask,iv -O csv --float sig:6
oc-cat out.arrows --keep step,root,expiry -O csv | uniq -c
