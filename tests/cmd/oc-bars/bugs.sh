# What went wrong elsewhere.
tick() { printf '%s\n' ts,symbol,price,size,tick_id "$@"; }
echo "## a brick's volume-weighted price lies in the brick: the tick that completes it belongs to the next"
tick 2026-11-20T14:30:00Z,A,100,10,1 2026-11-20T14:30:01Z,A,99.5,1000,2 2026-11-20T14:30:02Z,A,103.7,500,3 2026-11-20T14:30:03Z,A,101.6,7,4 |
    oc-bars --renko 1 --keep open,high,low,close,volume,vwap,trades,complete
echo "## imbalance is counted in sizes: ten times the sizes and ten times the limit are the same bars, and 0.5 is half a unit, no ratio"
tick 2026-11-20T14:30:00Z,A,10,3,1 2026-11-20T14:30:01Z,A,11,4,2 2026-11-20T14:30:02Z,A,10,2,3 2026-11-20T14:30:03Z,A,9,9,4 >t.csv
oc-bars --volume-imbalance 4 --keep ts,trades,complete t.csv
awk -F, -v OFS=, 'NR > 1 { $4 *= 10 } 1' t.csv | oc-bars --volume-imbalance 40 --keep ts,trades,complete
oc-bars --volume-imbalance 0.5 --keep interval,ts,trades,complete t.csv
echo "## a size of 0: a price and a trade, no weight; alone, no weighted price"
tick 2026-11-20T14:30:00Z,A,10,0,1 2026-11-20T14:30:01Z,A,12,0,2 2026-11-20T14:31:01Z,A,11,5,3 2026-11-20T14:31:01Z,A,15,0,3 | oc-bars --every 1m --volume 5 --keep interval,ts,high,volume,vwap,trades,complete
echo "## one id twice: ids are not looked at"
tick 2026-11-20T14:30:00Z,A,10,5,7 2026-11-20T14:30:00Z,A,10,5,7 2026-11-20T14:30:00Z,A,11,5,7 | oc-bars --every 1m --keep volume,trades
echo "## a size that is not known: nor is the volume; kinds that need it refuse"
tick 2026-11-20T14:30:00Z,A,10,5,1 2026-11-20T14:30:01Z,A,10,,2 2026-11-20T14:31:00Z,A,10,5,3 >t.csv
oc-bars --every 1m --keep volume,vwap,buy_volume,trades t.csv
oc-bars --volume 5 t.csv
echo "## $?"
echo "## ten times 0.1 is 1; a range of 0.1 is one from 10.3 to 10.4; two prices of one instant"
for i in 0 1 2 3 4 5 6 7 8 9; do [ $i = 0 ] && tick; echo "2026-11-20T14:30:0${i}Z,A,0.1,0.1,$i"; done | oc-bars --tick 10 --keep volume,dollar_volume,vwap
tick 2026-11-20T14:30:00Z,A,10.3,1,1 2026-11-20T14:30:00Z,A,10.4,1,2 2026-11-20T14:30:00Z,A,10.3,1,3 2026-11-20T14:30:00Z,A,10.4,1,4 | oc-bars --range 0.1 --keep ts,end_ts,open,close
echo "## prices below 0"
tick 2020-04-20T18:00:00Z,CL,0.01,10,1 2020-04-20T18:08:00Z,CL,-37.63,20,2 2020-04-20T18:09:00Z,CL,-13.1,5,3 | oc-bars --every 1d --renko 30 --keep interval,open,high,low,close,volume,vwap,dollar_volume
