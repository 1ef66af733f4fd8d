# Shards of a run make up its bytes; what does not belong together is refused by name.
cp "$TOP/testdata/trades.csv" log.csv
log=log.csv
args='--block 10 --paths 20000 --ruin 3% --rule profit_target=6% --rule max_drawdown=2.5%'
oc-mc trades $args -o whole.csv "$log"
part() { oc-mc trades $args --shard "$1" -o "$2" "$log"; }
for i in 1 2 3; do part $i/3 a$i.arrows; done
oc-mc merge a3.arrows a1.arrows a2.arrows -o got.csv && cmp whole.csv got.csv && echo "three parts, out of order: same"
for i in $(seq 64); do part $i/64 b$i.arrows; done
oc-mc merge b*.arrows | cmp whole.csv - && echo "64 parts of five blocks: same"
oc-mc trades $args --shard 2/3 -o piped.arrows <"$log"
(cd "$(mktemp -d)" && oc-mc merge "$OLDPWD"/a1.arrows "$OLDPWD"/a2.arrows "$OLDPWD"/a3.arrows) | cmp whole.csv - && echo "elsewhere: same"
oc-mc merge -O arrow a1.arrows a2.arrows a3.arrows >m.arrows && oc-mc trades $args -O arrow "$log" >w.arrows && cmp m.arrows w.arrows && echo "as Arrow: same"

echo "-- added to an earlier run"
oc-mc trades ${args/20000/8192} --shard 1/1 -o early.arrows "$log"
oc-mc trades $args --after 8192 --shard 1/2 -o late1.arrows "$log"
oc-mc trades $args --after 8192 --shard 2/2 -o late2.arrows "$log"
oc-mc merge early.arrows late2.arrows late1.arrows | cmp whole.csv - && echo same
oc-mc trades ${args/20000/9000} --shard 1/1 -o odd.arrows "$log"
try() { echo "-- $*" >&2; "$@" >out; echo "status $?" >&2; }
try oc-mc merge odd.arrows late1.arrows late2.arrows
try oc-mc trades $args --after 100 --shard 1/1 -o x.arrows "$log"

echo "-- refused"
try oc-mc merge a1.arrows a3.arrows
try oc-mc merge a1.arrows a2.arrows a3.arrows a2.arrows
cmp out whole.csv
part 1/2 half.arrows
try oc-mc merge half.arrows a2.arrows a3.arrows
oc-mc trades $args --seed 2 --shard 2/3 -o seed.arrows "$log"
try oc-mc merge a1.arrows seed.arrows a3.arrows
sed 's/^T007,/X007,/' "$log" >other.csv
oc-mc trades $args --shard 2/3 -o other.arrows other.csv
try oc-mc merge a1.arrows other.arrows a3.arrows
try oc-mc merge whole.csv a1.arrows
head -c 3000 a2.arrows >cut.arrows
try oc-mc merge a1.arrows cut.arrows a3.arrows
try oc-mc merge --seed 3 a1.arrows a2.arrows a3.arrows
try part 4/3 x.arrows
try part 0/3 x.arrows
try oc-mc trades --block 10 --shard 1/3 -o x.arrows "$log"
try oc-mc trades $args --shard 1/3 -O csv "$log"
try part 1/3 a1.arrows
exit 0
