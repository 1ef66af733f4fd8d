# What --provenance wrote is verified; a byte changed is status 4; a file that is gone is status 1; pipes are named.
cp "$TOP/testdata/spx_synthetic.csv" in.csv
oc-ingest --preset cboe-quotedata in.csv -o chain.csv --provenance run.json
oc verify run.json
echo "status $?"
printf ' ' >>chain.csv
oc verify run.json | cut -d: -f1
echo "status ${PIPESTATUS[0]}"
rm chain.csv
oc verify run.json
echo "status $?"
oc-ingest --preset cboe-quotedata --provenance run.json <in.csv | cat >/dev/null
oc verify run.json
echo "status $?"
oc verify in.csv
echo "status $?"
# a side input is an input
printf 'type,strike,forward,years,iv\nC,100,100,0.5,0.2\n' >c.csv
printf 'curve,years,zero_rate\nUSD,1,0.04\n' >curve.csv
oc-price c.csv --curve curve.csv --provenance price.json -o priced.csv && oc verify price.json
echo 'USD,2,0.05' >>curve.csv
oc verify price.json
echo "status $?"
