# The main job: a chain of SPX with everything in its rows that prices it again, to the bit; threads, batches, instruction sets and
# Arrow in between change no byte.
A=(--symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:4,monthly:6@AM,leaps:2
    --surface ssvi:atm=18%,rho=-0.6,eta=1.2,gamma=0.5 --spread spread=0.05,proportional=1%,moneyness=0.1,tenor=0.2
    --ticks '0.05<3,0.10')
oc-chain "${A[@]}" --strikes spxw --chain-size 2 --greeks delta,gamma | head -n 7
# which expiries, settled how, by which root, how many strikes
oc-chain "${A[@]}" --chain-size 40 >a.csv
awk -F, 'NR > 1 { n[$3 " " $4 " " $6 " " $NF]++ } END { for (k in n) print k, n[k] }' a.csv | sort -k2
# priced again from its rows: all bits of the price and of 14 Greeks, in spot form and by the forward
same() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i
            split("price delta gamma vega theta rho phi vanna vomma charm speed zomma color veta ultima", g, " "); next }
        { for (k in g) if ($c[g[k]] == "" || $c[g[k]] "" != $c[g[k] "_2"] "") bad++; n++ }
        END { print n, "rows,", bad + 0, "differences" }'
}
oc-chain "${A[@]}" --chain-size 40 --greeks all | oc-price --greeks all --suffix _2 | same
oc-chain "${A[@]}" --chain-size 40 --greeks all --forward -O arrow | oc-price --greeks all --suffix _2 -O csv | same
# --greek-units has the names and figures of oc-price
oc-chain "${A[@]}" --greeks all --greek-units market --keep theta_day,vega_pct,rho_pct,veta_day_pct --chain-size 3 >u.csv
oc-chain "${A[@]}" --chain-size 3 -x price | oc-price --greeks all --greek-units market --keep theta_day,vega_pct,rho_pct,veta_day_pct | cmp - u.csv && echo "market units"
oc-chain "${A[@]}" --chain-size 600 --sizes --contract-symbol --greeks all >b.csv
wc -l <b.csv
for o in -j2 "-j3 --batch-rows 100" "--batch-rows 1"; do
    oc-chain "${A[@]}" --chain-size 600 --sizes --contract-symbol --greeks all $o | cmp - b.csv && echo "same bytes by $o"
done
oc-chain "${A[@]}" --chain-size 600 --sizes --contract-symbol --greeks all -O arrow | oc-cat -O csv | cmp - b.csv && echo "same bytes by Arrow"
for isa in avx512 avx2 base; do
    OC_ISA=$isa oc-chain "${A[@]}" --chain-size 600 --sizes --contract-symbol --greeks all >c.csv 2>err \
        || { grep -q "OC_ISA" err && echo "same bytes by $isa" && continue; }
    cmp c.csv b.csv && echo "same bytes by $isa"
done
# the seed moves sizes and nothing else
oc-chain "${A[@]}" --chain-size 600 --sizes --contract-symbol --greeks all --seed 2 >s.csv
cmp -s s.csv b.csv || echo "another seed, other sizes"
cmp <(oc-cat -x bid_size,ask_size,volume,open_interest s.csv) <(oc-cat -x bid_size,ask_size,volume,open_interest b.csv) && echo "and the same prices"
oc-chain "${A[@]}" --chain-size 600 --greeks all | head -n 1 >/dev/null
echo "closed pipe: ${PIPESTATUS[0]}"
