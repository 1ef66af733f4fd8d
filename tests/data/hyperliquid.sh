# Hyperliquid's fills: profits net of fees, by day, and the deepest fall.
. "$TOP/tests/data/series.bash"
sample hyperliquid
oc-ingest --preset hyperliquid-fills --tz UTC "$DIR/trades.csv.zst" >t.csv
sed -n '1,2p;$p' t.csv
series '{ n++; p = $c["pnl_net"]; pnl += p; fee += $c["fee"]; money += $c["notional"]; coin[$c["symbol"]] = 1; d = substr($1, 1, 10); day[d] += p
          if ($c["dir"] ~ /^Open/) { opens++; minus += p + $c["fee"] == 0 }
          if (pnl > top) top = pnl; if (top - pnl > fall) fall = top - pnl; t = secs($1); back += t < last; last = t }
        END { for (x in coin) coins++; for (x in day) { days++; if (worst == "" || day[x] < day[worst]) worst = x; if (best == "" || day[x] > day[best]) best = x }
              printf "%d fills, %d out of order, pnl_net %.6f, fees %.6f, notional %.2f, %d coins\n", n, back, pnl, fee, money, coins
              printf "%d days, worst %s %.6f, best %s %.6f, deepest fall %.4f\n", days, worst, day[worst], best, day[best], fall
              print minus " of " opens " openings have minus the fee" }' <t.csv
oc-ingest --preset hyperliquid-fills "$DIR/trades.csv.zst" <"$DIR/trades.csv.zst" 2>&1 | grep -o 'is a local time.*'
