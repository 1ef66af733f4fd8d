# NSE's option chain: 638 strike records, 10 expiries, 592 CE and 578 PE legs; open interest and volume of all expiries, and of the
# front one as NSE's own totals (filtered.CE, filtered.PE) state them; the same figures by -j, through a pipe, in Arrow.
f=$SHARED/data/nse_india/banknifty_option_chain_2023-05-03.json.zst
[ -e "$f" ] || { echo "skip nse: no sample data"; exit 0; }
oc-ingest --preset nse-option-chain "$f" >a.csv
sums() { awk -F, 'NR > 1 { n[$4]++; v[$4] += $11; oi[$4] += $12; e[$3]; k[$3 " " $5] }
    END { for (t in n) printf "%s rows %d volume %d open interest %d\n", t, n[t], v[t], oi[t] | "sort"; close("sort")
          print length(e) " expiries, " length(k) " strike records" }' "$@"; }
sums a.csv
echo "front expiry:"
awk -F, 'NR == 1 || $3 == "2023-05-04"' a.csv | sums
awk -F, 'NR > 1 { print $1, $2, $13 }' a.csv | sort -u
awk -F, 'NR > 1 && $14 == "" { n++ } NR > 1 && $14 != "" && ($14 <= 0 || $14 > 10) { bad++ } END { print n + 0 " without IV, " bad + 0 " beyond 0 to 10" }' a.csv
zstd -dcq "$f" | oc-ingest --preset nse-option-chain -j2 --batch-rows 10 | cmp - a.csv && echo "the same through a pipe"
oc-ingest --preset nse-option-chain -O arrow "$f" | oc-cat -O csv | awk 'END { print NR - 1 " rows in Arrow" }'
