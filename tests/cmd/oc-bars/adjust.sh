# Splits, dividends, and what looks like one.
printf '%s\n' ts,symbol,interval,open,high,low,close,volume 2026-06-01T13:30Z,A,1d,98,101,97,100,1000 2026-06-02T13:30Z,A,1d,97,99,96,98,1000 \
    2026-06-03T13:30Z,A,1d,49,50,48,49.5,2000 2026-06-04T13:30Z,A,1d,50,51,49,50,2000 2026-06-05T13:30Z,A,1d,49,50,49,49.6,2000 >t.csv
printf '%s\n' symbol,ex_date,dividend_type,proportion,amount A,2026-06-05,cash,,0.5 A,2026-06-03,split,2, B,2026-06-02,split,3, >d.csv
day="--every 1d --calendar XNYS --keep ts,open,close,volume"
echo "## 100 and 98 are halved; all before the 5th is 1 - 0.5 / 50 of itself"
oc-bars $day --adjust d.csv t.csv
oc-bars $day,adj_factor --adjust d.csv --adjust-as factor t.csv
echo "## the same of ticks, and bars over the dates"
printf '%s\n' ts,symbol,price,size 2026-06-02T15:00Z,A,98,10 2026-06-03T15:00Z,A,49.5,20 2026-06-04T15:00Z,A,50,20 2026-06-05T15:00Z,A,49.6,20 >k.csv
oc-bars --every 1d,1w --calendar XNYS --adjust d.csv --keep interval,open,high,low,close,volume,vwap k.csv
echo "## proportion needs no close, so a pipe will do"
printf '%s\n' symbol,ex_date,dividend_type,proportion A,2026-06-05,cash,0.01 A,2026-06-03,stock,1 >p.csv
oc-bars $day --adjust p.csv <t.csv
echo "## jumps: found in raw prices, not in adjusted ones"
oc-bars --every 1w --detect-jumps j.csv t.csv >/dev/null
cat j.csv
oc-bars --every 1w --adjust d.csv --detect-jumps j.csv t.csv >/dev/null
cat j.csv
echo "## refused"
try() { oc-bars "$@"; echo "status $?"; }
try --every 1d --adjust d.csv <t.csv
try --every 1w --calendar XNYS --adjust d.csv --adjust-as factor t.csv
try --every 1d --adjust d.csv --state s t.csv
try --every 1d --adjust-as factor t.csv
printf '%s\n' symbol,ex_date,dividend_type,proportion,amount A,2026-06-03,split,, >x.csv
try --every 1d --adjust x.csv t.csv
printf '%s\n' symbol,ex_date,dividend_type,proportion,amount A,2026-06-05,cash,,51 >x.csv
try --every 1d --adjust x.csv t.csv
printf '%s\n' symbol,ex_date,dividend_type,proportion,amount A,2026-06-05,cash,,1 A,2026-06-05,split,2, >x.csv
try --every 1d --adjust x.csv t.csv
echo "## a close is what was traded: not of --price mid, nor of rows that --where leaves out, nor of quotes"
printf '%s\n' symbol,ex_date,dividend_type,amount A,2026-06-05,cash,2 >x.csv
printf '%s\n' ts,symbol,event,price,bid,ask 2026-06-04T14:30:00Z,A,trade,100,99,101 2026-06-04T14:31:00Z,A,quote,50,99,101 2026-06-05T14:30:00Z,A,trade,98,98,99 >q.csv
try --every 1d --adjust x.csv --price mid q.csv
try --every 1d --adjust x.csv --where 'price > 60' q.csv
try --every 1d --adjust x.csv --keep ts,close q.csv
