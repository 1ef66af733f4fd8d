# The digest of a stream does not change with its encoding, compression or batches, and does with its content.
{
    echo 'ts,symbol,expiry,type,strike,bid,ask,inverse,step,note'
    for i in {1..3000}; do
        echo "2026-01-05T15:00:00.$((i % 1000))Z,SPX$((i % 7)),2026-06-19,call,$i.50,$((i % 5 ? 1 : 0)).250,,$((i % 2)),$i,\"n, $i\""
    done
} >a.csv
want=$(oc-cat digest a.csv)
say() { [ "$(oc-cat digest "$@" | cut -c 1-64)" = "${want%% *}" ] && echo same || echo other; }
oc-cat a.csv -o a.arrows; echo "arrow $(say a.arrows)"
oc-cat a.csv -o a.arrow; echo "arrow file $(say a.arrow)"
oc-cat a.csv -o b.arrows --compress 3; echo "compressed $(say b.arrows)"
oc-cat a.csv -o a.jsonl; echo "json lines $(say a.jsonl)"
oc-cat a.csv -o a.tsv; echo "tsv $(say a.tsv)"
zstd -q a.csv; echo "zstd $(say a.csv.zst)"
echo "batches $(say --batch-rows 11 a.csv)"
sed 's/\.50,/.5,/;s/call/CE/;s/T15:00:00\.0Z/T10:00:00-05:00/' a.csv >b.csv; echo "other spelling $(say b.csv)"
sed '1500s/SPX/SPY/' a.csv >c.csv; echo "a text $(say c.csv)"
sed '3001s/,0,/,1,/' a.csv >c.csv; echo "a flag $(say c.csv)"
sed '$d' a.csv >c.csv; echo "a row less $(say c.csv)"
echo "a column less $(say -x note a.csv)"
echo "columns in another order $(say -k symbol,ts,expiry,type,strike,bid,ask,inverse,step,note a.csv)"
oc-cat digest a.csv a.arrows | cut -c 65-
oc-cat digest <a.csv | cut -c 65-
head -c 1000 a.arrows >cut.arrows; oc-cat digest cut.arrows >out; echo "status $?, $(wc -c <out) bytes"
