# The file that ships: two quotes a line, cells as they came, the head's instant; -j and batches change nothing.
f=$TOP/testdata/spx_synthetic.csv
oc-ingest --preset cboe-quotedata "$f" >a.csv
head -3 a.csv
echo "$(($(grep -c '^... ... .. ....,' "$f") * 2)) $(($(wc -l <a.csv) - 1))"
oc-ingest --preset cboe-quotedata -j3 --batch-rows 7 "$f" | cmp - a.csv && echo same
oc-ingest --preset cboe-quotedata "$f" -O arrow | oc-cat -O csv --keep contract_symbol,expiry,type >b.csv
oc-cat a.csv --keep contract_symbol,expiry,type | cmp - b.csv && echo same
oc-ingest --preset cboe-quotedata --ts 2024-01-02T21:00Z "$f" --keep ts,strike | sed -n 2p
oc-ingest --preset cboe-quotedata --where 'num(Strike) == 5000' "$f" --keep strike | sort -u
