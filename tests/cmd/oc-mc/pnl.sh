# A book on a synthetic chain: an iron-condor-like one with prices paid, and the underlying; the same bytes however it is run.
oc-ingest --preset cboe-quotedata "$TOP/testdata/spx_synthetic.csv" | oc-price --iv --rate 3.9% --dividend-yield 1.3% >market.csv 2>/dev/null
book="--leg -1:SPXW261218C05100000@45 --leg 1:SPXW261218C05200000 --leg -1:SPXW261218P04900000@34.5 --leg 1:SPXW261218P04800000"
run() { oc-mc pnl $book --leg 5:SPX --rate 3.9% --dividend-yield 1.3% --horizon 10d --paths 20000 --float sig:8 "$@" market.csv; }
gbm="geometric_brownian:volatility=16%,drift=6%"

run --model $gbm >one.csv
oc-cat --table one.csv
# the same as records of legs, by columns
cat >legs.csv <<'END'
leg_id,quantity,type,strike,expiry,root,multiplier,entry_price,symbol
a,-1,C,5100,2026-12-18,SPXW,100,45,SPX
b,1,C,5200,2026-12-18,SPXW,100,,SPX
c,-1,put,4900,2026-12-18,SPXW,100,34.5,SPX
d,1,P,4800,2026-12-18,SPXW,100,,SPX
e,5,U,,,,,,SPX
END
oc-mc pnl --kind quote --float sig:8 --legs legs.csv --rate 3.9% --dividend-yield 1.3% --horizon 10d --paths 20000 --model $gbm market.csv |
    oc-cat -x leg_id | cmp - <(oc-cat -x leg_id one.csv) && echo "records: the same figures"
run --model $gbm -j2 | cmp - one.csv && echo "two threads: the same bytes"
OC_ISA=base run --model $gbm | cmp - one.csv && echo "baseline: the same bytes"
for i in 1 2 3; do run --model $gbm --shard $i/3 -o part$i.arrow; done
oc-mc merge part2.arrow part3.arrow part1.arrow | cmp - one.csv && echo "three shards: the same bytes"
run --model $gbm --horizon 2026-11-30T21:15:00Z | cmp - one.csv && echo "instant: the same bytes"
# shares of the legs add to the book's, up to the digits printed
awk -F, '$2 == "es" { if ($4 == "") book[$5] = $6; else sum[$5] += $6 }
         END { for (l in book) print l, (book[l] - sum[l] < 1e-3 && sum[l] - book[l] < 1e-3) ? "shares add up" : "shares differ" }' one.csv | sort
# after the options: settled at their intrinsic values, so the spread is worth between 0 and 100 points
oc-mc pnl --leg 1:SPXW261218C05000000 --leg -1:SPXW261218C05100000 --rate 3.9% --dividend-yield 1.3% --horizon 60d --paths 5000 --model $gbm \
    --levels 0.0002,0.9998 --float sig:8 market.csv | oc-cat --table --where 'stat in ("value", "quantile")' -k stat,level,value
# the id of the run: of the book, the market, the walks and how they go
id() { awk -F, 'NR == 2 { print $1 }'; }
want=$(id <one.csv)
for other in "--seed 2" "--paths 20002" "--horizon 11d" "--confidence 0.9" "--antithetic" "--stick delta" "--leg 1:SPXW261218C05000000" \
    "--model geometric_brownian:volatility=17%,drift=6%"; do
    case $other in --model*) run $other ;; *) run --model $gbm $other ;; esac 2>/dev/null | id
done | sort | uniq -c | grep -v "$want" | awk '{ n += $1 == 1 } END { print n " other ids" }'
run --model $gbm --levels 0.9 | id | grep -cx "$want"
