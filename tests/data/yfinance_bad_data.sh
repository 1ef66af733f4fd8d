# Yahoo's daily bars with errors, against the same bars as repaired: which rows differ, and by what.  The adjusted closes of the
# good files are those that oc-bars makes of their closes and dividends.
. "$TOP/tests/data/series.bash"
sample yfinance_bad_data
read_one() { oc-ingest --preset yahoo-daily --symbol "$1" --set interval="$2" "$DIR/$3.csv" | tr -d '\r' >"$4"; }
for f in AET-L-1d-100x-error ALPHA-PA-1d-bad-stock-split 4063-T-1d-bad-stock-split MOB-ST-1d-bad-stock-split \
    8TRA-DE-1d-missing-div-adjust KAP-IL-1d-bad-div 1398-HK-1d-bad-div; do
    read_one X 1d $f bad.csv
    read_one X 1d $f-fixed fixed.csv
    echo "-- $f"
    awk -F, 'function near(a, b) { return a == b || (a - b) ^ 2 < (1e-6 * b) ^ 2 }
        FNR == 1 { file++; for (i = 1; i <= NF; i++) c[file, $i] = i; next }
        { d = substr($1, 1, 13) }
        file == 1 { n++; close_[d] = $c[1, "close"]; volume[d] = $c[1, "volume"]; adj[d] = $c[1, "adj_close"]; div[d] = $c[1, "dividend"]
                    if (n == 1) first = d; last = d; next }
        { m++; there += d in close_
          if (!near(close_[d], $c[2, "close"])) { k = sprintf("%.6g", $c[2, "close"] / close_[d]); off[k]++; offs++; if (!from || d < from) from = d; if (d > to) to = d }
          vols += !near(volume[d], $c[2, "volume"]); adjs += !near(adj[d], $c[2, "adj_close"])
          if (!near(div[d] + 0, $c[2, "dividend"] + 0)) { divs++; what = what sprintf(" %s %g for %g", d, div[d], $c[2, "dividend"]) } }
        END { printf "%d bars %s first %s, %d of them repaired in place\n", n, (first > last ? "newest" : "oldest"), first, there
              printf "closes off %d", offs; for (k in off) printf ", %d by %s", off[k], k; if (offs) printf ", %s..%s", from, to
              printf "; volumes %d, adjusted closes %d, dividends %d%s\n", vols, adjs, divs, what }' bad.csv fixed.csv
done
echo "-- closes and dividends to adjusted closes"
adjusted() { # FILE ZONE
    oc-ingest --preset yahoo-actions --symbol X "$DIR/$1.csv" | oc-cat --where 'dividend_type == "cash"' >act.csv
    read_one X 1d "$1" all.csv
    oc-cat --where 'close != null' all.csv >y.csv
    oc-bars --every 1d --tz "$2" --adjust act.csv --adjust-as factor y.csv >f.csv
    paste -d, f.csv y.csv | series '{ n++; d = $c["adj_close"] / ($c["close"] * $c["adj_factor"]) - 1; off += d > 1e-5 || d < -1e-5 }
        END { printf "%d of %d differ, ", off, n }'
    echo "$(($(wc -l <act.csv) - 1)) dividends: $1"
}
adjusted 8TRA-DE-1d-missing-div-adjust Europe/Berlin
adjusted 8TRA-DE-1d-missing-div-adjust-fixed Europe/Berlin
adjusted KAP-IL-1d-bad-div-fixed Europe/London
adjusted 1398-HK-1d-bad-div Asia/Hong_Kong
adjusted 1398-HK-1d-bad-div-fixed Asia/Hong_Kong
adjusted CALM-1d-no-bad-divs America/New_York
oc-ingest --preset yahoo-actions --symbol X "$DIR/4063-T-1d-bad-stock-split.csv"
echo "-- nothing wrong"
read_one CALM 1d CALM-1d-no-bad-divs c.csv
bars <c.csv
series '$c["dividend"] + 0 { n++; s += $c["dividend"] } END { printf "%d dividends, %.6g\n", n, s }' <c.csv
read_one EA 15m EA-15m-no-bad-divs e.csv
bars <e.csv
series '$c["dividend"] + 0 { n++ } END { print n " dividend" }' <e.csv
gaps 900 <e.csv | wc -l
series '{ t = secs($1); odd += t % 900 != 0 } END { print odd + 0 " not on a quarter of an hour" }' <e.csv
