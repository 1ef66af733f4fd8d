# ICICI Breeze: minutes of NIFTY futures, 17 sessions of 375 bars and the hour of Diwali.
. "$TOP/tests/data/series.bash"
sample icici_breeze
oc-ingest --preset icici-breeze "$DIR"/*.csv.zst >b.csv
sed -n '1,2p;$p' b.csv
bars <b.csv
# sessions by the clock of India, five hours and a half before UTC
awk -F, 'NR > 1 { h = substr($1, 12, 2) * 60 + substr($1, 15, 2) + 330; d = substr($1, 1, 10); n[d]++
             t = sprintf("%02d:%02d", h / 60, h % 60); if (n[d] == 1) from[d] = t; to[d] = t }
         END { for (d in n) print n[d] " bars " from[d] ".." to[d] (n[d] == 375 ? "" : " on " d) }' b.csv | sort | uniq -c
# a bar's symbol is its contract: other programs take the text as bars
oc-bars --every 1d --tz Asia/Kolkata b.csv --keep symbol,ts,volume | sed -n '2p;$p'
