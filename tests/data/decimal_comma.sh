# A spreadsheet's chain with decimal commas: the expiry is days, the moment and the side stand nowhere.
. "$TOP/tests/data/facts.bash"
sample decimal_comma
read_it() { oc-ingest --preset spx-decimal-comma "$@" <"$DIR/spx_options.csv"; }
read_it --ts 2022-01-03T21:00:00Z --tz America/New_York --symbol SPX --set type=C >chain.csv
facts '{ day[$c["expiry"]]++; sum += $c["mid"]; d = $c["mid"] - ($c["bid"] + $c["ask"]) / 2; apart += d > 1e-9 || d < -1e-9 }
    END { for (d in day) n++; printf "%d rows, %d expiries, sum of mids %.2f, apart from the middle %d\n", NR - 1, n, sum, apart }' <chain.csv
facts '{ print $c["expiry"] }' <chain.csv | sort -u | while read -r d; do echo $((($(date -ud "$d" +%s) - $(date -ud 2022-01-03 +%s)) / 86400)); done | tr '\n' ' '
echo days
read_it --tz America/New_York --symbol SPX --set type=C | tail -n 1
read_it --ts 2022-01-03T21:00:00Z --tz America/New_York --set type=C | tail -n 1
read_it --ts 2022-01-03T21:00:00Z --tz America/New_York --symbol SPX | tail -n 1
