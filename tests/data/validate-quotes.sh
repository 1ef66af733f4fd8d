# The defects of two real days of quotes: an ask of 199999.99, an empty price, 103 and 46 locked, 11 crossed, 187 and 492 exact
# duplicates, none out of order, and a first row of the evening before.  Crossed and locked quotes are real, so they are warnings.
d=$SHARED/data/polygon_v1_quotes
[ -e "$d" ] || { echo "skip validate-quotes: no sample data"; exit 0; }
for s in ABCB ABT; do
    oc-ingest --preset polygon-v1-quotes --symbol $s "$d/quotes-$s.csv.zst" >q.csv
    oc-validate -q --calendar XNYS --skip gap q.csv --checks c.csv --rejects r.csv >good.csv 2>err
    echo "$s: status $?, $(($(wc -l <q.csv) - 1)) quotes, $(($(wc -l <good.csv) - 1)) good"
    oc-cat c.csv --where 'rows > 0' --keep check,severity,count --table
    oc-cat c.csv --where 'line > 0' --keep check,line,column,value,message | grep -E '^(price|one_sided|outlier|session_closed|jump|crossed)'
    oc-validate -q --dedup --only-checks duplicate q.csv | wc -l
done
cat r.csv
