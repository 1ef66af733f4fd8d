# TD Ameritrade's chain: 380 contracts as numberOfContracts says, all puts, 19 expiries, volume, open interest, 6 deltas NaN.
f=$SHARED/data/tda_schwab_json/msft_option_chain_2021-05-18.json.zst
[ -e "$f" ] || { echo "skip tda: no sample data"; exit 0; }
oc-ingest --preset tda-schwab --ts 2021-05-18T12:00:00Z "$f" >a.csv
head -n 1 a.csv
awk -F, 'NR > 1 { n[$6]++; e[$4]; v += $17; oi += $18; s[$19]; d += $21 == "" }
    END { for (t in n) print t, n[t]; for (x in s) print "spot", x; print length(e) " expiries, volume " v ", open interest " oi ", " d " without delta" }' a.csv
awk -F, 'NR > 1 { print $4 }' a.csv | sort | sed -n '1p;$p'
awk -F, 'NR > 1 { split($5, t, "T"); if (t[1] != $4) print "expiry " $4 " and " $5; if ($20 != "" && ($20 < 0.05 || $20 > 3)) print "IV " $20 }' a.csv
zstd -dcq "$f" | oc-ingest --preset tda-schwab
