# set: absent keeps, a value sets, --unset clears; what was served stays what it was, and is exported as it was.
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:1 --vol 20% \
    --chain-size 0 --strikes 50 | oc-cat --drop rate >chain.csv
S=sqlite:s.db
model='heston:kappa=2,theta=0.04,xi=0.5,rho=-0.7,volatility=0.2'
oc-step new $S#a --model $model --rate 4% --step 1d --steps 6 --seed 7 <chain.csv --keep session,state,spec
oc-step next -n 2 $S#a >served.csv
oc-step set $S#a rate=5% spread=1 --keep state,step,spec
oc-step next -n 2 $S#a | tail -n +2 >>served.csv
oc-step set $S#a model=${model/xi=0.5/xi=0.9} --unset spread --keep state,step,spec
oc-step set $S#a steps=5 --keep state,steps,spec | tail -n 1
oc-step next -n 9 $S#a | tail -n +2 >>served.csv
cmp served.csv <(oc-step export $S#a) && echo "export is what was served"
cut -d, -f1,3,14,17,18 served.csv | awk -F, '!s[$2]++'
oc-step set $S#a steps=7 --keep state,steps | tail -n 1
oc-step next $S#a --keep run,step | tail -n 1
echo "--- the same options from the beginning; set before the first step is as if it had begun so"
oc-step reset $S#a --keep state,step,spec | tail -n 1
cp s.db t.db
oc-step set $S#a rate=4.5% --keep state,step,spec | tail -n 1
oc-step new $S#b --model ${model/xi=0.5/xi=0.9} --rate 4.5% --step 1d --steps 7 --seed 7 chain.csv >/dev/null
cmp <(oc-step next -n 7 $S#a) <(oc-step next -n 7 $S#b) && echo "the same"
echo "--- refused, and nothing changed"
oc-step next -n 3 sqlite:t.db#a >/dev/null
before=$(cksum <t.db)
for what in rate rate= rate=x nope=1 spot=4000 schedule=daily:1 steps=2 model=geometric_brownian:volatility=0.2 \
    model=${model/rho=-0.7/rho=-2} output=x --unset=nope '--unset=rate rate=3%' params=nosuch.csv greeks=all; do
    oc-step set sqlite:t.db#a $what
    echo "status $?"
done
[ "$before" = "$(cksum <t.db)" ] && echo "the file is as it was"
oc-step next -n 9 sqlite:t.db#a >/dev/null
oc-step set sqlite:t.db#a rate=1%
echo "status $?"
echo "--- what the chain says itself is not set in vain"
oc-step set $S#a --keep session dividend-yield=2%
echo "status $?"
