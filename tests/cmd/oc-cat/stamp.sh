# --ts gives records without ts one, and says so where they have it already.
printf 'symbol,expiry,type,strike,bid\nSPX,2026-06-19,C,5000,1\nSPX,2026-06-19,P,5000,2\n' >a.csv
oc-cat --ts 2026-01-05T15:00Z a.csv
oc-cat --ts '2026-01-05 10:00' --tz America/New_York a.csv -O arrow | oc-cat -k ts,type -O csv
oc-cat --ts 2026-01-05T15:00Z a.csv | oc-cat --ts 2026-01-05T15:00Z >out; echo "status $?, $(wc -c <out) bytes"
oc-cat --ts 2026-01-05 a.csv; echo "status $?"
oc-cat --ts 2026-01-05T15:00Z --table a.csv; echo "status $?"
