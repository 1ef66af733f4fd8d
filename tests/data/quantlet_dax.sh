# DAX options of three files of Härdle's group: their prices and implied volatilities against Black-Scholes.
. "$TOP/tests/data/facts.bash"
sample quantlet_dax
oc-ingest --preset quantlet-volsurf "$DIR/volsurfdata2.dat" | oc-price --model bsm --iv --price-from price --suffix _bs | facts '
    { side[$c["type"]]++; years[$c["years"]] = 1; spot[$c["spot"]] = 1; v = $c["iv_bs"]; sum += v; if (NR == 2) one = v
      if (NR == 2 || v < low) low = v; if (v > high) high = v; y = $c["years"]; if (NR == 2 || y < y0) y0 = y; if (y > y1) y1 = y }
    END { for (y in years) n++; for (s in spot) spots = spots " " s
          printf "%d rows, %d calls, %d puts, spot%s, %d maturities %.6f..%.6f, iv %.4f..%.4f, mean %.5f, first %.6f\n", NR - 1, side["C"],
              side["P"], spots, n, y0, y1, low, high, sum / (NR - 1), one }'
oc-ingest --preset quantlet-january "$DIR/JanuaryData.dat" | oc-price --model bsm -m iv=vendor_iv --suffix _bs | facts '
    { d = $c["price_bs"] - $c["price"]; if (d < 0) d = -d; if (d > most) most = d; v += $c["volume"]; day[substr($c["ts"], 1, 10)]++ }
    END { for (d in day) days = days " " d; printf "%d trades of%s, volume %d, priced within %.4f\n", NR - 1, days, v, most }'
oc-ingest --preset quantlet-xfg "$DIR/XFGData9701.dat.zst" | oc-price --model bsm --iv --price-from price --suffix _bs | facts '
    { d = $c["iv_bs"] - $c["vendor_iv"]; if (d < 0) d = -d; if (NR <= 401 && d > early) early = d; if (d > most) most = d
      none += $c["iv_bs"] == ""; day[$c["quote_date"]] = 1 }
    END { for (x in day) { days++; if (!first || x < first) first = x; if (x > last) last = x }
          printf "%d rows, %d days %s..%s, without iv %d, iv within %.5f (first 400), %.5f\n", NR - 1, days, first, last, none, early, most }'
