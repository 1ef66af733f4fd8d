# HistoricalOptionData.com, level 3: a header of 22 names over records of 19 cells, and a leg of the VIX out of it.
. "$TOP/tests/data/facts.bash"
sample historicaloptiondata_l3
f=$DIR/L3_SPX_20240423.csv.zst
zstd -dc "$f" | awk -F, '{ n[NF]++ } END { print n[22], "line of 22 cells,", n[19], "of 19" }'
oc-ingest --preset historicaloptiondata-l3 "$f" >chain.csv
facts '{ n[substr($c["type"], 1, 1)]++; day[$c["expiry"]] = 1; v += $c["volume"]; oi += $c["open_interest"]; zero += $c["bid"] == 0; spot[$c["spot"]] = 1; ts[$c["ts"]] = 1 }
    END { for (d in day) days++; for (s in spot) spots = spots " " s; for (t in ts) all = all " " t
          printf "%d calls, %d puts, %d expiries, volume %d, oi %d, no bid %d, underlying%s, at%s\n", n["c"], n["p"], days, v, oi, zero, spots, all }' <chain.csv
oc-cat --where 'expiry == "2024-05-17"' chain.csv | variance "T=$(awk 'BEGIN { printf "%.17g", 34170 / 525600 }')" R=0.0545
# fewer cells than 19 are a cut line
zstd -dc "$f" | head -n 3 | head -c -20 | oc-ingest --preset historicaloptiondata-l3 --keep strike
forwards 2024-05-17 0.0545 <chain.csv
exit 0
