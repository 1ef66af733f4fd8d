# Bars on the clock and in sessions.
tick() { echo ts,symbol,price,size; for t; do echo "$t,A,10,1"; done; }
show() { oc-bars "$@" --keep interval,ts,end_ts,volume; }
echo "## the hour that comes twice: 2026-11-01 in New York, 4h bars of 5 hours; in spring 3"
tick 2026-11-01T03:59Z 2026-11-01T04:00Z 2026-11-01T05:30Z 2026-11-01T06:30Z 2026-11-01T08:59Z 2026-11-01T09:00Z | show --every 1h,4h,1d --tz America/New_York
tick 2026-03-08T06:59Z 2026-03-08T07:00Z 2026-03-08T07:59Z 2026-03-08T08:00Z | show --every 4h,1d --tz America/New_York
echo "## weeks begin on Monday"
tick 2026-11-15T23:59:59Z 2026-11-16T00:00Z 2026-11-22T23:00Z 2026-11-23T00:00Z | show --every 1w
echo "## before 1970, and on the edge of a bar"
tick 1969-12-31T23:59:59.999999999Z 1970-01-01T00:00Z | show --every 1m,1d
echo "## sessions: before, in and after one; a half day (2026-11-27); nothing is put into a bar of another part"
tick 2026-11-25T09:15Z 2026-11-25T14:29:59Z 2026-11-25T14:30Z 2026-11-25T20:59:59Z 2026-11-25T21:00Z 2026-11-27T14:30Z 2026-11-27T17:45Z 2026-11-27T18:05Z 2026-11-27T23:59Z >t.csv
oc-bars --every 1h,1d --calendar XNYS --keep interval,ts,end_ts,volume,session_part,complete t.csv
for hours in extended regular; do
    echo "## --hours $hours"
    oc-bars --every 1d --tick 100 --calendar XNYS --hours $hours --keep interval,ts,end_ts,volume,session_part t.csv
done
echo "## --align clock"
oc-bars --every 1h --align clock --calendar XNYS --keep ts,end_ts,volume,session_part t.csv
echo "## a session that opens the evening before is one day"
tick 2026-11-22T23:30Z 2026-11-23T15:00Z 2026-11-23T23:30Z | show --every 1d,1w --calendar CME_GLOBEX
echo "## --fill: in sessions only, flat at the last price"
tick 2026-11-25T20:00Z 2026-11-27T16:10Z >t.csv
oc-bars --every 30m,1d --fill --calendar XNYS --keep interval,ts,close,volume,vwap,trades t.csv
oc-bars --every 1d --fill --keep interval,ts,close,volume,vwap,trades t.csv
echo "## ... and not without end"
tick 2016-11-25T20:00Z 2026-11-27T16:10Z | oc-bars --every 1s --fill
echo "## $?"

echo "## lengths that do not fit the hour that comes twice, and half an hour of it: every tick in its bar, whichever others there are"
tick 2026-11-01T05:15Z 2026-11-01T05:45Z 2026-11-01T06:15Z 2026-11-01T06:45Z 2026-11-01T07:10Z | show --every 45m,90m --tz America/New_York
tick 2026-11-01T05:15Z 2026-11-01T06:15Z 2026-11-01T07:10Z | show --every 45m,90m --tz America/New_York
tick 2026-04-04T14:10Z 2026-04-04T14:50Z 2026-04-04T15:10Z 2026-04-04T15:40Z | show --every 1h,2h --tz Australia/Lord_Howe
tick 2026-03-08T06:50Z 2026-03-08T07:10Z 2026-03-08T07:50Z | show --every 72m --tz America/New_York
