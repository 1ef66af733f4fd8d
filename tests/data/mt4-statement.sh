# MetaTrader 4's statement: 130 closed trades, 125 bought and 5 sold; profit, commission and swap, whose sum is the broker's own Total
# Net Profit; 98 trades with a profit after costs and 32 without, as the statement counts; profit factor and maximal drawdown too.
f=$SHARED/data/mt4_statement/DetailedStatement_2017-10_demo.htm
[ -e "$f" ] || { echo "skip mt4: no sample data"; exit 0; }
oc-ingest --preset mt4-statement --tz Europe/Athens "$f" >a.csv
head -n 1 a.csv
awk -F, 'NR > 1 { n[$3]++; p += $10; c += $11; s += $13; x = sprintf("%.2f", $10 - $11 - $12 + $13) + 0; if (x >= 0) { w++; g += x } else { l++; h -= x } if ($10 > 0) raw++ }
    END { printf "%d bought %d sold, profit %.2f commission %.2f swap %.2f net %.2f\n", n["B"], n["S"], p, -c, s, p - c + s
          printf "%d with a profit, %d without (gross %d)\ngross profit %.2f, gross loss %.2f, profit factor %.2f\n", w, l, raw, g, h, g / h }' a.csv
# in the order of their closing, as the broker sums them
(head -n 1 a.csv; tail -n +2 a.csv | sort -s -t, -k1,1) | awk -F, 'NR > 1 { eq += $10 - $11 - $12 + $13; if (eq > top) top = eq; if (top - eq > dd) { dd = top - eq; at = 500 + top } }
    END { printf "maximal drawdown %.2f (%.2f%%)\n", dd, 100 * dd / at }'
echo "the broker says:"
sed 's/<[^>]*>/ /g; s/&nbsp;//g' "$f" | tr -s ' \n\r' ' ' | grep -oE '(Total Net Profit|Gross Profit|Gross Loss|Profit Factor|Maximal Drawdown|Total Trades|Profit Trades [^:]*|Loss trades [^:]*): [0-9.]+( \([0-9.]+%\))?'
oc-ingest --preset mt4-statement <"$f"
head -c 60000 "$f" | oc-ingest --preset mt4-statement --tz Europe/Athens >/dev/null
