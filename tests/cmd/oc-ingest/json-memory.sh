# Memory does not grow with a document: 500 MB (12 MB in the short run) through an address space of 256 MB, as a file and as a pipe;
# the member that all records need stands behind them.
# (a sanitizer reserves more address space than that: no bound then)
bounded() { [[ $BUILD_DIR == *san* ]] || ulimit -v 262144; }
n=$([ -n "$OC_FULL" ] && echo 1700000 || echo 40000)
awk -v n=$n 'BEGIN { printf "{\"records\":{\"data\":["
    for (i = 0; i < n; i++) printf "%s{\"strikePrice\":%d,\"expiryDate\":\"29-Jun-2023\",\"CE\":{\"strikePrice\":%d,\"underlying\":\"BANKNIFTY\",\"identifier\":\"OPTIDXBANKNIFTY\",\"openInterest\":1,\"totalTradedVolume\":3,\"impliedVolatility\":12.5,\"lastPrice\":10.05,\"bidQty\":300,\"bidprice\":11475.5,\"askQty\":50,\"askPrice\":12123.9,\"underlyingValue\":43312.7}}\n", i ? "," : "", i, i
    printf "],\"timestamp\":\"03-May-2023 15:30:00\"}}\n" }' >big.json
(bounded && oc-ingest --preset nse-option-chain big.json) >a.csv
cat big.json | (bounded && oc-ingest --preset nse-option-chain) | cmp - a.csv && echo "the same through a pipe"
awk -F, -v n=$n 'NR > 1 && ($5 != NR - 2 || $1 != "2023-05-03T10:00:00Z") { bad++ } END { print NR - 1 == n ? "every row" : NR - 1 " rows of " n; print bad + 0 " wrong" }' a.csv
# one text that never ends, and one array as a cell: limits, not memory
awk 'BEGIN { printf "{\"records\":{\"data\":[{\"strikePrice\":\""; for (i = 0; i < 200000; i++) printf "abcdefghijklmnopqrstuvwxyz" }' >long.json
(bounded && oc-ingest --preset nse-option-chain long.json) | wc -l
