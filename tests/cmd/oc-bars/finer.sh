# Bars of bars.
printf '%s\n' ts,symbol,interval,open,high,low,close,volume,vwap,trades,buy_volume,sell_volume 2026-11-20T14:30Z,A,1m,10,11,9,10.5,100,10.2,4,60,40 \
    2026-11-20T14:31Z,A,1m,10.5,10.6,10.4,10.6,50,10.5,2,10,30 2026-11-20T14:34Z,A,1m,10.6,12,10.6,12,1,12,1,1,0 2026-11-20T14:35Z,A,1m,12,12,12,12,0,,0,0,0 \
    2026-11-20T14:36Z,A,1m,12,12.5,12,12,,12.2,,5,5 >m.csv
oc-bars --every 1m,5m,1h m.csv
echo "## what is closed by its last part is complete; a part that is not makes none"
head -n 4 m.csv | oc-bars --every 5m --keep ts,close,complete
sed '1s/$/,complete/; 2,$s/$/,true/; 3s/true/false/' m.csv | oc-bars --every 5m --keep ts,close,complete
echo "## ticks to minutes to fives are ticks to fives"
awk 'BEGIN { s = 3; print "ts,symbol,price,size"; for (i = 0; i < 2000; i++) { s = (s * 16807) % 2147483647; t += s % 900; p += s % 5 - 2
    printf "2026-11-20T%02d:%02d:%02d.%03dZ,A,%.2f,%d\n", 14 + t / 3600000, t / 60000 % 60, t / 1000 % 60, t % 1000, 100 + p / 100, s % 300 } }' >t.csv
oc-bars --every 5m,1h t.csv >direct.csv
oc-bars --every 1m t.csv | oc-bars --every 5m,1h >twice.csv
# the last minute is open, and so is what is made of it
sort direct.csv | cmp - <(sort twice.csv) && echo same
echo "## cut with a state"
oc-bars --every 1m t.csv >m1.csv
head -n 8 m1.csv | oc-bars --every 5m,1h --state s >a.csv
{ head -n 1 m1.csv; tail -n +9 m1.csv; } | oc-bars --every 5m,1h --state s --last | tail -n +2 >>a.csv
oc-bars --every 5m,1h m1.csv | cmp - a.csv && echo same
echo "## --interval where the file has none; no symbol"
printf '%s\n' ts,open,high,low,close 2026-11-20,1,2,1,2 2026-11-21,2,3,2,3 | oc-bars --kind bar --tz UTC --at 00:00@UTC --interval 1d --every 1w
echo "## refused"
refused() { oc-bars "$@"; echo "status $?"; }
refused --tick 10 m.csv
refused --every 1s m.csv
refused --every 90s m.csv
refused --every 5m --metadata 2 m.csv
refused --every 5m --price mid m.csv
sed '3s/1m/5m/' m.csv | refused --every 1h
sed '3s/1m/tick:5/' m.csv | refused --every 1h
sed '3s/14:31/14:30/' m.csv | refused --every 1h
sed '1s/$/,end_ts/; 2,$s/$/,2026-11-20T14:36:30Z/' m.csv | refused --every 5m
