# --tolerance: plain, abs, rel, ulp, by column; a missing value is never within one.
cat >a.csv <<'E'
contract_id,strike,type,years,price,iv
a,100,C,1,100,0.2
b,100,C,1,1e-9,0.3
c,100,C,1,0.1,0.4
d,100,C,1,,0.5
E
cat >b.csv <<'E'
contract_id,strike,type,years,price,iv
a,100,C,1,100.0000001,0.2
b,100,C,1,2e-9,0.3
c,100,C,1,0.10000000000000002,0.4
d,100,C,1,0,0.5
E
for t in 0 1e-8 abs:1e-8 rel:1e-8 ulp:1 ulp:2 price=abs:1 iv=1 iv=1,ulp:2 price=abs:1e-8,price=rel:1e-8; do
    echo "$t: $(oc-cat diff a.csv b.csv --tolerance $t -O csv 2>/dev/null | cut -d , -f 3 | tail -n +2 | tr '\n' ' ')"
done
oc-cat diff a.csv b.csv -O csv
