# An input that was cut is status 1 in every encoding, wherever the cut lies: never a silent success.
"$BUILD_DIR/gen/chain" 3000 >in.csv
zstd -q in.csv -o in.csv.zst
gzip -k in.csv
oc-cat -O arrow -o in.arrows in.csv
oc-cat -O arrow -o in.arrow in.csv
for f in in.csv.zst in.csv.gz in.arrows in.arrow; do
    size=$(stat -c %s $f)
    wrong=0
    for cut in 1 3 7 11 100 1000 $((size / 3)) $((size / 2)) $((size - 100)) $((size - 9)) $((size - 8)) $((size - 1)); do
        head -c $cut $f >cut.${f#in.}
        oc-cat -O csv cut.${f#in.} >out 2>err
        status=$?
        if [ $status -ne 1 ] && [ $status -ne 2 ] || [ ! -s err ]; then
            echo "$f cut at $cut: status $status, $(cat err)"
            wrong=1
        fi
        oc-cat -O csv <cut.${f#in.} >out 2>err
        status2=$?
        [ $status2 -eq $status ] || { echo "$f cut at $cut: on stdin status $status2, not $status"; wrong=1; }
    done
    echo "$f: $([ $wrong -eq 0 ] && echo every cut refused)"
done
# bytes behind the end of a compressed file
(cat in.csv.zst; echo x) >behind.csv.zst
oc-cat behind.csv.zst >out
echo "zstd with bytes behind: $?"
(cat in.csv.gz; echo x) >behind.csv.gz
oc-cat behind.csv.gz >out
echo "gzip with bytes behind: $?"
