# Cboe's history of the VIX: its extremes, and the closes that other samples are checked against.
. "$TOP/tests/data/series.bash"
sample vix_history
oc-ingest --preset cboe-vix-history "$DIR/vix-daily.csv.zst" >b.csv
bars <b.csv
series '{ if ($c["close"] + 0 > top) { top = $c["close"] + 0; when = $1 }; if (least == "" || $c["close"] + 0 < least) { least = $c["close"] + 0; lw = $1 }
          if ($c["high"] + 0 > high) { high = $c["high"] + 0; hw = $1 } }
        END { print "highest close " top " " when ", highest high " high " " hw ", lowest close " least " " lw }' <b.csv
grep -E '^(2022-06-10|2022-07-12|2023-12-08|2024-04-23)' b.csv
