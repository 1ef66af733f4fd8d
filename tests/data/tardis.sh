# Tardis.dev: microseconds of two clocks; asks stand before bids.
. "$TOP/tests/data/series.bash"
sample tardis
oc-ingest --preset tardis-trades "$DIR/bitmex_trades_XBTUSD.csv" >t.csv
sed -n '1,2p' t.csv
series '{ n++; a += $c["size"]; early += secs($c["recv_ts"]) < secs($c["ts"]) } END { print n " trades, amount " a ", " early " received before they were made" }' <t.csv
sed -n '1,2p' "$DIR/huobi-dm-swap_quotes_BTC-USD.csv"
oc-ingest --preset tardis-quotes "$DIR/huobi-dm-swap_quotes_BTC-USD.csv" >q.csv
sed -n '1,2p' q.csv
series '{ n++; crossed += $c["ask"] <= $c["bid"] } END { print n " quotes, " crossed + 0 " with ask <= bid" }' <q.csv
oc-ingest --preset tardis-book "$DIR/binance-futures_book_snapshot_5_BTCUSDT.csv" >b.csv
series '{ n++; for (i = 2; i <= 5; i++) { a = "ask" (i > 2 ? i - 1 : ""); b = "bid" (i > 2 ? i - 1 : ""); up += $c["ask" i] > $c[a]; down += $c["bid" i] < $c[b] } }
    END { print n " snapshots, " up " asks above, " down " bids below the level before" }' <b.csv
