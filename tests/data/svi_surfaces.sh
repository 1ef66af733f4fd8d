# Points of a surface: log-moneyness becomes a strike on a forward of 1, and back.
. "$TOP/tests/data/facts.bash"
sample svi_surfaces
oc-ingest --preset svi-points --symbol SP "$DIR/SP.csv" >points.csv
facts '{ n[$c["years"]]++; v = $c["vendor_iv"]; if (NR == 2 || v < low) low = v; if (v > high) high = v
         d = log($c["strike"]) - $c["log_moneyness"]; if (d * d > most) most = d * d }
    END { for (y in n) { t++; if (n[y] != 37) print y, "has", n[y] }
          printf "%d points, %d maturities of 37 points, iv %.5f..%.5f, log strike within %.0e\n", NR - 1, t, low, high, sqrt(most) < 1e-15 ? 1e-15 : sqrt(most) }' <points.csv
# the volatility is what the price of a point, in units of the forward, implies
oc-price --model black76 -m iv=vendor_iv points.csv | sed '1s/,iv,/,given,/' | oc-price --model black76 --iv --price-from price --replace price,status | facts '
    { d = $c["iv"] - $c["given"]; if (d < 0) d = -d; if (d > most) most = d; ok += $c["iv"] != "" }
    END { printf "%d implied back within 1e-12: %s\n", ok, most < 1e-12 ? "yes" : most }'
