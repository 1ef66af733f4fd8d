# Gaps by class: the day's break, an early close, a weekend, a holiday, missing bars of each severity; days, ticks, stamps.
minutes() { # FROM TO SYMBOL
    local t end
    for ((t = $(date -ud "$1" +%s), end = $(date -ud "$2" +%s); t < end; t += 60)); do
        printf '%(%Y-%m-%dT%H:%M:00Z)T,%s,1m,10,10,10,10\n' $t "$3"
    done
}
{   echo ts,symbol,interval,open,high,low,close
    minutes 2024-07-02T13:30Z 2024-07-02T14:00Z A; minutes 2024-07-02T14:05Z 2024-07-02T15:00Z A  # 5 bars: low
    minutes 2024-07-02T15:30Z 2024-07-02T16:00Z A                   # 30: medium
    minutes 2024-07-02T18:00Z 2024-07-02T20:00Z A                   # 120: high
    minutes 2024-07-03T13:30Z 2024-07-03T17:00Z A                   # early close, then the 4th
    minutes 2024-07-05T13:30Z 2024-07-05T20:00Z A                   # behind the holiday; a weekend
    minutes 2024-07-08T13:30Z 2024-07-08T14:00Z A
    minutes 2024-07-10T13:30Z 2024-07-10T14:00Z A                   # the rest of the 8th and the 9th: critical
    minutes 2024-11-29T14:30Z 2024-11-29T18:00Z B
    minutes 2024-11-30T14:30Z 2024-11-30T14:31Z B                   # a Saturday: early close before a weekend
    minutes 2024-12-24T14:30Z 2024-12-24T18:00Z C
    minutes 2024-12-24T18:30Z 2024-12-24T18:31Z C                   # behind an early close
} >bars.csv
oc-validate -q bars.csv --calendar XNYS --only-checks gap --gaps gaps.csv --checks checks.csv -o /dev/null -O csv; echo "status $?"
cat gaps.csv
oc-cat checks.csv --where 'check == "gap"' --keep severity,symbol,ts,end_ts,value,message
echo "-- extended hours"
oc-validate -q bars.csv --hours extended --calendar XNYS --only-checks gap --gaps ext.csv -o /dev/null -O csv
sed -n 2,6p ext.csv
echo "-- days and weeks"
printf '%s\n' ts,symbol,interval,open,high,low,close 2024-07-01T00:00:00Z,D,1d,1,1,1,1 2024-07-03T00:00:00Z,D,1d,1,1,1,1 \
    2024-07-05T00:00:00Z,D,1d,1,1,1,1 2024-07-08T00:00:00Z,D,1d,1,1,1,1 2024-07-22T00:00:00Z,D,1d,1,1,1,1 \
    2024-07-01T00:00:00Z,W,1w,1,1,1,1 2024-07-08T00:00:00Z,W,1w,1,1,1,1 2024-07-29T00:00:00Z,W,1w,1,1,1,1 >days.csv
oc-validate -q days.csv --calendar XNYS --only-checks gap --gaps days.gaps -o /dev/null -O csv
cat days.gaps
echo "-- ticks, a limit of 30 s"
printf '%s\n' ts,symbol,price 2024-07-02T14:30:00Z,A,1 2024-07-02T14:30:30Z,A,1 2024-07-02T14:32:00Z,A,1 2024-07-03T13:30:00Z,A,1 |
    oc-validate -q --set gap=30 --calendar XNYS --only-checks gap --gaps ticks.csv -o /dev/null -O csv
cat ticks.csv
echo "-- stamped at the end: a bar of 16:00 is of the session, and lacks"
printf '%s\n' ts,symbol,interval,open,high,low,close 2024-07-02T19:59:00Z,E,1m,1,1,1,1 2024-07-03T13:30:00Z,E,1m,1,1,1,1 >end.csv
for stamp in start end; do
    oc-validate -q end.csv --stamp $stamp --calendar XNYS --only-checks gap --gaps end.gaps -o /dev/null -O csv
    sed -n 2p end.gaps
done
