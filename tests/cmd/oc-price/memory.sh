# the peak of resident memory: 16 MB with one thread, and 4 MB for each thread that -j names
if [[ $BUILD_DIR == *san* ]]; then
    echo "skip cmd/oc-price/memory: a sanitizer needs memory of its own"
    exit
fi
"$BUILD_DIR/gen/chain" 300000 >in.csv
oc-cat -O arrow in.csv >in.arrows
for input in in.csv in.arrows; do
    for format in csv arrow; do
        for j in 1 2 4; do
            oc-price --iv --suffix _x --greeks all --rate 1% --dividend-yield 0 -j$j -O $format --stats stats.json $input | cat >/dev/null
            bytes=$(sed 's/.*"peak_memory_bytes":\([^,}]*\).*/\1/' stats.json)
            awk -v b="$bytes" -v j=$j -v what="$input $format -j$j" \
                'BEGIN { most = (16 + (j > 1 ? 4 * j : 0)) * 1048576; print what ": " (b > 0 && b <= most ? "within bounds" : b) }'
        done
    done
done
