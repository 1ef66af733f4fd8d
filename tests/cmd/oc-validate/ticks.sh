# Each check of a tick finds its row and no other; failed rows leave, warnings stay.  Comments name line and check.
awk 'BEGIN {
    print "ts,symbol,price,size,bid,ask,recv_ts"
    for (i = 0; i < 40; i++) {
        s = sprintf("2024-07-02T14:%02d:%02dZ", 30 + i / 60, i % 60)
        p = 100 + (i * 7 % 5) / 100
        row = sprintf("%s,A,%.2f,%d,%.2f,%.2f,%s", s, p, 10 + i, p - 0.01, p + 0.01, s)
        if (i == 5) row = s ",A,-1,10,99.99,100.01," s                    # 7: price
        if (i == 7) row = s ",A,100,-3,99.99,100.01," s                   # 9: size
        if (i == 9) row = s ",A,100,0,99.99,100.01," s                    # 11: zero_size
        if (i == 11) row = s ",A,100,5,100.02,100.01," s                  # 13: crossed
        if (i == 13) row = s ",A,100,5,100.01,100.01," s                  # 15: locked
        if (i == 15) row = s ",A,100,5,90,110," s                         # 17: spread
        if (i == 17) row = s ",A,100,5,99.99,100.01,2024-07-02T14:30:01Z" # 19: future
        if (i == 19) row = s ",A,100,5,99.99,100.01,2024-07-02T14:40:00Z" # 21: late
        if (i == 21) row = "2024-07-02T14:29:00Z,A,100,5,99.99,100.01,2024-07-02T14:29:00Z"  # 23: order
        if (i == 23) row = s ",A,1000,5,99.99,100.01," s                  # 25: outlier, unit
        if (i == 25) row = s ",A,103,5,102.99,103.01," s                  # 27: outlier
        if (i == 27) row = s ",A,,,,," s                                  # 29: required
        if (i == 29) row = s ",A,x,5,99.99,100.01," s                     # 31: unreadable
        if (i == 31) row = s ",A,100,5,99.99,," s                         # 33: one_sided
        print row
        if (i == 33) print row                                            # 36: duplicate
    }
    print "2024-07-04T15:00:00Z,A,100,5,99.99,100.01,2024-07-04T15:00:00Z"    # 43: session_holiday
    print "2024-07-05T10:00:00Z,A,100,5,99.99,100.01,2024-07-05T10:00:00Z"    # 44: session_pre
    print "2024-07-05T21:00:00Z,A,100,5,99.99,100.01,2024-07-05T21:00:00Z"    # 45: session_after
    print "2024-07-06T01:00:00Z,A,100,5,99.99,100.01,2024-07-06T01:00:00Z"    # 46: session_closed
    print "2024-07-06T01:00:01Z,A,106,5,105.99,106.01,2024-07-06T01:00:01Z"    # 47: a level that ten rows agree with, and one
    for (i = 2; i < 13; i++) printf "2024-07-06T01:00:%02dZ,A,106,%d,105.99,106.01,2024-07-06T01:00:%02dZ\n", i, i, i
}' >ticks.csv
oc-validate --calendar XNYS ticks.csv --checks checks.csv --gaps gaps.csv --rejects rejects.csv >good.csv
echo "status $?"
oc-cat checks.csv --where 'line > 0' --keep check,severity,tier,line,column,value,limit,message
echo "-- summary"
oc-cat checks.csv --where 'rows > 0' --keep check,severity,limit,count,rows
echo "-- rejects"
cut -d, -f2-4 rejects.csv
echo "-- gaps"
cat gaps.csv
echo "-- good: $(($(wc -l <good.csv) - 1)) of $(($(wc -l <ticks.csv) - 1))"
echo "-- dedup"
oc-validate -q --dedup --only-checks duplicate ticks.csv --on-error na | wc -l
