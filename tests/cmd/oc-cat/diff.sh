# diff: rows by the kind's key in any order, cells by value; status 4 and a summary where they differ.
cat >a.csv <<'E'
ts,symbol,expiry,type,strike,bid,ask,note
2026-01-05T15:00:00Z,SPX,2026-06-19,C,5000,1.50,2,x
2026-01-05T15:00:00Z,SPX,2026-06-19,P,5000,1.25,3,y
2026-01-05T15:00:00Z,SPX,2026-06-19,C,5100,,4,771.60
2026-01-05T15:00:00Z,SPX,2026-06-19,P,5100,1,5,z
E
run() { oc-cat diff "$@"; echo "status $?"; }
# the same in another order of rows and columns, with other spellings
cat >b.csv <<'E'
note,strike,ask,bid,type,expiration,underlying,timestamp
z,5100.0,5e0,1,put,2026-06-19,SPX,2026-01-05T10:00:00-05:00
y,5000,3,1.250,PE,2026-06-19,SPX,2026-01-05T10:00:00-05:00
771.6,5100,4,,Call,2026-06-19,SPX,2026-01-05T10:00:00-05:00
x,5000,2,1.5,C,2026-06-19,SPX,2026-01-05T10:00:00-05:00
E
echo '-- equal'; run a.csv b.csv
echo '-- cells'; sed 's/1.250/1.2500000001/;s/,4,,/,4,0,/;s/^x/w/' b.csv >c.csv; run a.csv c.csv
echo '-- as rows'; run a.csv c.csv -O csv
echo '-- rows'; sed '2s/5100/5200/;$d' b.csv >d.csv; run a.csv d.csv
echo '-- columns'; run -x note a.csv b.csv; oc-cat -x ask b.csv | oc-cat diff a.csv - ; echo "status $?"
echo '-- a key of ours'; run --key strike,type -k strike,type,bid a.csv b.csv
echo '-- by position'; run --key '' -k strike a.csv b.csv -O csv
echo '-- only some rows'; run -w 'strike == 5000' a.csv c.csv
echo '-- to a file'; run a.csv d.csv -o report; head -n 2 report
echo '-- mistakes'; run a.csv; run --key strik a.csv b.csv; run --key strike --key '' --tolerance x a.csv b.csv
run --tolerance bidd=1 a.csv b.csv; run a.csv b.csv -O jsonl; run - -; run --table a.csv b.csv
run a.csv b.csv --on-error na; run a.csv b.csv --stats s.json
