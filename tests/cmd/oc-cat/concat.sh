# Several inputs: put in order by name; other columns, other types and other kinds are refused.
h='ts,symbol,expiry,type,strike,bid'
r='2026-01-05T15:00:00Z,SPX,2026-06-19,C'
printf '%s\n%s,5000,1\n' "$h" "$r" >a.csv
printf 'best_bid,ts,underlying,expiration,right,strike_price\n2,2026-01-05T15:00:00Z,SPX,2026-06-19,P,5100\n' >b.csv
printf '%s,ask\n%s,5000,1,2\n' "$h" "$r" >c.csv
oc-cat a.csv b.csv
echo; oc-cat a.csv b.csv a.csv -O arrow | oc-cat - b.csv -O csv
oc-cat a.csv c.csv >out; echo "status $?"; cat out
oc-cat c.csv a.csv >out; echo "status $?"
oc-cat a.csv missing.csv >out; echo "status $?"
cat a.csv | oc-cat - b.csv -k strike
