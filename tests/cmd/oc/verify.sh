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
