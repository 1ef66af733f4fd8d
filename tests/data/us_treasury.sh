# US Treasury par curves in three forms: rows, dates, maturities that came later, what was not published.
. "$TOP/tests/data/facts.bash"
sample us_treasury
for f in "$DIR"/*.csv*; do
    printf '%s: ' "$(basename "$f" .zst)"
    oc-ingest --preset us-treasury "$f" --stats stats.json >curve.csv
    lines=$(grep -o '"rows_in":[0-9]*' stats.json | tr -dc 0-9)
    facts '
        { day[substr($c["ts"], 1, 10)] = 1; if (NR == 2) first = $c["ts"]; last = $c["ts"]; t = $c["tenor"]; n[t]++; r = $c["par_rate"]
          if (r != "") { have[t]++; sum[t] += r; if (t == "10Y" && r > high) { high = r; when = substr($c["ts"], 1, 10) } }
          later += before != "" && $c["ts"] > before; before = $c["ts"]; f[$c["frequency"]] = 1; c1[$c["curve"]] = 1 }
        END { for (d in day) days++; for (x in f) fs = fs x; for (x in c1) cs = cs x
              printf "'"$lines"' lines, %d days with rates %s..%s, later than the one before %d, %s, frequency %s;", days, first, last, later, cs, fs
              printf " missing: 1M %d, 2M %d, 4M %d, 30Y %d;", '"$lines"' - have["1M"], '"$lines"' - have["2M"], '"$lines"' - have["4M"], '"$lines"' - have["30Y"]
              printf " 10Y highest %s on %s, mean %.7f\n", high, when, sum["10Y"] / have["10Y"] }' <curve.csv
done
# a maturity that was not published makes no record, nor does the line of 2010-10-11, a holiday
oc-ingest --preset us-treasury "$DIR/par_yield_1990-.csv.zst" | tee curve.csv | awk -F, 'NR > 1 { n[$3]++ } END { for (t in n) printf "%s %d\n", t, n[t] }' | sort -V
grep -c 2010-10-11 curve.csv
oc-ingest --preset us-treasury "$DIR/par_yield_2022-10.csv" | facts '$c["tenor"] == "4M" && $c["par_rate"] != "" { print "4M on", substr($c["ts"], 1, 10) }'
