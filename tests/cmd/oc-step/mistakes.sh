# what is refused, and in which words
H="--model geometric_brownian:volatility=0.2"
C="--symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:2 --vol 20% --strikes 50 --chain-size 2"
S="--step 1d --steps 3"
try() { echo "## $*"; "$@" >out 2>err; echo "status $?"; head -n 2 out; cat err; }
oc-chain $C >in.csv
{ cat in.csv; tail -n +2 in.csv | sed 's/T21:00:00Z,SPX/T22:00:00Z,SPX/'; } >two.csv
try oc-step $H $S two.csv
{ cat in.csv; tail -n +2 in.csv | sed 's/,SPX,/,NDX,/'; } >two.csv
try oc-step $H $S two.csv
try oc-step $H $S in.csv in.csv
try oc-step $H $S $C in.csv
try oc-step $H $S </dev/null
head -n 1 in.csv | try oc-step $H $S
{ cat in.csv; tail -n 1 in.csv; } | try oc-step $H $S
sed '3s/5000/5001/' in.csv | try oc-step $H $S
oc-cat --drop expiry,expires_at in.csv | sed '1s/$/,years/; 1!s/$/,0.1/' | try oc-step $H $S
oc-cat --drop iv in.csv | try oc-step $H $S
oc-cat --drop spot in.csv | try oc-step $H $S
oc-cat --drop rate in.csv | try oc-step $H $S
oc-cat --drop dividend_yield in.csv | try oc-step $H $S
sed '3s/0.013/0.014/' in.csv | try oc-step $H $S
awk -F, -v OFS=, 'NR == 3 { $13 = -0.2 } { print }' in.csv | try oc-step $H $S
awk -F, -v OFS=, 'NR == 3 { $9 = 0 } { print }' in.csv | try oc-step $H $S
awk -F, -v OFS=, 'NR > 1 { $13 = 0 } { print }' in.csv | try oc-step $H $S
try oc-step $S in.csv
try oc-step $H --step 1d in.csv
try oc-step $H --steps 3 in.csv
try oc-step $H --step 1y --steps 3 in.csv
try oc-step $H --step 36h --steps 3 --clock sessions in.csv
try oc-step $H $S --from-step 2 --to-step 1 in.csv
try oc-step $H $S --from-step 3 in.csv
try oc-step $H $S --to-step 3 in.csv
try oc-step --model gbm:volatility=20 $S in.csv
for o in "--map iv=x" "--kind quote" "--na X" "--ts-unit s" "--input-format csv"; do try oc-step $H $S $C $o; done
try oc-step $H $S --paths 0 in.csv
try oc-step $H $S --seed x in.csv
try oc-step --model garch:volatility=0.2,alpha=0.05,beta=0.9 $S --stick model in.csv
try oc-step --model geometric_brownian:volatility=0 $S in.csv
try oc-step --model geometric_brownian:volatility=0.2@NDX $S in.csv
try oc-step $H $S --surface column --vol 20% in.csv
try oc-step $H $S $C --surface column
try oc-step $H --step 30d --steps 3 in.csv
try oc-step $H --step 3000d --steps 9 --schedule daily in.csv
try oc-step $H $S $C --smile=60,0
try oc-step $H $S $C --smile=60,0 --allow-arbitrage
# what was read is told: the plan of it, and how many records
oc-step $H $S in.csv --na 'NA' --map "iv=iv*1" --kind quote --keep step,bid --dry-run
oc-step $H $S in.csv --stats s.json >/dev/null && grep -o '"rows_in":[0-9]*\|"bytes_in":[0-9]*' s.json
wc -c <in.csv
