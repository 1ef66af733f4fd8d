# What the tests of series of bars and ticks share; a test reads it by `. "$TOP/tests/data/series.bash"`.
#
# bars        : of canonical CSV of bars: how many, first and last instant, extremes, sums (exact where a double is)
# gaps SECONDS: steps between rows that are longer, with both ends
# series AWK  : the program over canonical CSV, where c["bid"] is the number of the column bid and secs() counts an instant
# same A B    : two streams are equal in all columns that the second has, whatever the order of columns
. "$TOP/tests/data/facts.bash"

SECONDS_OF='function day_number(y, m, d) {
        y -= m <= 2
        return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d }
    function secs(t,  date) {
        date = day_number(substr(t, 1, 4) + 0, substr(t, 6, 2) + 0, substr(t, 9, 2) + 0)
        return date * 86400 + substr(t, 12, 2) * 3600 + substr(t, 15, 2) * 60 + substr(t, 18) }
    { sub(/\r$/, "") }
    NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }'

series() { awk -F, "$SECONDS_OF"' '"$1"; }

bars() {
    series '{ n++; t = secs($c["ts"]); back += n > 1 && t <= last; if (n == 1) first = $c["ts"]; last = t; end = $c["ts"]
          if (n == 1 || $c["high"] + 0 > high) high = $c["high"] + 0; if (n == 1 || $c["low"] + 0 < low) low = $c["low"] + 0
          if ("volume" in c && $c["volume"] != "") { sized++; volume += $c["volume"]; zero += $c["volume"] == 0 }
          if ("trades" in c) trades += $c["trades"]
          odd += $c["high"] + 0 < $c["low"] + 0 || $c["open"] + 0 > $c["high"] + 0 || $c["close"] + 0 < $c["low"] + 0 }
        END { printf "%d bars %s..%s, %d not after the one before, %d outside high and low, %.10g..%.10g", n, first, end, back, odd, low, high
              if (sized) printf ", volume %.14g, %d of volume 0", volume, zero
              if (trades) printf ", trades %.15g", trades
              print "" }'
}

gaps() {
    series '{ t = secs($c["ts"]); if (NR > 2 && t - last > '"$1"' + 1e-6) printf "%s %s %.6g\n", was, $c["ts"], t - last
              last = t; was = $c["ts"] }'
}

same() {
    oc-cat "$1" --keep "$(head -n 1 "$2" | tr -d '\r')" >same.a && oc-cat diff same.a "$2" >same.out
    echo "$? $(($(wc -l <"$2") - 1)) rows of $1 and $2"
}
