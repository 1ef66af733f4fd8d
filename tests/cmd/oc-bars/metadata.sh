# Figures by hand.
printf '%s\n' ts,symbol,event,price,size,bid,ask 2026-11-20T14:30:00Z,A,both,10.1,100,10.0,10.2 2026-11-20T14:30:10Z,A,quote,,,10.1,10.2 \
    2026-11-20T14:30:10Z,A,trade,10.2,50,, 2026-11-20T14:30:15Z,A,quote,,,10.2,10.2 2026-11-20T14:30:16Z,A,trade,10.15,30,, \
    2026-11-20T14:30:40Z,A,quote,,,10.3,10.2 2026-11-20T14:30:41Z,A,trade,10.3,20,, 2026-11-20T14:30:59.5Z,A,both,10.0,10,10.0,10.2 \
    2026-11-20T22:00:00Z,A,both,10.3,5,0,10.4 >t.csv
echo "## tier 1"
oc-bars --metadata 1 --calendar XNYS t.csv
echo "## tiers 2 and 3, one figure a line"
oc-bars --metadata 3 --vpin 50:2 --delay 5s --every 1m,1d -O jsonl t.csv | head -n 1 | tr ',' '\n'
echo "## by arithmetic: variance and bipower of 10.1 10.2 10.15 10.3 10.0; slope of the changes on +50 -30 +20 -10"
awk 'BEGIN { split("10.1 10.2 10.15 10.3 10", p, " "); split("0 50 -30 20 -10", x, " ")
    for (i = 2; i <= 5; i++) { r[i] = log(p[i] / p[i - 1]); v += r[i] ^ 2; if (i > 2) b += sqrt(r[i] ^ 2) * sqrt(r[i - 1] ^ 2)
        y = p[i] - p[i - 1]; n++; sx += x[i]; sy += y; sxx += x[i] ^ 2; sxy += x[i] * y }
    printf "%.12g %.12g %.12g\n", v, b * atan2(1, 1) * 2, (n * sxy - sx * sy) / (n * sxx - sx ^ 2) }'
echo "## quantiles: a hundred spreads of 0.01 to 1.00, in a shuffled order"
awk 'BEGIN { print "ts,symbol,price,size,bid,ask"; for (i = 0; i < 100; i++) { w = (i * 37) % 100 + 1
    printf "2026-11-20T14:30:%06.3fZ,A,100,1,%.3f,%.3f\n", i / 2, 100 - w / 200, 100 + w / 200 } }' |
    oc-bars --metadata 2 --every 1m --keep spread,spread_min,spread_p25,spread_p50,spread_p75,spread_p90,spread_p95,spread_p99,spread_max,quoted_ticks
echo "## VPIN: buckets of 100 filled by 250 bought and 50 sold; then 4,000 sold at once"
printf '%s\n' ts,symbol,price,size,side 2026-11-20T14:30:00Z,A,10,250,B 2026-11-20T14:30:01Z,A,10,50,S 2026-11-20T14:30:02Z,A,10,4000,S |
    oc-bars --metadata 3 --vpin 100:3 --tick 1 --keep trades,buy_volume,sell_volume,vpin
echo "## sizes that are all alike say nothing of impact, whatever 0.1 is in binary; nor do large ones lose it"
awk 'BEGIN { print "ts,symbol,price,size,side"; for (i = 0; i < 21; i++) printf "2026-11-20T14:30:%02dZ,A,%.2f,0.1,B\n", i, 100 + i * 7 % 5 / 100 }' | oc-bars --metadata 3 --every 1m --keep trades,kyle_lambda
awk 'BEGIN { print "ts,symbol,price,size,side"; for (i = 0; i < 21; i++) printf "2026-11-20T14:30:%02dZ,A,%d,%d,B\n", i, p += i % 3, 1e9 + i % 3 }' | oc-bars --metadata 3 --every 1m --keep trades,kyle_lambda
