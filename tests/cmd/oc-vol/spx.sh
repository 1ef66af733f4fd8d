# The raw SPX chains of Cboe: forwards of every expiry, and how many of the vendor's volatilities agree within 0.002 with ours
# once they are used.  The chain of 2022-06-10 is Friday's close, downloaded on Saturday.
DIR=$SHARED/data/cboe_quotedata
[ -d "$DIR" ] || { echo "skip spx: no $DIR"; exit 0; }
# In rows of oc-price: quotes with a forward and a vendor's volatility; the same with a bid; out of the money with a bid.
agree() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        $c["vendor_iv"] == "" || $c["forward"] == "" { next }
        { d = $c["iv"] - $c["vendor_iv"]; ok = $c["iv"] != "" && d <= 0.002 && d >= -0.002; bid = $c["bid"] > 0
          otm = ($c["type"] == "C") == ($c["strike"] >= $c["forward"])
          n[1]++; k[1] += ok; n[2] += bid; k[2] += ok * bid; n[3] += bid * otm; k[3] += ok * bid * otm }
        END { printf "all %d of %d, with a bid %d of %d, out of the money with a bid %d of %d (%.1f %%)\n", k[1], n[1], k[2], n[2],
              k[3], n[3], 100 * k[3] / n[3] }'
}
export TS=2022-06-10T20:15:00Z
oc-ingest --preset cboe-quotedata "$DIR/spx_2022-06-10.csv.zst" --drop ts | tee close.csv | oc-vol forward --ts $TS |
    oc-price --iv --ts $TS | agree
oc-vol forward --ts $TS --table close.csv --float sig:6 --keep curve,date,forward,zero_rate,forward_low,forward_high,pairs,outliers,status
oc-ingest --preset cboe-quotedata "$DIR/spx_2022-07-12_1155.csv.zst" | tee day.csv | oc-vol forward | oc-price --iv | agree
oc-vol forward --table day.csv --keep status,outliers | sort | uniq -c
