# What is refused, and how.
try() { oc-bars "$@"; echo "status $?"; }
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,10,5 2026-11-20T14:30:01Z,A,11,5 2026-11-20T14:30:00.5Z,A,12,5 2026-11-20T14:31:00Z,A,13,5 >t.csv
try t.csv
try --every 7m t.csv
try --every 1x t.csv
try --every 1m,60s t.csv
try --every 1m, t.csv
try --tick 0 t.csv
try --tick 1.5 t.csv
try --volume -1 t.csv
try --range 1e-16 t.csv
try --tick-imbalance 1.5 t.csv
try --tick-imbalance 1e18 t.csv
try --volume-imbalance ewma:0 t.csv
try --every 1m --align session t.csv
try --every 1m --last t.csv
try --every 1m --only 'price > 1' t.csv
try --every 1m --metadata 1 t.csv
try --metadata 4 t.csv
try --every 1m --metadata 2 --vpin 100 t.csv
try --every 1m --metadata 3 --vpin 100:0 t.csv
try --every 1m --price mid t.csv
try --every 1m --classify side t.csv
try --every 1m --interval 1m t.csv
echo "## a tick before the one before it: the bars until then, or the rest without it"
try --every 1s --tick 1 --keep interval,ts,close t.csv
try --every 1m --on-error skip --rejects r.csv --keep interval,ts,close,trades t.csv
cut -d, -f 2- r.csv
echo "## a cell that is no number, a size below 0, more decimals than can be added, a price of nothing"
sed '3s/,11,/,x,/; 4d' t.csv | try --every 1m
sed '3s/,5$/,-5/; 4d' t.csv | try --every 1m
sed '3s/,11,/,1.23456789012e-15,/; 4d' t.csv | try --every 1m
sed '3s/,11,/,,/; 4d' t.csv | try --every 1m
echo "## words that mean nothing here; days that the calendar does not know"
sed '1s/$/,side/; 2,$s/$/,buy/' t.csv | try --every 1m
sed '1s/$/,event/; 2,$s/$/,X/' t.csv | try --every 1m
sed 's/2026/2096/; 4d' t.csv | try --every 1m --calendar XNYS
echo "## without rows; without columns"
head -n 1 t.csv | try --every 1m
cut -d, -f 1,2,4 t.csv | try --every 1m
cut -d, -f 1,2,3 t.csv | try --volume 10
echo "## a sum that has no room"
sed '3s/,11,/,100000000000000000,/; 4d; 5s/,13,/,0.00000000000000000001,/' t.csv | try --every 1m
echo "## bricks without end"
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,1,5 2026-11-20T14:30:01Z,A,1000000000,5 | try --renko 0.01
echo "## ... the bars that other kinds and symbols have until there are written"
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,1,5 2026-11-20T14:30:00Z,B,1,5 2026-11-20T14:30:01Z,A,1.5,5 2026-11-20T14:30:02Z,A,1000000000,5 2026-11-20T14:30:03Z,B,2,5 >r.csv
try --renko 0.3 --tick 1 --keep symbol,interval,ts,close r.csv
try --renko 0.3 --tick 1 --keep symbol,interval,ts,close --batch-rows 1 r.csv
try --renko 0.3 --tick 1 --keep symbol,interval,ts,close --on-error skip --rejects r.out r.csv
echo "## a row of no symbol, of no instant: no bar is without it"
sed '4d; 3s/,A,/,,/' t.csv | try --every 1m
sed '4d; 3s/^[^,]*//' t.csv | try --metadata 1 --keep ts,symbol,price
printf '%s\n' symbol,interval,ts,open,high,low,close A,1m,2026-11-20T14:30:00Z,1,1,1,1 ,1m,2026-11-20T14:31:00Z,1,1,1,1 | try --every 5m
echo "## two paths of a simulation are not one stream; one of them is, and its bars say which"
printf '%s\n' run,path,ts,symbol,price,size r1,0,2026-11-20T14:30:00Z,A,10,5 r1,1,2026-11-20T14:30:00Z,A,20,5 r2,0,2026-11-20T14:30:00Z,A,30,5 r1,,2026-11-20T14:30:00Z,A,30,5 >r.csv
try --every 1m r.csv
try --every 1m --on-error skip --rejects r.out --keep run,path,symbol,close,trades r.csv
cut -d, -f 1-4 r.out
try --every 1m --where 'run == "r1" && path == 1' --keep run,path,symbol,close,trades r.csv
try --metadata 1 --keep run,path,price r.csv
