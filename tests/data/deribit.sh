# Deribit: order books flattened into CSV (Greeks in a dict or in columns), the summary of a currency, trades of one option.
. "$TOP/tests/data/facts.bash"
sample deribit
book() {
    oc-ingest --preset deribit-book-csv "$1" | facts '
        { name[$c["contract_symbol"]]++; day[$c["expiry"]] = 1; side[$c["type"]]++; oi += $c["open_interest"]; nobid += $c["bid"] + 0 == 0
          noask += $c["ask"] == ""; v = $c["vendor_iv"] * 100; if (NR == 2 || v < low) low = v; if (v > high) high = v
          if (NR == 2 || $c["ts"] < first) first = $c["ts"]; if ($c["ts"] > last) last = $c["ts"]; inverse += $c["inverse"] == "true" }
        END { for (x in name) { names++; twice += name[x] == 2 } for (d in day) days++
              printf "%d rows, %d instruments (%d twice), %d calls, %d expiries, oi %.1f, mark iv %.2f..%.2f %%, without bid %d, without ask %d, in coin %d\n",
                  NR - 1, names, twice, side["C"], days, oi, low, high, nobid, noask, inverse
              print first, last }'
}
book "$DIR/btc_book_2020-05-21.csv"
book "$DIR/btc_book_2021-02-11.csv"
oc-ingest --preset deribit-summary-csv "$DIR/eth_summary_2024-01-08.csv" | facts '
    { side[$c["type"]]++; day[$c["expiry"]] = 1; oi += $c["open_interest"]; nobid += $c["bid"] == ""; noask += $c["ask"] == "" }
    END { for (d in day) days++; printf "%d instruments, %d calls, %d expiries, oi %d, without bid %d, without ask %d, %s\n", NR - 1, side["C"],
          days, oi, nobid, noask, $c["ts"] }'
oc-ingest --preset deribit-trades-csv "$DIR/BTC-28JUN24-70000-C_trades.csv.zst" | facts '
    { side[$c["side"]]++; amount += $c["size"]; block += $c["block_trade_id"] != ""; liquidated += $c["liquidation"] != ""; symbol[$c["symbol"]]++
      seq = $c["seq"]; if (NR == 2) first = seq; else { missing += before - seq - 1; back += seq >= before } before = seq }
    END { for (s in symbol) print s; printf "%d trades, seq %d..%d, %d missing, %d out of order, amount %.1f, %d sells, %d buys, %d block, %d liquidations\n",
          NR - 1, first, seq, missing, back, amount, side["S"], side["B"], block, liquidated }'
# marks are what Black (1976) says of mark_iv on the forward, in coins at the forward: within a tick of 0.0005
oc-ingest --preset deribit-book-csv "$DIR/btc_book_2020-05-21.csv" | oc-price --model black76 --vol-from vendor_iv -m spot=index_price | facts '
    { d = $c["price"] * $c["spot"] / $c["forward"] - $c["mark"]; if (d < 0) d = -d; near += d <= 0.0005; if (d > most) most = d; ok += $c["status"] == "ok" }
    END { printf "%d of %d priced, marks within 0.0005: %d, the farthest %.5f\n", ok, NR - 1, near, most }'
# a contract that settles in dollars is not in coin; an unknown one is refused
head -n 2 "$DIR/btc_book_2021-02-11.csv" | sed '2s/BTC-13FEB21-37500-C/SOL_USDC-13FEB21-37D5-C/' |
    oc-ingest --preset deribit-book-csv --keep contract_symbol,symbol,strike,inverse
head -n 2 "$DIR/btc_book_2021-02-11.csv" | sed '2s/BTC-13FEB21-37500-C/DOGE-13FEB21-37500-C/' | oc-ingest --preset deribit-book-csv --keep strike
