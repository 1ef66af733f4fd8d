# NSE's historical prices of the near call of one share, and of the share: sessions, expiries, strikes, sessions on weekends.
. "$TOP/tests/data/facts.bash"
sample nse_india
oc-ingest --preset nse-contract-history "$DIR/POWERGRID_CE_2023-25.csv" >option.csv
oc-ingest --preset nse-index-history --symbol POWERGRID "$DIR/POWERGRID_Historical_Data.csv" >share.csv
facts '{ day[substr($c["ts"], 1, 10)]++; expiry[$c["expiry"]] = 1; strike[$c["strike"] + 0] = 1; side[$c["type"]]++
         if (NR == 2 || $c["ts"] < first) first = $c["ts"]; if ($c["ts"] > last) last = $c["ts"] }
    END { for (d in day) days++; for (e in expiry) expiries++; for (s in strike) strikes++
          printf "%d rows, %d sessions %s..%s, %d expiries, %d strikes, calls %d\n", NR - 1, days, first, last, expiries, strikes, side["CE"] + side["C"] }' <option.csv
days() { facts '{ print substr($c["ts"], 1, 10) }' <"$1" | sort; }
cmp <(days option.csv) <(days share.csv) && echo "the same $(days share.csv | wc -l) dates in both"
days option.csv | while read -r d; do date -ud "$d" '+%a %F'; done | grep '^S'
