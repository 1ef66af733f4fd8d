# A file that grows: rows leave as its lines come; rotation, cutting back, removal and signals end it as said.
cat >t.preset <<'P'
version 1
kind tick
fields t p
separator ";"
column ts from t time s
column price from p
P
wait_for() { # TEXT FILE: until the file holds it, 5 s at most
    for _ in $(seq 500); do grep -q "$1" "$2" 2>/dev/null && return; sleep 0.01; done
    echo "not there: $1"
}
start() { oc-ingest --follow "$@" >out 2>err & pid=$!; }
finish() { wait $pid; echo "status $?"; cat out; cat err; rm -f out err; }
echo '== lines as they come, an unfinished one not before its end, a signal'
printf '1;10\n' >a.txt
start --preset ./t.preset a.txt
wait_for ',10$' out
printf '2;20\n3;3' >>a.txt
wait_for ',20$' out
grep -c ',3' out
printf '0\n4;4' >>a.txt
wait_for ',30$' out
kill -TERM $pid
finish
echo '== removed'
start --preset ./t.preset a.txt
wait_for ',30$' out
rm a.txt
finish
echo '== rotated, with a header; cut back'
printf 'ts,symbol,price\n2024-01-02T10:00:00Z,A,1\n' >b.csv
start b.csv
wait_for ',1$' out
mv b.csv b.csv.1
printf 'ts,symbol,price\n2024-01-02T10:00:01Z,A,2\n2024-01-02T10:00:01.5Z,A,2.5\n' >b.csv
wait_for ',2.5$' out
printf 'ts,symbol,price\n2024-01-02T10:00:02Z,A,3\n' >new && cat new >b.csv
wait_for ',3$' out
printf '2024-01-02T10:00:03Z,A,4\n' >>b.csv
wait_for ',4$' out
kill -INT $pid
finish
echo '== the file that takes its place has another header; a malformed line'
printf 'ts,symbol,price\n2024-01-02T10:00:00Z,A,1\n' >b.csv
start b.csv
wait_for ',1$' out
printf 'symbol,ts,price\nA,2024-01-02T10:00:01Z,2\n' >n.csv && mv n.csv b.csv
finish
printf 'ts,symbol,price\n' >b.csv
start b.csv -O arrow -o b.arrow
printf '2024-01-02T10:00:00Z,A,1\nx,A,2\n' >>b.csv
finish
echo '== what cannot be followed'
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
gzip -c b.csv >c.csv.gz
try oc-ingest --follow c.csv.gz
try oc-ingest --follow a b
try oc-ingest --follow <b.csv
try oc-ingest --follow --preset nse-option-chain b.csv
mkfifo pipe
echo '== a pipe that stays open: the head is enough to begin'
printf 'ts,symbol,price\n2024-01-02T10:00:00Z,A,1\n' >b.csv
{ cat "$TOP/testdata/spx_synthetic.csv" | head -5; sleep 1; } | { oc-ingest --preset cboe-quotedata >out & wait_for ,C,4750 out; grep -c . out; wait; }
