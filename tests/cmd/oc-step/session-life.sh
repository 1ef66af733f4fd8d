# A session from new to completed and back: records, states, statuses.
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:1 --vol 20% \
    --chain-size 0 --strikes 50 >chain.csv
S=sqlite:s.db
state() { oc-step show $S#spx1 --keep state,step,ts | tail -n 1; }
oc-step new $S#spx1 --model geometric_brownian:volatility=0.2 --step 1d --steps 3 --seed 42 --ttl 2h --now 2026-01-01T00:00Z <chain.csv
oc-step peek $S#spx1 --keep run,step,ts,type,strike,spot
echo "status $? $(state)"
for i in 1 2 3 4; do
    oc-step next $S#spx1 --keep step,ts,type,spot | tail -n 1
    echo "status ${PIPESTATUS[0]} $(state)"
done
oc-step peek $S#spx1
echo "status $?"
echo "--- again what was last, at another step, and in other forms"
oc-step next $S#spx1 --expect-step 2 --keep step,spot -O jsonl
oc-step next $S#spx1 --expect-step 1
echo "status $?"
oc-step peek $S#spx1 --expect-step 2
echo "status $?"
oc-step export $S#spx1 --from-step 1 --keep step,type,spot -O tsv
oc-step reset $S#spx1 --keep session,state,step,steps,seed
oc-step next -n 2 $S#spx1 --keep step,spot -o two.csv --stats stats.json
cat two.csv
echo "--- another like it, and no such"
oc-step new $S#spx1 --model geometric_brownian:volatility=0.2 --step 1d --steps 3 <chain.csv
echo "status $?"
oc-step next $S#spx2
echo "status $?"
oc-step rm $S#spx1 && oc-step ls $S
oc-step rm $S#spx1
echo "status $?"
echo "--- gc: by what --ttl says, by age; --dry-run tells only"
for i in 1 2 3; do
    oc-step new $S#s$i --symbol X --ts 2026-11-20T21:00Z --spot 100 --rate 0 --dividend-yield 0 --schedule weekly:1 --chain-size 0 --strikes 50 \
        --model geometric_brownian:volatility=20% --vol 20% --step 1d --steps 3 $([ $i = 3 ] || echo --ttl ${i}h) --now 2026-01-01T00:00Z --keep session,ttl_s | tail -n 1
done
oc-step gc $S --now 2026-01-01T00:59:59Z --keep session
oc-step gc $S --now 2026-01-01T01:00Z --dry-run --keep session
oc-step gc $S --now 2026-01-01T01:00Z --keep session
oc-step next $S#s2 --now 2026-01-01T01:30Z >/dev/null
oc-step gc $S --now 2026-01-01T03:00Z --keep session,step
oc-step gc $S --older-than 3h --now 2026-01-01T04:00Z --keep session
oc-step ls $S --keep session,symbol,model
