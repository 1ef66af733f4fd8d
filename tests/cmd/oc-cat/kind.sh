# Which kind a CSV file holds: by its marks, by --kind, or an error that says what the nearest kind lacks.
cat >bars.csv <<'E'
timestamp,symbol,o,h,l,c,v
2026-01-05T15:00:00Z,SPY,1,2,0.5,1.5,100
E
oc-cat bars.csv
printf 'strike,price,volume\n1,2,3\n' | oc-cat -k strike; echo "status $?"
printf 'open,high,low\n1,2,3\n' | oc-cat; echo "status $?"
printf 'a,b\n1,2\n' | oc-cat; echo "status $?"
printf 'a,b\n1,2\n' | oc-cat --kind tick; echo "status $?"
printf 'strike,type,bid,vol\n1,C,2,3\n' | oc-cat; echo "status $?"
printf 'strike,type,bid,vol\n1,C,2,33\n' | oc-cat -m 'iv=vol*0.01' -O arrow | oc-cat -O csv
printf 'strike,type,bid,implied_volatility\n1,C,2,33\n' | oc-cat -O arrow >out; echo "status $?"
printf 'a,b\n1,2\n' | oc-cat --kind ticks; echo "status $?"
oc-cat bars.csv -o bars.arrows && oc-cat --columns bars.arrows
