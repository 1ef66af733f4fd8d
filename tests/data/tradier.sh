# Tradier's stream: 180 lines of three types, 30 symbols; trades and quotes become rows, summaries are counted as excluded.
f=$SHARED/data/tradier_stream/market_data.txt
[ -e "$f" ] || { echo "skip tradier: no sample data"; exit 0; }
oc-ingest --preset tradier-stream "$f" --stats stats >a.csv
awk -F, 'NR > 1 { n[$3]++; s[$2] } END { for (e in n) print e, n[e] | "sort"; close("sort"); print length(s) " symbols" }' a.csv
grep -oE '"rows_(in|out|rejected|excluded)":[0-9]+' stats
head -n 1 a.csv
