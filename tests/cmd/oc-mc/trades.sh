# A log drawn again: what is observed is the log's own, what is resampled comes in one order, rules break down.
oc-mc trades --block 10 --paths 5000 --ruin 3% --rule profit_target=6% --rule max_drawdown=2.5% --rule drawdown_from=trailing \
    --rule max_risk=2% --float sig:6 "$TOP/testdata/trades.csv"
# without balances: the same returns from what was earned
oc-cat -x balance "$TOP/testdata/trades.csv" >plain.csv
oc-mc trades --block 10 --paths 2000 --float sig:9 "$TOP/testdata/trades.csv" >out.1
oc-mc trades --block 10 --paths 2000 --float sig:9 --initial-balance 50000 plain.csv >out.2
cmp out.1 out.2 && echo same
# a rule that ships, and the rhythm of another zone
oc-mc trades --method permutation --rules funded --rule max_risk=200% --tz America/New_York --paths 1000 -w 'stat == prob_pass' "$TOP/testdata/trades.csv"
