# OptionStratLib: two columns named Delta, the expiry and the spot in the name of the file alone, empty cells.
. "$TOP/tests/data/facts.bash"
sample optionstratlib
f=$DIR/SP500-18-oct-2024-5781.88.csv
oc-ingest --preset optionstratlib-csv --ts 2024-10-17T20:00:00Z "$f" >chain.csv
facts '{ n[$c["type"]]++; k = $c["strike"]; if (NR == 2 || k < low) low = k; if (k > high) high = k; delta[$c["vendor_delta"]]++
         gamma[$c["vendor_gamma"]]++; iv += $c["vendor_iv"] == ""; none += $c["bid"] == ""; vol += $c["volume"] == ""; v = $c["vendor_iv"]
         if (v != "" && (v > top)) top = v }
    END { printf "%d calls, %d puts, strikes %d..%d, spot %s, expiry %s, delta 0.5 on %d, gamma 0.5 on %d, no iv %d, no bid %d, no volume %d, highest iv %s\n",
          n["C"], n["P"], low, high, $c["spot"], $c["expiry"], delta["0.5"], gamma["0.5"], iv, none, vol, top }' <chain.csv
oc-ingest --preset optionstratlib-csv --ts 2024-10-17T20:00:00Z <"$f" | tail -n 1
