# Trades with a stop, in batches of 100.
awk 'BEGIN { print "ts,symbol,side,quantity,price,stop,target,equity"
    for (i = 0; i < 250; i++) {
        row = sprintf("2024-07-02T14:%02d:%02dZ,A,B,1,100,99,103,10000", i / 60, i % 60)
        if (i == 10) sub(",99,", ",101,", row)                  # the stop above a purchase
        if (i == 110) sub(",B,", ",S,", row)                    # a sale with both on the wrong side
        if (i == 120) sub(",99,", ",80,", row)                  # 20 % away
        if (i == 130) sub(",99,", ",99.999,", row)              # nothing away
        if (i == 210) sub(",103,", ",100.5,", row)              # half the risk
        if (i == 220) sub(",1,100", ",300,100", row)            # 3 % of equity
        if (i == 230) sub(",1,100", ",-1,100", row)             # quantity
        if (i == 240) sub(",99,", ",,", row)                    # no stop: no signal
        print row
    } }' >signals.csv
oc-validate signals.csv --checks checks.csv -o good.csv; echo "status $?, $(wc -l <good.csv) lines"
oc-cat checks.csv --keep check,severity,line,row_key,value,limit,count,rows,message | grep -E '^check,|signals,|,"?(stop|target|the target|quantity|300)'
