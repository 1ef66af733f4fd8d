# What options and inputs lack is told before a row is written.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
printf 'ts,symbol,expiry,type,strike,bid,ask,forward\n2024-06-03T14:30:00Z,SPX,2024-06-21,C,5000,1,2,5001\n' >q.csv
try oc-vol
try oc-vol forwards q.csv
try oc-vol forward --method vix q.csv
try oc-vol forward --method vix --rate 1% --from executable q.csv
try oc-vol forward --max-outliers 150% q.csv
try oc-vol forward --min-pairs 2 q.csv
try oc-vol forward --min-pairs 0 --rate 1% q.csv
try oc-vol forward --method vix --rate 1% --max-outliers 10% q.csv
sed '2p; 2s/,C,/,P,/' q.csv >pair.csv
try oc-vol forward --method vix --rate 1% --table --keep pairs,status pair.csv
try oc-vol forward --method vix --rate 1% --min-pairs 2 --table --keep pairs,status pair.csv
try oc-vol forward q.csv
try oc-vol forward q.csv --suffix _parity
try oc-vol forward --drop forward q.csv --replace forward
cut -d, -f1-5,7 q.csv >nobid.csv
try oc-vol forward nobid.csv
cut -d, -f2-7 q.csv >nots.csv
try oc-vol forward nots.csv
try oc-vol forward --ts 2024-06-03T14:30Z nots.csv
try oc-vol forward --rate 1% --curve q.csv q.csv
head -n 1 q.csv | cut -d, -f1-7 >none.csv
try oc-vol forward none.csv
try oc-vol forward --table none.csv
