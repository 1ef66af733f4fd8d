# The main job on a real exchange file: every quote comes out, with values or a reason; Arrow in between, threads, batches
# and instruction sets change no computed byte.
F=$SHARED/data/cboe_quotedata/spx_2022-06-10.csv.zst
[ -e "$F" ] || { echo "skip main-job: no $F"; exit 0; }
A=(--iv --greeks all --rate 1.25% --dividend-yield 1.5% --on-error na -O csv)
oc-ingest --preset cboe-quotedata "$F" | oc-price "${A[@]}" >a.csv
echo "status $? rows $(($(wc -l <a.csv) - 1))"
awk -F, 'NR > 1 { print $NF }' a.csv | sort | uniq -c
# a value in every column or in none
awk -F, 'NR > 1 { n = 0; for (i = 21; i <= 35; i++) n += $i != ""; print n, $NF == "ok" ? "ok" : "reason" }' a.csv | sort | uniq -c
oc-ingest --preset cboe-quotedata "$F" -O arrow | oc-price "${A[@]}" >b.csv
cmp <(cut -d, -f21- a.csv) <(cut -d, -f21- b.csv) && echo "same bytes by Arrow"
oc-cat diff a.csv b.csv && echo "equal values by Arrow"
oc-ingest --preset cboe-quotedata "$F" >q.csv
for o in "-j2" "--batch-rows 1" "--batch-rows 4097 -j3" "--batch-rows 65536"; do
    oc-price "${A[@]}" $o q.csv | cmp - a.csv && echo "same bytes by $o"
done
for isa in avx512 avx2 base; do
    OC_ISA=$isa oc-price "${A[@]}" q.csv >c.csv 2>err || { grep -q "OC_ISA" err && echo "same bytes by $isa" && continue; }
    cmp c.csv a.csv && echo "same bytes by $isa"
done
# the vendor's own volatilities, where it gives one
awk -F, 'NR > 1 && $16 != "" { n++; if ($21 == "") none++; else if ($21 - $16 < 0.005 && $16 - $21 < 0.005) near++ }
    END { print n, "vendor_iv,", near, "within 0.005,", none, "without iv" }' a.csv
