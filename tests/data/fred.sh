# FRED's overnight rates: a point marks a holiday and is no rate; percent become fractions exactly.
. "$TOP/tests/data/facts.bash"
sample fred
count() {
    oc-ingest --preset "fred-$1" "$DIR/$2" | facts '
        { day = substr($c["ts"], 1, 10); if (NR == 2) first = day; last = day; if ($c["value"] == "") { none++; if (day == "2018-12-05") bush = 1 }
          if ($c["value"] > high) { high = $c["value"]; when = day } }
        END { printf "%s: %d weekdays %s..%s, %d without a rate%s, highest %s on %s\n", $c["stat"], NR - 1, first, last, none,
              bush ? " (2018-12-05 too)" : "", high, when }'
}
count sofr SOFR_2018-2020.csv
count effr EFFR_2015-2020.csv
