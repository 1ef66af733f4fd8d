# alone
# A row written into a live pipe comes out within 50 ms: the median of 20 (one may meet a busy machine).
"$BUILD_DIR/gen/chain" 100 >chain.csv
for command in "oc-cat" "oc-price --model bsm --rate 4% --dividend-yield 1%" \
    "oc-cat -O arrow | oc-price --model bsm --rate 4% --dividend-yield 1% | oc-cat -O csv"; do
    "$BUILD_DIR/bench/latency" chain.csv 20 "$command" >out 2>err
    awk -v status=$? '{ print status, ($3 < 50.0 ? "within 50 ms" : $0) } END { if (!NR) print status, "no answer" }' out
done
