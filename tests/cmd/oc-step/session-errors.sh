# Wrong words on the command line of sessions; stores that are none; a walk that cannot go on.
S=sqlite:s.db
chain='--symbol X --ts 2026-11-20T21:00Z --spot 100 --rate 0 --dividend-yield 0 --schedule 2026-12-18 --vol 20% --chain-size 0 --strikes 50'
walk='--model geometric_brownian:volatility=0.2 --step 1d --steps 9'
try() { oc-step "$@" </dev/null; echo "status $?"; }
try new
try new $S $chain $walk
try new "$S#a b" $chain $walk
try new redis://x#a $chain $walk
try new $S#a $walk
try new $S#a $chain
try new $S#a $chain $walk --paths 2
try new $S#a $chain $walk --ttl 2
try new $S#a $chain $walk --ttl -1h
try new $S#a $chain $walk --now noon
try new $S#a $chain $walk --now ''
try new $S#a $chain $walk --start ''
try new $S#a $chain $walk --expect-step 1
try new $S#a $chain $walk chain.csv
try new $S#a $chain $walk --params -
try next $S
try next $S#a
ls s.db
try new $S#a $chain $walk --keep session
try next $S#a $walk
try next $S#a -n 0
try next $S#a -n x
try next $S#a --expect-step -1
try next $S#a --manifest m.json
try next $S#a extra
try ls $S#a
try export $S#a
try export $S#a --to-step 9
try export $S#a --from-step 3 --to-step 2
try gc $S --older-than 5
try --serve $S ls $S
try --serve $S#a
try next $S#a --dry-run --keep step,spot
try show $S#a --keep step
try reset $S#a --dry-run
try rm $S#a --keep nosuch
try set $S#a rate=1% --where 'nosuch > 1'
try gc $S --older-than 1s --now 2100-01-01T00:00Z --keep nosuch
try rm $S#a --dry-run
try set $S#a rate=1% --dry-run
try --serve $S --dry-run
try show $S#a --keep state,step
echo "--- no store"
echo "strike,bid" >foreign.csv
try ls sqlite:foreign.csv
try ls sqlite:nosuch.db
try ls sqlite:.
try new sqlite:nosuch/s.db#a $chain $walk
echo "--- a walk that fails: its state says so, earlier steps can be had, a change helps"
printf 'ts,symbol,spot,expiry,strike,type,bid,ask,iv,rate,dividend_yield\n2026-11-20T21:00:00Z,X,1,2026-12-18,1,C,0.1,0.2,0.2,0,0\n' >one.csv
oc-step new $S#f --model brownian:volatility=1%,drift=-250 --strikes 0.1 --step 1d --steps 9 --seed 3 one.csv --keep session
while oc-step next $S#f --keep step >/dev/null 2>err; do :; done
sed 's/ is -[0-9.]*/ is NEGATIVE/' err
oc-step show $S#f --keep state,step
oc-step next $S#f
echo "status $?"
oc-step peek $S#f
echo "status $?"
step=$(oc-step show $S#f --keep step | tail -n 1)
[ "$step" -eq 0 ] || oc-step export $S#f --keep step | tail -n 1
oc-step set $S#f model=brownian:volatility=0.1 --keep state
oc-step next $S#f --keep step >/dev/null
echo "status $?"
echo "--- SQLite's own names are no files"
try ls sqlite::memory:
try new sqlite::memory:#a $chain $walk
try new 'sqlite:file:x.db?mode=memory#a' $chain $walk
[ -z "$(ls x.db file* 2>/dev/null)" ] && echo 'no file was made'
