# --manifest of a shard and of a merge: both can be made again, and say what has changed.
cp "$TOP/testdata/trades.csv" .
for i in 1 2; do
    oc-mc trades --block 5 --paths 9000 --shard $i/2 -o $i.arrows --manifest shard$i.json trades.csv || exit 1
done
oc-mc merge 1.arrows 2.arrows -o all.csv --manifest all.json
for m in shard1 shard2 all; do oc verify $m.json; echo "status $?"; done
# another order of words is the same run
oc-mc --paths 9000 --shard 2/2 -o other.arrows --block 5 trades trades.csv 2>/dev/null
cmp 2.arrows other.arrows || oc-mc merge 1.arrows other.arrows >/dev/null 2>&1 || echo "another order of options is another run"
sed -i 's/T007/X007/' trades.csv
oc verify shard2.json 2>&1
echo "status $?"
cp other.arrows 2.arrows
oc verify all.json 2>&1
echo "status $?"
oc-mc trades --block 5 --paths 9000 --shard 1/2 -o 3.arrows --manifest m3.json <trades.csv
echo "status $?"
echo "--- a file of rules is an input"
cp "$TOP/testdata/trades.csv" .
echo 'max_drawdown = 5%' >own.rules
oc-mc trades --block 5 --paths 5000 --rules own.rules -o ruled.csv --manifest ruled.json trades.csv
oc verify ruled.json
echo 'max_drawdown = 4%' >own.rules
oc verify ruled.json 2>&1
echo "status $?"
