# The same bytes for any number of threads, any cut of the batches, and from Arrow as from CSV.
awk 'BEGIN { srand(7); print "ts,symbol,price,size,bid,ask"
    for (i = 0; i < 20000; i++) { s = i % 3; p[s] += int(rand() * 5) - 2; v = 100 + p[s] / 100
        if (rand() < 0.003) v *= 1.3
        b = v - 0.01; a = v + 0.01; if (rand() < 0.003) { t = a; a = b; b = t }
        if (rand() < 0.002) b = -b
        if (rand() < 0.002) v = -v
        if (rand() < 0.001) a = "x"
        row = sprintf("2024-07-02T%02d:%02d:%02d.%03dZ,S%d,%.2f,%d,%.2f,%s", 13 + i / 6000, i / 100 % 60, i / 2 % 50, i % 1000, s, v, rand() * 9, b, a)
        print row; if (rand() < 0.003) print row } }' | (read -r h; echo "$h"; sort -s -t, -k1,1) >ticks.csv
run() { # NAME OPTION...
    local n=$1; shift
    oc-validate -q --calendar XNYS --breaker --dedup "$@" --checks $n.checks --gaps $n.gaps --rejects $n.rejects -O csv -o $n.out 2>$n.err
    echo "$n: status $?, $(wc -l <$n.out) out, $(wc -l <$n.rejects) rejects, $(wc -l <$n.checks) checks, $(wc -l <$n.gaps) gaps"
}
run one ticks.csv
run threads -j 4 ticks.csv
run single --batch-rows 1 ticks.csv
run odd -j 3 --batch-rows 777 ticks.csv
for n in threads single odd; do
    for f in out checks gaps rejects err; do cmp one.$f $n.$f && echo "equal $f"; done
done | sort | uniq -c
echo "-- of what can be read, an Arrow stream says the same"
grep -v ',x$' ticks.csv >clean.csv
run one clean.csv
oc-cat clean.csv -o clean.arrows
run arrow clean.arrows
oc-cat diff one.out arrow.out && echo "the same records"
cmp one.gaps arrow.gaps
for n in one arrow; do cut -d, -f1-7,9- $n.checks | sed 's/clean.[a-z]*//' | awk -F, -v OFS=, '{ $8 = ""; print }' >$n.c; done     # lines of a file, rows of a stream
cmp one.c arrow.c
echo "-- provenance counts the files beside"
oc-validate -q ticks.csv --checks p.csv --provenance p.json -o /dev/null -O csv 2>/dev/null
grep -o '"beside":\[{"name":"p.csv","bytes":[0-9]*' p.json | sed 's/[0-9]*$//'
echo "-- and Arrow files of findings hold the same"
oc-validate -q ticks.csv --checks p.arrow -o /dev/null -O csv 2>/dev/null
oc-cat p.arrow -O csv | cmp - p.csv && echo equal
