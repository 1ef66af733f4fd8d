# Four weeks of half-hour bars of New York's regular session around the change of clocks: right, read as UTC, by Europe's clock.
make_rows() { # AWK-EXPRESSION of the instant, seconds
    for day in 2024-02-{26,27,28,29} 2024-03-01 2024-03-{04,05,06,07,08,11,12,13,14,15,18,19,20,21,22,25,26,27,28}; do
        for ((m = 570; m < 960; m += 30)); do
            printf '%s,X,30m,1,1,1,1\n' "$(TZ=$1 date -d "$day $((m / 60)):$((m % 60))" +%s)"
        done
    done
}
for zone in America/New_York UTC; do
    (echo ts,symbol,interval,open,high,low,close; make_rows $zone) >rows.csv
    oc-validate -q --ts-unit s --calendar XNYS rows.csv --only-checks 3 --checks checks.csv --hours regular -o /dev/null -O csv
    echo "-- made in $zone: status $?"
    oc-cat checks.csv --keep check,severity,symbol,ts,end_ts,value,count,message
done
echo "-- six hours behind Berlin, whose clock changes three weeks later"
(echo ts,symbol,interval,open,high,low,close; make_rows Europe/Berlin | awk -F, -v OFS=, '{ $1 += 6 * 3600; print }') >rows.csv
oc-validate -q --ts-unit s --calendar XNYS rows.csv --only-checks 3 --checks checks.csv -o /dev/null -O csv
oc-cat checks.csv --keep check,severity,symbol,ts,end_ts,value,count,message
