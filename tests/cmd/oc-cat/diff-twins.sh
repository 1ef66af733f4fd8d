# Rows of equal key are paired in their order, whatever lies between them, and however the batches are cut.
gen() { awk -v n=4000 -v step="$1" -v from="$2" 'BEGIN {
    print "ts,symbol,price,size"
    for (i = 0; i < n; i++) { j = (i * step + from) % n; printf "2026-01-05T15:00:%02dZ,S%d,%d,1\n", j % 60, j % 3, int(j / 180) }
}'; }
gen 1 0 >a.csv
oc-cat diff a.csv a.csv --batch-rows 3; echo "status $?"
# a permutation in which rows of one key change places differs in their cells, one that keeps their order does not
sort -s -t , -k 2,2 <(tail -n +2 a.csv) >body; { head -n 1 a.csv; cat body; } >b.csv
oc-cat diff a.csv b.csv; echo "status $?"
gen 7 11 >c.csv
oc-cat diff a.csv c.csv >one; echo "status $?"
for n in 1 13 500; do
    oc-cat diff a.csv c.csv --batch-rows $n >other 2>/dev/null
    cmp one other && echo "batches of $n: the same report"
done
head -n 8 one
# a row too many early on: all later rows still find their partners
{ head -n 1 a.csv; echo '2026-01-05T14:00:00Z,S9,1,1'; tail -n +2 a.csv; } >d.csv
oc-cat diff a.csv d.csv; echo "status $?"
