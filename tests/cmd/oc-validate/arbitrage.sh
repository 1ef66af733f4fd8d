# Chains: none in clean synthetic ones, each kind where it is planted by hand, and rows that take no part.
n=$([ -n "${OC_FULL:-}" ] && echo 3000 || echo 24)
awk -v n="$n" 'BEGIN { srand(5)
    split("SPX AAPL SPY XYZ", sym); split("weekly:4,monthly:6 monthly:3 daily:5,quarterly:3 weekly:2,leaps:2", sched)
    split("auto equity weekly etf", strikes)
    for (i = 0; i < n; i++) {
        printf "--symbol %s --ts 2026-11-20T21:00Z --spot %.2f --rate %.2f%% --dividend-yield %.2f%% --schedule %s --strikes %s --chain-size %d",
            sym[1 + int(4 * rand())], 5 * exp(7 * rand()), -1 + 9 * rand(), 5 * rand(), sched[1 + int(4 * rand())],
            strikes[1 + int(4 * rand())], 2 + 38 * rand()
        if (rand() < 0.5) printf " --surface ssvi:atm=%.1f%%,rho=%.2f,eta=%.2f,gamma=%.2f", 8 + 62 * rand(), -0.8 + 1.4 * rand(), 0.2 + 0.9 * rand(), 0.3 + 0.2 * rand()
        else printf " --vol %.1f%%", 5 + 115 * rand()
        if (rand() < 0.5) printf " --forward"
        if (rand() < 0.3) printf " --spread %.2f", 0.01 + 0.1 * rand()
        if (rand() < 0.3) printf " --ticks 0.05<3,0.10"
        print (rand() < 0.5 ? " | oc-cat --drop rate" : "")
    } }' >specs
while IFS='|' read -r options drop; do
    # shellcheck disable=SC2086
    oc-chain $options -o chain.csv || echo "no chain: $options"
    [ -z "$drop" ] || { oc-cat --drop rate chain.csv -o less.csv && mv less.csv chain.csv; }
    oc-validate --arbitrage --only-checks 6 chain.csv 2>found >out.csv || echo "status $?: $options"
    [ ! -s found ] || echo "$(cat found): $options $drop"
    cmp chain.csv out.csv
done <specs
echo "-- planted, with the row's rate and forward, and with what parity says"
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule monthly:2 --strikes 100 \
    --chain-size 6 --vol 20% --forward --spread 0.20 -o chain.csv
oc-cat chain.csv --drop rate,forward -o bare.csv
edit() { # FILE EXPIRY STRIKE TYPE ADD: bid and ask of one contract moved
    awk -F, -v OFS=, -v e="$2" -v s="$3" -v t="$4" -v add="$5" 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i }
        $c["expiry"] == e && $c["strike"] == s && $c["type"] == t { $c["bid"] += add; $c["ask"] += add } 1' "$1"
}
expiry=$(awk -F, 'NR == 2 { print $4 }' chain.csv)
show() { oc-cat checks.csv --where 'line > 0' --keep check,edge,legs --float fixed:4; }
for f in chain.csv bare.csv; do
    echo "- $f: a call above the one before it"
    edit $f "$expiry" 5100 C 80 | oc-validate -q --arbitrage --only-checks vertical --checks checks.csv >/dev/null; show
    echo "- a bid above its neighbours' mix"
    edit $f "$expiry" 5300 P 6 | oc-validate -q --arbitrage --only-checks butterfly --checks checks.csv >/dev/null; show
    echo "- a pair against the others, and against the forward"
    edit $f "$expiry" 5000 C 3 | oc-validate -q --arbitrage --only-checks box,parity --checks checks.csv --samples 1 >/dev/null; show
    echo "- a bid above what expires later"
    edit $f "$expiry" 5200 C 90 | oc-validate -q --arbitrage --only-checks calendar --checks checks.csv >/dev/null; show
done
echo "-- --min-edge; a crossed quote takes no part"
edit chain.csv "$expiry" 5000 C 3 | oc-validate --arbitrage --only-checks 6 --min-edge 10 | cmp - <(edit chain.csv "$expiry" 5000 C 3)
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } NR == 9 { $c["bid"] += 500 } 1' chain.csv |
    oc-validate --arbitrage -o /dev/null -O csv
echo "-- failed rows leave where that is wanted; the same bytes for any batch and thread"
edit chain.csv "$expiry" 5100 C 80 >bad.csv
for o in "-j 1" "-j 4" "--batch-rows 1" "--batch-rows 7"; do
    # shellcheck disable=SC2086
    oc-validate $o --arbitrage --only-checks vertical --severity vertical=failed --samples all --checks checks.csv bad.csv >good.csv
    echo "$o: status $?, $(($(wc -l <good.csv) - 1)) of $(($(wc -l <bad.csv) - 1)) rows"
    [ -e first ] || cat good.csv checks.csv >first
    cat good.csv checks.csv | cmp - first
done | sed 's/.*: status/status/' | sort | uniq -c
echo "-- prices in coin: the same, in money"
oc-cat chain.csv --drop rate,forward,mid,price,iv,labels | awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; print $0, "inverse"; next }
    { $c["bid"] /= $c["spot"]; $c["ask"] /= $c["spot"]; print $0, "true" }' OFMT=%.12g CONVFMT=%.12g >coin.csv
oc-validate --arbitrage --only-checks 6 coin.csv >/dev/null
edit coin.csv "$expiry" 5100 C 0.016 | oc-validate -q --arbitrage --only-checks vertical,calendar --checks checks.csv >/dev/null; show
echo "-- of quotes alone"
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n' | oc-validate --arbitrage
echo "status $?"
