# It counts wins and draws by the ratio, where the amounts of its draws are 5e-6.
# freqtrade: 179 closed trades, 48 won, 9 lost, 122 draws, first opening to last closing, and the sum that the result states itself.
f=$SHARED/data/freqtrade/backtest-result.json
[ -e "$f" ] || { echo "skip freqtrade: no sample data"; exit 0; }
oc-ingest --preset freqtrade "$f" >a.csv
head -n 1 a.csv
awk -F, 'NR > 1 { n++; w += $10 > 1e-9; l += $10 < -1e-9; d += $10 <= 1e-9 && $10 >= -1e-9; p += $9; if (o == "" || $6 < o) o = $6; if ($1 > c) c = $1 }
    END { printf "%d trades, %d won, %d lost, %d draws, %s to %s, sum %.10f\n", n, w, l, d, o, c, p }' a.csv
grep -o '"profit_total_abs":[^,]*' "$f" | tail -n 1
