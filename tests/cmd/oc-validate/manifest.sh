# A manifest counts the files beside the output, and `oc verify` makes them again elsewhere.
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n2024-07-02T14:30:01Z,A,-1\n2024-07-02T14:40:01Z,A,1\n' >t.csv
oc-validate -q t.csv --calendar XNYS --checks c.csv --gaps g.csv --rejects r.csv --manifest m.json -o out.csv
echo "status $?"
grep -E '"(option|name)"' m.json
grep -c 'checks=' m.json
sha256sum c.csv g.csv >before
oc verify m.json; echo "status $?"
sha256sum -c before
echo changed >>c.csv
oc verify m.json; echo "status $?"
tail -1 c.csv
