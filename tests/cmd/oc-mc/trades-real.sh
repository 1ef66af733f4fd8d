# Real logs: the sums and drawdowns that were computed independently of this program.
if [ ! -d "$SHARED/data/hyperliquid" ]; then echo "skip trades-real: no ../shared/data"; exit 0; fi
facts() { oc-mc trades "$@" --block 20 --paths 1000 -w 'source == observed && stat in (trades, pnl_net, max_drawdown_abs, win_rate)' -k stat,value --float sig:10; }

# 6,822 fills, closedPnl 546,974.750471 net of fees, deepest fall 102,163.7461; times DD/MM/YYYY - HH:MM:SS
zstd -dc "$SHARED/data/hyperliquid/trades.csv.zst" |
    awk -F, 'NR == 1 { print "ts,symbol,side,quantity,price,pnl_net"; next }
        { split($1, a, /[^0-9]+/); printf "%s-%s-%sT%s:%s:%sZ,%s,%s,%s,%s,%s\n", a[3], a[2], a[1], a[4], a[5], a[6], $2, $3 ~ /Long/ ? "B" : "S", $5, $4, $8 }' |
    facts --initial-balance 1000000
# 19,260 closed trades, 18,754 wins (.9737), -480,430 pips, drawdown 667,970 pips
zstd -dc "$SHARED/data/grid_bot/EURUSD_10pips_trades.csv.zst" | facts --initial-balance 1000000 --map ts=close_time,pnl_net=pips
# 130 closed trades, 98 wins net of costs by the broker, who counts one of exactly 0 (97: .7462), 24.17 in all, maximal drawdown 64.01; the broker's HTML
awk 'BEGIN { RS = "<tr"; print "ts,symbol,side,quantity,price,pnl,fee,swap" }
     { n = split($0, c, "<td[^>]*>"); for (i = 2; i <= n; i++) sub("</td>.*", "", c[i])
       if (n == 15 && (c[4] == "buy" || c[4] == "sell") && c[10] ~ /^20/) {
           gsub(/\./, "-", c[10]); sub(" ", "T", c[10]); gsub(/ /, "", c[15])
           printf "%sZ,%s,%s,%s,%s,%s,%s,%s\n", c[10], c[6], c[4] == "buy" ? "B" : "S", c[5], c[11], c[15], -c[12], c[14] } }' \
    "$SHARED/data/mt4_statement/DetailedStatement_2017-10_demo.htm" | facts --initial-balance 500
# 179 closed trades, 0.0010419030 BTC, drawdown 0.0002 (the file counts trades that gained next to nothing as draws)
node -e '
const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
console.log("ts,open_ts,symbol,side,quantity,price,pnl_net");
for (const s of Object.values(r.strategy)) for (const t of s.trades)
    console.log([t.close_timestamp, t.open_timestamp, t.pair, "B", t.amount, t.close_rate, t.profit_abs].join(","));
' "$SHARED/data/freqtrade/backtest-result.json" | facts --initial-balance 0.01 --ts-unit ms
