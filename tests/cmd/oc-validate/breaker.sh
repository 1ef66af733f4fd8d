# Bands: each level of the price once a session, from the close of the session before; volume and spread by their past.
{   echo ts,symbol,price,size,bid,ask
    echo 2024-07-01T19:59:00Z,A,100,10,99.99,100.01
    echo 2024-07-02T13:30:00Z,A,99,10,98.99,99.01
    echo 2024-07-02T13:31:00Z,A,93.1,10,93.09,93.11
    echo 2024-07-02T13:32:00Z,A,93,10,92.99,93.01             # 7 %: 15 minutes
    echo 2024-07-02T13:48:00Z,A,92,10,91.99,92.01
    echo 2024-07-02T14:00:00Z,A,87,10,86.99,87.01             # 13 %
    echo 2024-07-02T14:40:00Z,A,80,10,79.99,80.01             # 20 %
    for i in {10..49}; do echo "2024-07-02T15:$i:00Z,A,80,10,79.99,80.01"; done
    echo 2024-07-02T15:50:00Z,A,80,31,79.99,80.01             # 3.1 times the volume
    echo 2024-07-02T15:51:00Z,A,80,60,79.99,80.01             # 5.6 times by now
    echo 2024-07-02T15:52:00Z,A,80,10,79.75,80.25             # 25 times the spread
    echo 2024-07-03T13:30:00Z,A,86,10,85.99,86.01             # 7.5 % up from 80
} | sed 's/ *#.*//' >ticks.csv
oc-validate -q --breaker --calendar XNYS --skip 1,3 ticks.csv --checks checks.csv --gaps gaps.csv -o /dev/null -O csv; echo "status $?"
oc-cat checks.csv --where 'tier == 5' --keep check,severity,band,symbol,ts,end_ts,value,limit,count,message
echo "-- a gap under a halt is a halt"
grep halt gaps.csv
echo "-- half the levels"
oc-validate -q --breaker --calendar XNYS --skip 1,3 --set breaker_price=3.5% ticks.csv --checks checks.csv -o /dev/null -O csv
oc-cat checks.csv --where 'check == "breaker_price"' --keep ts,value,limit,count
