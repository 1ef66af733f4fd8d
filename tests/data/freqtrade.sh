# It counts wins and draws by the ratio, where the amounts of its draws are 5e-6.
# freqtrade: 179 closed trades, 48 won, 9 lost, 122 draws, first opening to last closing, and the sum that the result states itself.
f=$SHARED/data/freqtrade/backtest-result.json
[ -e "$f" ] || { echo "skip freqtrade: no sample data"; exit 0; }
oc-ingest --preset freqtrade "$f" >a.csv
head -n 1 a.csv
awk -F, 'NR > 1 { n++; w += $10 > 1e-9; l += $10 < -1e-9; d += $10 <= 1e-9 && $10 >= -1e-9; p += $9; if (o == "" || $6 < o) o = $6; if ($1 > c) c = $1 }
    END { printf "%d trades, %d won, %d lost, %d draws, %s to %s, sum %.10f\n", n, w, l, d, o, c, p }' a.csv
grep -o '"profit_total_abs":[^,]*' "$f" | tail -n 1
# the deepest fall from a peak, of a balance that began with 0.01: trades closed in one instant count together
awk -F, 'NR > 1 { s[$1] += $9 } END { for (t in s) printf "%s %.17g\n", t, s[t] }' a.csv | sort |
    awk '{ b += $2; if (b > peak) peak = b; if (peak - b > fall) { fall = peak - b; share = fall / (0.01 + peak) } }
        END { printf "deepest fall %.4f, %.3f %% of the balance\n", fall, 100 * share }'
