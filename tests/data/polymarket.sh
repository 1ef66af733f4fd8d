# Polymarket: levels of the book of one game, one side of it a row, and own orders.
. "$TOP/tests/data/series.bash"
sample polymarket
oc-ingest --preset polymarket-events "$DIR"/*events.csv.zst >e.csv
sed -n '1,2p;$p' e.csv
series '{ n++; kind[$c["event"]]++; asset[$c["symbol"]] = 1; p = ($c["bid"] $c["ask"]) + 0; if (lo == "" || p < lo) lo = p; if (p > hi) hi = p
          gone += ($c["bid_size"] $c["ask_size"]) + 0 == 0; both += $c["bid"] != "" && $c["ask"] != ""; t = secs($1); back += t < last; last = t
          if (length($c["symbol"]) > digits) digits = length($c["symbol"]) }
        END { for (a in asset) assets++; printf "%d rows, %d price_change, %d book, %d assets of up to %d digits, prices %.2f..%.2f, %d of size 0, %d with both sides, %d out of order\n",
              n, kind["price_change"], kind["book"], assets, digits, lo, hi, gone, both, back }' <e.csv
oc-ingest --preset polymarket-orders "$DIR"/*orders.csv >o.csv
sed -n '1,2p' o.csv
series '{ n++; side[$c["side"]]++ } END { print n " orders, " side["B"] " of them bids" }' <o.csv
