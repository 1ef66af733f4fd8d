# --raw gives rejected rows back byte for byte.
h='ts,symbol,expiry,type,strike,bid,ask'
printf '%s\n' "$h" '2026-01-05T15:00:00Z,SPX,2026-06-19,C,5000,x,2' '2026-01-05T15:00:00Z,"S""PX",2026-06-19,C,5000,1,2' \
    '2026-01-05T15:00:00Z,"S""P,X",2026-06-19,C,oops,1,2' 'ragged,"row' >a.csv
head -n 4 a.csv >b.csv
oc-cat --on-error skip --rejects bad.csv -w 'bid > 0 && strike > 0' b.csv; echo "status $?"
oc-cat --raw bad.csv | diff - <(sed -n '2p;4p' a.csv) && echo 'as they came'
oc-cat bad.csv -O arrow | oc-cat --raw | diff - <(sed -n '2p;4p' a.csv) && echo 'by way of Arrow too'
oc-cat --raw b.csv; echo "status $?"
oc-cat --raw --table bad.csv; echo "status $?"
