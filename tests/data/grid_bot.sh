# A grid back-test: wins, losses, pips and the deepest fall are those of the author's own summary.
. "$TOP/tests/data/series.bash"
sample grid_bot
oc-ingest --preset grid-bot-trades "$DIR/EURUSD_10pips_trades.csv.zst" >t.csv
sed -n '1,2p;$p' t.csv
series '{ n++; o[$c["outcome"]]++; s += $c["pips"]; if (s > top) top = s; if (top - s > fall) fall = top - s }
    END { printf "%d trades, %d wins, %d losses, %.1f pips, deepest fall %.1f\n", n, o["win"], o["loss"], s, fall }' <t.csv
cut -d, -f1,9-11,13,15 "$DIR/summary.csv" | head -n 2
wc -l <"$DIR/summary.csv"
