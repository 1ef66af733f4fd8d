# prices of a file, replayed: a step's chain knows the prices up to then and no later one
C="--symbol X --ts 2026-11-20T21:00Z --spot 100 --rate 0% --dividend-yield 0% --schedule monthly:2 --strikes 5 --chain-size 2 --vol 20%
   --smile=-0.2,0.1 --step 1d"
walk() { echo --model "historical:prices=$1,timeframe=day"; }
prices='100|101.3|99.7|99.9|102|97'
echo "## no volatility until two returns are known: the smile is as it is given, from then on it moves with the prices'"
oc-step $C $(walk "$prices") --steps 6 --factors --keep step,spot,volatility
oc-step $C $(walk "$prices") --steps 6 --keep step,strike,spot,iv --float sig:6 |
    awk -F, 'NR == 1 || $2 == 100' | uniq
echo "## whatever comes later"
for n in 1 2 3 4 5; do
    for model in "$prices" "$(cut -d'|' -f1-$n <<<"$prices")|250|30|70"; do
        oc-step $C $(walk "$model") --steps $n -x run | sha256sum
    done | uniq | wc -l
done | sort | uniq -c
echo "## a shock counts while there is none"
oc-step new sqlite:s.db#a $C $(walk "$prices") --steps 6 --keep session,state
oc-step fork sqlite:s.db#a --as b --shock vol=+50% >/dev/null
oc-step next sqlite:s.db#a --keep iv,strike,type | awk -F, '$2 == 100' | sort -u
oc-step next sqlite:s.db#b --keep iv,strike,type | awk -F, '$2 == 100' | sort -u
echo "## returns that do not differ have none"
oc-step $C $(walk '100|100|100|100') --steps 4 --factors --keep step,spot,volatility
oc-step $C $(walk '100|100|100|100') --steps 4 --keep step,iv,strike | awk -F, '$3 == 100' | sort | uniq -c
