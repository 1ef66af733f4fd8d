# The file of --state: whole or not at all, and nobody else's.
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,10,5 2026-11-20T14:30:01Z,A,11,5 >a.csv
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:02Z,A,12,5 2026-11-20T14:31:02Z,B,7,5 >b.csv
try() { oc-bars "$@"; echo "status $?"; }
oc-bars --every 1m --state s a.csv
cp s good
head -n 5 s
echo "## it goes on"
oc-bars --every 1m --state s --last --keep symbol,open,close,volume,trades,complete b.csv
echo "## other bars, other options, another input"
cp good s
try --every 1m,5m --state s b.csv
try --every 1m --fill --state s b.csv
try --every 1m --calendar XNYS --state s b.csv
cut -d, -f 1-3 b.csv | try --every 1m --state s
echo "## damaged, cut, of another version, no state"
for cmd in '20s/./7/' '$d' '1s/2/1/' '1s/oc/xx/'; do
    sed "$cmd" good >s
    try --every 1m --state s b.csv
done
: >s
try --every 1m --state s b.csv
echo "## a run that fails leaves it as it was; so does one whose output cannot be written"
cp good s
sed 's/12/x/' b.csv | try --every 1m --state s
cmp s good && echo "as it was"
oc-bars --every 1m --state s b.csv >/dev/full
echo "status $?"
cmp s good && echo "as it was"
echo "## ticks of the next part before those of the last"
try --every 1m --state s a.csv
echo "## rejected rows do not stop it"
sed '3s/7/x/' b.csv | try --every 1m --state s --on-error skip --rejects r.csv
cmp -s s good || echo "it went on"
echo "## one run and path, in all parts"
printf '%s\n' run,path,ts,symbol,price,size r1,3,2026-11-20T14:30:00Z,A,10,5 >r.csv
rm s
oc-bars --every 1m --state s r.csv
try --every 1m --state s --last --keep run,path,trades r.csv
sed 's/r1,3/r1,4/' r.csv | try --every 1m --state s
sed 's/r1,3/r2,3/' r.csv | try --every 1m --state s
cut -d, -f 2- r.csv | try --every 1m --state s
