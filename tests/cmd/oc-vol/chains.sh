# Many chains: any cut, any number of threads, text and Arrow give the same bytes; a chain that is split is refused.
for m in 30 31 32 33; do
    oc-chain --symbol SPX --spot 50$m --schedule monthly:2@AM --strikes 25 --chain-size 12 --vol 20% --rate 3% --dividend-yield 1% \
        --ts 2024-06-03T14:${m}Z --spread 0.4 --keep ts,symbol,root,expiry,settle,type,strike,bid,ask
done | awk 'NR == 1 || !/^ts,/' >c.csv
oc-vol forward c.csv >want.csv
oc-vol forward --table c.csv --float sig:8 --keep ts,date,forward,zero_rate,pairs
for how in --batch-rows=1 --batch-rows=7 '--batch-rows=33 -j 3' '-j 2'; do oc-vol forward $how c.csv | cmp - want.csv && echo same; done
for n in 1 40 99; do
    oc-cat c.csv --kind quote -O arrow --batch-rows $n | cat | oc-vol forward -O csv |
        cmp - <(oc-cat --kind quote want.csv -O arrow | oc-cat -O csv) && echo same
done
sed -n '1p;102,201p' c.csv >second.csv
sed -n '1,101p;202,$p' c.csv | oc-vol forward - second.csv | tail -n +2 | sort | cmp - <(tail -n +2 want.csv | sort) && echo same
echo -- split
(cat c.csv; sed -n '5p' c.csv) >split.csv
oc-vol forward split.csv >out.csv; echo "status $?"; head -n 401 out.csv | cmp - want.csv && echo "all before it is there"
oc-vol forward --sorted-by none split.csv | tail -n 1
oc-vol forward c.csv second.csv >/dev/null; echo "status $?"
oc-vol forward --max-batch 4000 c.csv; echo "status $?"
echo -- malformed rows
sed '8s/,[0-9.]*$/,x/; 120s/.*/ragged/' c.csv >bad.csv
oc-vol forward bad.csv | wc -l
oc-vol forward --on-error skip --rejects r.csv bad.csv | wc -l; cut -d, -f1-4 r.csv
oc-vol forward --on-error skip --rejects r2.csv --batch-rows 3 -j 2 bad.csv | cmp - <(oc-vol forward --on-error skip --rejects r3.csv bad.csv 2>/dev/null)
cmp r.csv r2.csv
