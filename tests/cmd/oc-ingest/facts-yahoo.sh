# The same for Yahoo's chains as collectors keep them; the file does not say when it was taken.
DIR=$SHARED/data/yahoo_options
[ -d "$DIR" ] || { echo "skip facts-yahoo: no $DIR"; exit 0; }
count() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        { n[$c["type"]]++; day[$c["expiry"]] = 1; v += $c["volume"]; oi += $c["open_interest"]; none += $c["vendor_iv"] == ""
          empty += $c["volume"] == ""; crossed += $c["ask"] != "" && $c["ask"] + 0 < $c["bid"] + 0; ts = $c["ts"]; spot = $c["spot"] }
        END { for (d in day) days++; printf "%d C, %d P, %d expiries, volume %d, oi %d, no iv %d, no volume %d, crossed %d, spot %s, %s\n",
              n["C"], n["P"], days, v, oi, none, empty, crossed, spot, ts }'
}
for f in 2026-08-12/SPY.csv.gz 2026-08-12/IWM.csv.gz 2026-08-13/IWM.csv.gz AAPL_2026-02-11.csv.zst; do
    printf '%s: ' "$f"
    oc-ingest --preset yahoo-options --ts 2026-08-13T16:13:33Z "$DIR/$f" | count
done
cd "$DIR" && oc-ingest --preset yahoo-options 2026-08-12/IWM.csv.gz
