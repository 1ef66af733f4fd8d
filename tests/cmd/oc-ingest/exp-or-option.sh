# `exp` and `or-option`: a strike of its log-moneyness; a column that the command line says where the file does not.
of() { { printf 'version 1\n'; cat; } >p.preset; }
try() { oc-ingest --preset ./p.preset "$@" >out 2>err; s=$?; cat out; [ $s = 0 ] || { sed 's/"!oc: output cut$//' err; echo "status $s"; }; }
printf 'kind quote\nheader k\ncolumn symbol from und ticker or-option\ncolumn vendor_k from k exp\ncolumn spot from k times 100 over 2 exp\ncolumn root from r or-option part "." 1\n' | of
printf 'k,ticker,r\n0,A,x.y\n-0.5,B,z\n0.0693147180559945309417,D,.\n,C,\n' >a.csv
try a.csv
try a.csv --symbol Q --set root=w.v
printf 'k,r\n0,x\n' >b.csv
try b.csv
try b.csv --symbol Q
printf 'k,und\n1,U\n' >c.csv
try c.csv
try c.csv --set root=R
try a.csv b.csv --keep symbol
printf 'k,ticker,r\n710,A,x\n' | try
printf 'k,ticker,r\nx,A,x\n' | try
oc-ingest --preset ./p.preset --show-map
oc-ingest --sniff --preset ./p.preset b.csv
