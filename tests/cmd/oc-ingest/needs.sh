# Rows that do not say what they are of (no instant, no symbol, no contract) are malformed, with a preset and without; missing
# prices are not.  --on-error says what becomes of them; --ts is heeded or refused.
of() { { printf 'version 1\n'; cat; } >p.preset; }
try() { oc-ingest "$@" >out 2>err; s=$?; cat out; [ $s = 0 ] || { sed 's/"!oc: output cut$//' err; echo "status $s"; }; }
printf 'kind tick\nheader a,\ncolumn ts from a time "%%Y-%%m-%%dT%%H:%%M:%%SZ" none -\ncolumn symbol from b none x\ncolumn price from c\n' | of
t=2024-01-02T00:00:00Z
printf 'a,b,c\n%s,Y,\n%s,Y,1\n-,X,2\n%s,,3\n%s,  ,4\n%s,"",5\n%s,x,6\nbad,,7\n' $t $t $t $t $t $t >a.csv
p="--preset ./p.preset"
try $p --tz UTC a.csv
try $p --tz UTC a.csv --on-error na
try $p --tz UTC a.csv --on-error skip --rejects r.csv -j2 --batch-rows 1
cat r.csv
sed 's/-,X,2/,X,2/; s/^bad/NA/' a.csv >b.csv
echo "== without a preset"
try --kind tick -m ts=a,symbol=b,price=c b.csv
try --kind tick -m ts=a,symbol=b,price=c b.csv --on-error na
printf '{"ts":"%s","symbol":null,"price":1}\n' $t | try --kind tick
oc-cat --kind tick -m ts=a,symbol=b,price=c b.csv -O arrow | try --kind tick --on-error na -O csv
echo "== a contract, by its terms or by its symbol"
printf 'kind quote\nheader e,\ncolumn ts option\ncolumn symbol text X\ncolumn expiry from e\ncolumn type from t\ncolumn strike from k\ncolumn contract_symbol from o\n' | of
printf 'e,t,k,o\n,,,X240119C00100000\n2024-01-19,C,100,\n2024-01-19,C,NA,\n,C,100,\n' >c.csv
try $p --ts $t c.csv --on-error na
printf 'kind bar\nheader t,\ncolumn ts from t time s\ncolumn symbol from s\ncolumn interval text 1m\ncolumn open from c\ncolumn high from c\ncolumn low from c\ncolumn close from c\n' | of
printf 't,s,c\n60,X,1\n120,,2\n' | try $p
echo "== a preset that finds the time in the file needs no --ts"
printf 't,s,c\n60,X,1\n' | try $p --ts $t
try --kind tick -m ts=a,symbol=b,price=c b.csv --ts $t
