# What is written, said and rejected depends on inputs and options alone: 1 to 4 threads, blocks of 1 to 65,536 rows and
# every instruction set give the bytes that one thread gives, for inputs of all kinds with malformed rows among them.
rows() { # SEED SHARE N : records with so many malformed ones in a thousand; the generator is awk's own, so that its bytes stand
    awk -v seed=$1 -v share=$2 -v n=$3 'function next_int(m) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % m }
    function cell(good, bad, k,  w) { k = split(bad, w, "|"); return next_int(1000) < share ? w[next_int(k) + 1] : good }
    BEGIN {
        for (i = 0; i < n; i++)
            print cell("2024-01-0" 2 + next_int(3) "T15:30:00Z", "x|2024-01-02|") "," cell(next_int(4) ? "SPX" : "\"AAPL\"", "|SPXW240119C05000000") "," \
                cell("2024-02-16", "|2024-02-30|1600-01-01|2023-12-15") "," cell(next_int(2) ? "C" : "put", "X|") "," \
                cell(3000 + next_int(3000), "|x|0|-5|1e400|inf") "," cell(next_int(30000) / 100, "|x|0|-1") "," cell(next_int(30000) / 100, "|x|0") "," \
                cell("4700.5", "|x|-1") "," cell("\"a,\"\"b\"", "plain|\"two\nlines\"|\"open\"x|one,two")
    }'
}
head=ts,symbol,expiry,type,strike,bid,ask,spot,note
{ echo $head; rows 1 0 900; } >good.csv
{ echo $head; rows 2 20 700; } | sed 's/$/\r/' >bad.csv
{ echo $head; rows 3 3 2500; } | gzip -c >few.csv.gz
{ echo ask,bid,$(echo $head | cut -d, -f1-5),spot,note; rows 4 0 300 | awk -F, '{ print $7 "," $6 "," $1 "," $2 "," $3 "," $4 "," $5 "," $8 ",n" }'; } >order.csv
oc-cat --kind quote -O jsonl good.csv | sed '555s/"C"/"X"/; 700s/}$//' >good.jsonl
oc-cat --kind quote -o good.arrow good.csv
oc-cat --kind quote --compress 3 -o good.arrows order.csv

# The run's output (a binary one by its content), messages, status and rejects in one place.
run() {
    rm -f r.csv
    timeout 60 oc-price --rate 4% --dividend-yield 1% "$@" >out.raw 2>err.txt
    echo "status $?" >>err.txt
    if [ "$(head -c 4 out.raw | od -An -tx1 | tr -d ' ')" = ffffffff ]; then
        oc-cat -O csv out.raw >out.txt 2>/dev/null
    else
        mv out.raw out.txt
    fi
    cat out.txt err.txt r.csv 2>/dev/null
}
runs=0
compare() {
    run -j1 "$@" >one
    grep '^status' err.txt
    for how in "-j4" "--batch-rows 1" "-j3 --batch-rows 7" "-j2 --batch-rows 65536"; do
        run $how "$@" >many
        cmp -s one many || echo "$how gives something else: $*"
        runs=$((runs + 1))
    done
    for isa in base avx2; do
        OC_ISA=$isa run "$@" >many
        cmp -s one many || grep -q 'OC_ISA' many || echo "OC_ISA=$isa gives something else: $*"
    done
}
for input in good.csv bad.csv few.csv.gz good.jsonl good.arrow "good.csv order.csv" "good.arrow good.arrows" "order.csv few.csv.gz bad.csv"; do
    compare --iv $input
    compare --iv --greeks all --on-error skip --rejects r.csv $input
    compare --iv --price --on-error na --where 'strike > 3500' --only 'type == "C"' -O arrow $input
    compare --model bsm:vol=20% --on-error skip --rejects r.csv --max-rejects 5 --where 'bid > 20' -O jsonl $input
done | sort | uniq -c | sed 's/^ *//'
