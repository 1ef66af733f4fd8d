# Forks: the original where nothing is changed, shocks from their step on, other stores.
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:1 --vol 20% \
    --chain-size 0 --strikes 50 >chain.csv
S=sqlite:s.db
oc-step new $S#a --model heston:kappa=2,theta=0.04,xi=0.5,rho=-0.7,volatility=0.2 --step 1d --steps 6 --seed 7 <chain.csv --keep session,state
oc-step next -n 4 $S#a >/dev/null
oc-step fork $S#a --as b --keep session,state,step,parent,fork_step
oc-step fork $S#a sqlite:t.db#a --at 1 --shock vol=+10% --keep session,state,step,parent,fork_step,spec
oc-step fork $S#a --as down --at 1 --shock spot=-5% --keep session,state,step | tail -n 1
cmp <(oc-step next -n 9 $S#b) <(oc-step export $S#a --from-step 4 --to-step 5) && echo "the original"
echo "--- the shock alone is between the two, at every step: vol by 1.1, spot by 0.95"
oc-step export $S#a --from-step 1 --to-step 4 --keep step,spot,iv | awk -F, '!s[$1]++ && NR > 1' >a
oc-step next -n 4 sqlite:t.db#a --keep step,spot,iv | awk -F, '!s[$1]++ && NR > 1' >v
oc-step next -n 4 $S#down --keep step,spot,iv | awk -F, '!s[$1]++ && NR > 1' >d
paste -d, a v d | awk -F, '{ printf "%s spot %.12f iv %.12f; spot %.12f\n", $1, $5 / $2, $6 / $3, $8 / $2 }'
echo "--- a fork of a fork has both; back to where it began it is shocked still, reset it is not"
oc-step fork $S#down --as both --at 3 --shock vol=-20% --keep spec | tail -n 1
oc-step fork sqlite:t.db#a $S#again --at 1 --keep step,spec | tail -n 1
cmp <(oc-step next -n 4 $S#again) <(oc-step export sqlite:t.db#a --from-step 1 --to-step 4) && echo "the shocked original"
oc-step reset $S#down >/dev/null
cmp <(oc-step next -n 4 $S#down) <(oc-step export $S#a --to-step 3) && echo "the original after a reset"
echo "--- refused"
oc-step fork $S#a --as b; echo "status $?"
oc-step fork $S#a --as c --at 5; echo "status $?"
oc-step fork $S#a; echo "status $?"
oc-step fork $S#a $S --at 1; echo "status $?"
oc-step fork $S#a --as c --shock vol=10%; echo "status $?"
oc-step fork $S#a --as c --shock vol=-100%; echo "status $?"
oc-step fork $S#a --as c --shock rate=+1%; echo "status $?"
oc-step fork $S#a --as c --shock vol=+1% --shock vol=+1%; echo "status $?"
oc-step fork $S#a --as c --at close; echo "status $?"
oc-step ls $S --keep session | tail -n +2 | paste -sd' '
