# A log drawn again: what is observed is the log's own, what is resampled comes in one order, rules break down.
oc-mc trades --block 10 --paths 5000 --ruin 3% --rule profit_target=6% --rule max_drawdown=2.5% --rule drawdown_from=trailing \
    --rule max_risk=2% --float sig:6 "$TOP/testdata/trades.csv"
# without balances: the same returns from what was earned
oc-cat -x balance "$TOP/testdata/trades.csv" >plain.csv
oc-mc trades --block 10 --paths 2000 --float sig:9 "$TOP/testdata/trades.csv" >out.1
oc-mc trades --block 10 --paths 2000 --float sig:9 --initial-balance 50000 plain.csv >out.2
cut -d, -f2- out.1 >out.3
cut -d, -f2- out.2 | cmp out.3 - && echo same
# a rule that ships, and the rhythm of another zone
oc-mc trades --method permutation --rules funded --rule max_risk=200% --tz America/New_York --paths 1000 -w 'stat == prob_pass' "$TOP/testdata/trades.csv"
# the id of the run: resampled figures have it, observed ones are the log's
log=$TOP/testdata/trades.csv
cut -d, -f1,3 out.1 | sort -u
for how in "" "--seed 2" "--paths 2001" "--block 11" "--method block" "--trades 100" "--ruin 3%" "--rule max_drawdown=3%" "--confidence 0.9"; do
    oc-mc trades --block 10 --paths 2000 $how "$log" 2>/dev/null | awk -F, 'END { print $1 }'
done | sort -u | wc -l
# of the log's content: not of its name, nor of the form that it has
oc-cat -O arrow "$log" | oc-mc trades -O csv --block 10 --paths 2000 --float sig:9 | cmp out.1 - && echo "by a pipe: the same id"
for i in 1 2; do oc-mc trades --block 10 --paths 20000 --shard $i/2 -o part$i.arrows "$log"; done
oc-mc merge part2.arrows part1.arrows | cmp - <(oc-mc trades --block 10 --paths 20000 "$log") && echo "two shards: the same id"
