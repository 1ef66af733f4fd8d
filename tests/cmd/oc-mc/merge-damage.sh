# A shard that was changed on its way is refused, wherever the change is; a shard may be given as often as one likes.
args='--method bootstrap --paths 9000'
log=$TOP/testdata/trades.csv
oc-mc trades $args -o whole.csv "$log"
for i in 1 2; do oc-mc trades $args --shard $i/2 -o $i.arrows "$log"; done
size=$(stat -c %s 2.arrows)
bad=0 tried=0
for k in $(seq 60); do
    at=$((size * (k - 1) / 60 + 3))
    cp 2.arrows x.arrows
    byte=$(od -An -tu1 -j $at -N 1 2.arrows)
    printf "\\x$(printf %x $((byte ^ 4)))" | dd of=x.arrows bs=1 seek=$at conv=notrunc status=none
    tried=$((tried + 1))
    if oc-mc merge 1.arrows x.arrows -o got.csv 2>err; then
        cmp -s whole.csv got.csv || { bad=$((bad + 1)); echo "byte $at of $size: another result"; }
    fi
    [ -s err ] || echo "byte $at: nothing said"
done
echo "$tried bytes, $bad accepted with another result"

echo "-- what it says of itself: another part, other totals, another layout"
for change in 's|2/2 after 0 of 9000|1/2 after 0 of 9000|' 's|2/2 after 0 of 9000|2/2 after 0 of 8000|' 's|bootstrap|bootstraq|'; do
    LC_ALL=C sed "$change" 2.arrows >x.arrows
    cmp -s 2.arrows x.arrows && echo "unchanged by $change"
    oc-mc merge 1.arrows x.arrows >got.csv
    echo "status $?"
done

echo "-- rewritten by oc-cat: whole it is what it was, in part it is refused"
oc-cat 2.arrows -O arrow -o y.arrows && oc-mc merge 1.arrows y.arrows -o got.csv && cmp whole.csv got.csv && echo same
oc-cat 2.arrows -w 'figure < 30000' -O arrow -o y.arrows
oc-mc merge 1.arrows y.arrows
echo "status $?"

echo "-- three times the same"
oc-mc merge 1.arrows 2.arrows 1.arrows 1.arrows -o got.csv && cmp whole.csv got.csv && echo same
oc-mc merge -q 2.arrows 2.arrows 2.arrows
echo "status $?"
