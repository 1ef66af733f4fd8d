# Session lists and closings, counted as they are: no kind of record is a session of an exchange.  That the calendars of
# the tools have the same sessions and closings is shown by unit/market_calendar.
. "$TOP/tests/data/facts.bash"
sample exchange_calendars
hours() { # lengths of sessions
    zstd -dcf "$DIR/$1" | tr 'TZ:' '   ' | tr -d '-' | awk -F, 'NR > 1 { split($2, a, " "); split($3, b, " ")
        m = b[2] * 60 + b[3] - a[2] * 60 - a[3]; if (substr(a[1], 1, 8) != substr(b[1], 1, 8)) m += 1440; n[m / 60]++; y[substr($1, 1, 4)]++
        if (m == 210 && substr($1, 1, 4) ~ /201[345]/) early = early " " substr($1, 1, 8); if (NR == 2) first = substr($1, 1, 8); last = substr($1, 1, 8) }
        END { printf "%d sessions %s..%s, of 3.5 h %d, of 4.5 h %d, of 24 h %d, in 2001 %d, early in 2013 to 2015:%s\n", NR - 1, first, last,
              n["3.5"], n["4.5"], n["24"], y["2001"], early }'
}
hours xnys.csv.zst
hours xlon.csv.zst
hours 24-5.csv
awk -F/ '{ n++; if (n == 1) first = $0; last = $0; if ($3 + 0 == 2012) { y++; if ($1 == 10) days = days " " $0 } } END { printf "%d closings %s..%s, %d in 2012:%s\n", n, first, last, y, days }' \
    "$SHARED/data/nyse_holidays/nyse_all_full_day_holidays_since_1928.csv" | tr -d '\r'
