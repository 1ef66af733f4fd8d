# The reader goes away: death by SIGPIPE, without a message.
"$BUILD_DIR/gen/chain" 100000 >big.csv
oc-cat big.csv | head -n 1
echo "csv: ${PIPESTATUS[*]}"
oc-cat -O arrow big.csv | head -c 8 | wc -c
echo "arrow: ${PIPESTATUS[0]}"
