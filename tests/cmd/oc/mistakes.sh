# Wrong usage is status 2, nothing on stdout, and a message that helps.
try() {
    "$@" >out
    echo "$*: $? $(wc -c <out)"
}
try oc
try oc prise
try oc ../oc-price
try oc --list
try oc -x
try oc list price
try oc columns quote bar
try oc verify
try oc cat --tabel in.csv
try oc-price --rte 5% in.csv
try oc-price --rate 5 in.csv
try oc-cat -j x in.csv
try oc-cat --output
try oc-cat --errors json --tabel in.csv
OC_PROGRESS=never OC_THREADS=many try oc-cat in.csv
oc-cat -O json </dev/null; echo "status $?"
