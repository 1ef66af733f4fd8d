# A write that the system refuses is status 1 with a message, for text and for Arrow, large and small.
"$BUILD_DIR/gen/chain" 20000 >big.csv
head -n 3 big.csv >small.csv
for input in small.csv big.csv; do
    for format in csv arrow jsonl; do
        oc-cat -O $format $input >/dev/full
        echo "$input $format: $?"
    done
done
