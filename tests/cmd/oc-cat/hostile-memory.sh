# Memory does not grow with the input: 1 GB (100 MB in the short run) through an address space of 256 MB.
# (a sanitizer reserves more address space than that: no bound then)
bounded() { [[ $BUILD_DIR == *san* ]] || ulimit -v 262144; }
rows=$([ -n "$OC_FULL" ] && echo 12500000 || echo 1250000)
"$BUILD_DIR/gen/chain" $rows | (bounded && oc-cat -O arrow) | (bounded && oc-cat -O csv) | tail -n +2 | wc -l |
    sed "s/^$rows$/every row/"
