# What is no file for the preset, and what in it cannot be read, is told with file, line and cell.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
printf 'a,b\n1,2\n' >plain.csv
try oc-ingest --preset cboe-quotedata plain.csv
try oc-ingest --preset cboe-quotadata plain.csv
head -6 "$TOP/testdata/spx_synthetic.csv" >ok.csv
sed '6s/^[^,]*/Fri Feb 30 2024/' ok.csv >date.csv
try oc-ingest --preset cboe-quotedata date.csv --keep strike,type
try oc-ingest --preset cboe-quotedata date.csv --keep strike,type --on-error skip --rejects r.csv
cut -d, -f1-4 r.csv
sed '6s/,[A-Z0-9]*C[0-9]*,/,nonsense,/' ok.csv >symbol.csv
try oc-ingest --preset cboe-quotedata symbol.csv --keep strike,type
sed '3s/Date: .*M/Date: yesterday/' ok.csv >head.csv
try oc-ingest --preset cboe-quotedata head.csv
sed '4s/,Net/,Nett/' ok.csv >column.csv
try oc-ingest --preset cboe-quotedata column.csv
printf 'version 1\nkind quote\nheader x\ncolumn strike fron "K"\n' >bad.preset
try oc-ingest --preset ./bad.preset ok.csv
printf 'version 1\nkind quote\nheader x\ncolumn strike from "K"\ncolumn strike from "L"\n' >twice.preset
try oc-ingest --preset ./twice.preset ok.csv
