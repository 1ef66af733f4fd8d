# What --manifest wrote is run again: the same bytes, or the first difference; a changed input is told as such.
cp "$TOP/testdata/spx_synthetic.csv" spx.csv
oc-ingest --preset cboe-quotedata spx.csv -o chain.arrow --manifest ingest.json
oc-price chain.arrow --iv --rate 3.9% --dividend-yield 1.3% --where 'strike >= 5000 && strike < 5050 && expiry == 2026-12-18' \
    --keep strike,type,bid,ask,iv -j2 -q -Ocsv -o priced.csv --manifest price.json
oc verify ingest.json && oc verify price.json
echo "status $?"
echo "--- not a word of threads, outputs and messages"
sed -n '/arguments/,/]/p' price.json
echo "--- another rate than then: the line that differs; from Arrow too; and without what was written then"
sed 's/rate=3.9%/rate=4.9%/' price.json >other.json
oc verify other.json
echo "status $?"
oc-price chain.arrow --iv --rate 3.9% --dividend-yield 1.3% --where 'strike == 5000 && expiry == 2026-12-18' -o priced.arrow \
    --keep strike,type,iv,status --manifest arrow.json
oc verify arrow.json
sed 's/rate=3.9%/rate=4.9%/' arrow.json >other.json
oc verify other.json | sed 's/sha256.*/.../'
rm priced.arrow
oc verify arrow.json
oc verify other.json | sed 's/sha256.*/.../'
echo "--- rejected rows and status 3 are part of it"
printf 'type,strike,forward,years,iv\nC,100,100,0.5,0.2\nC,x,100,0.5,0.2\n' >bad.csv
oc-price bad.csv --rate 4% --on-error skip --rejects rejected.csv --manifest bad.json -o good.csv
oc verify bad.json
echo "status $?"
echo "--- an input that has changed, or is gone"
printf 'C,101,100,0.5,0.2\n' >>bad.csv
oc verify bad.json
echo "status $?"
rm bad.csv
oc verify bad.json
echo "status $?"
echo "--- pipes: the input comes again by a pipe"
head -5 priced.csv | oc-cat --keep type,strike --manifest pipe.json >/dev/null
head -5 priced.csv | oc verify pipe.json
echo "status $?"
head -4 priced.csv | oc verify pipe.json | sed 's/sha256.*/.../'
oc-cat -O arrow priced.csv --manifest no.json | cat >/dev/null
echo "status ${PIPESTATUS[0]}"
ls no.json
echo "--- from another folder: inputs lie beside the manifest; nothing is left behind"
mkdir -p elsewhere tmp
(cd elsewhere && TMPDIR=$PWD/../tmp oc verify ../price.json)
ls tmp elsewhere
echo "--- manifests that nobody wrote"
for change in 's/oc-price/sh/' 's/oc-price/oc-..\/sh/' 's/--rate=3.9%/--output=x/' 's/--rate=3.9%/-ox/' 's/"manifest": 1/"manifest": 2/' \
    's/"bytes": [0-9]*/"bytes": "1"/' 's/"arguments"/"argument"/' 's/--rate=3.9%/--no-where=x/'; do
    sed "$change" price.json >hostile.json
    oc verify hostile.json
    echo "status $?"
done
ls x 2>/dev/null
