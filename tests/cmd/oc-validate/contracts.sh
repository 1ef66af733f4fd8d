# Contracts end: what is kept of them goes a week after their expiry, so memory does not grow with the days of a stream; a wrong
# instant far ahead ends none; what their weeks had to tell is told at the end; nothing depends on where batches end.
days() { # DAYS CONTRACTS : each day so many contracts that expire on the next, seven hours late on all days
    awk -v days="$1" -v m="$2" 'BEGIN {
        print "ts,symbol,expiry,strike,type,bid,ask"
        for (d = 0; d < days; d++)
            for (k = 1; k <= m; k++) print day(d) "T22:30:00Z,X," day(d + 1) "," k ",C,1,2"
    }
    function day(d) { return strftime("%Y-%m-%d", 1767571200 + 86400 * d) }' # 2026-01-05
}
peak() { grep -o '"peak_memory[a-z_]*": *[0-9]*' "$1" | grep -o '[0-9]*$'; }
days 30 2000 | oc-validate -q --stats few.json --breaker >/dev/null
days 120 2000 | oc-validate -q --stats many.json --breaker >/dev/null
# a sanitizer needs memory of its own
[[ $BUILD_DIR == *san* ]] && echo "memory stays" || awk -v a="$(peak few.json)" -v b="$(peak many.json)" 'BEGIN { print (a > 0 && b < 1.5 * a ? "memory stays" : "memory grows from " a " to " b) }'
# one contract a day of three weeks, and again when it is long over: a new instrument, so nothing is out of order
{
    days 21 1
    echo 2099-01-01T12:00:00Z,X,2099-01-01,1,C,1,2  # alone: ends nothing
    echo 2026-01-25T21:00:00Z,X,2026-01-26,1,C,1,2  # so this is out of order still
    echo 2026-02-25T21:00:00Z,X,2026-02-26,1,C,1,2
    echo 2026-02-25T22:00:00Z,X,2026-02-26,1,C,1,2  # two in a row: now all before are over
    echo 2026-01-25T21:00:00Z,X,2026-01-26,1,C,1,2
} >back.csv
oc-validate back.csv --checks c.csv >/dev/null
oc-cat c.csv --where 'check == "order"' --keep check,line,value,count
# hours that fit the sessions only when shifted, of contracts that end and of one that does not
awk 'BEGIN {
    print "ts,symbol,expiry,strike,type,bid,ask"
    for (d = 0; d < 40; d++) {
        t = 1767571200 + 86400 * d
        if (strftime("%u", t) > 5) continue
        monday = t - 86400 * (strftime("%u", t) - 1)
        for (s = 9.5; s < 16; s += 0.5) {
            now = strftime("%Y-%m-%dT%H:%M:%SZ", t + 3600 * s)
            print now ",X," strftime("%Y-%m-%d", monday + 5 * 86400) ",1,C,1,2"
            print now ",Y,2027-01-15,1,C,1,2"
        }
    }
}' >shifted.csv
for n in 1 7 100000; do
    oc-validate -q --calendar XCBO --only-checks 3 --samples all --batch-rows $n --checks c$n.csv shifted.csv >/dev/null
    cmp c1.csv c$n.csv
done
oc-cat c1.csv --where 'line > 0 || ts > "2000-01-01T00:00:00Z"' --keep check,symbol,ts,end_ts,value
