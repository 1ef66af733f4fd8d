# --where, --keep, --drop, and the errors that name what is wrong.
cat >a.csv <<'E'
ts,symbol,expiry,type,strike,bid,ask,venue
2026-01-05T15:00:00Z,SPX,2026-06-19,C,5000,1.50,2,X
2026-01-05T15:00:00Z,SPX,2026-06-19,put,5000,,3,7
2026-01-05T15:00:00Z,NDX,2026-07-17,C,20000,4,5,12
E
oc-cat -w 'type == P || symbol in (NDX)' a.csv
echo; oc-cat -w '!(bid > 2)' -k strike,bid a.csv
echo; oc-cat -w 'expiry < 2026-07-01 && ts == 2026-01-05T10:00-05:00' -x ts,venue a.csv -O arrow | oc-cat -O csv
echo; oc-cat -w 'num(venue) > 10' -k symbol a.csv --on-error skip --rejects bad.csv; echo "status $?"; cat bad.csv
for e in 'striek > 1' 'strike > ' 'symbol > 5' 'bid == null && ask'; do
    oc-cat -w "$e" a.csv; echo "status $?"
done
oc-cat -k strike,bidd a.csv; echo "status $?"
# threads and batches do not count
for i in {1..5000}; do sed -n 2,4p a.csv; done | cat <(head -n 1 a.csv) - >long.csv
oc-cat -w 'type == P || strike > 6000' long.csv | cksum >want
for o in -j2 '-j3 --batch-rows 7' '--batch-rows 1000'; do
    oc-cat $o -w 'type == P || strike > 6000' long.csv | cksum | cmp want - && echo "$o: the same bytes"
done
# lists of columns: a name twice, one that is not there
for o in '-k bid,bid' '-x bid,bid' '-x bidd' '--replace bidd' '-m iv=bidd'; do oc-cat $o a.csv; echo "$o: status $?"; done
