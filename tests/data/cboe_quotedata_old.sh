# Cboe's table of 2011, the same cleaned up by pyql's authors, and their IVs against Black (1976).
. "$TOP/tests/data/facts.bash"
sample cboe_quotedata_old
oc-ingest --preset cboe-quotedata-old "$DIR/SPX-Options-24jan2011.csv" >table.csv
facts '{ root[$c["root"]] += 0.5; n[$c["type"]]++; v[$c["type"]] += $c["volume"]; oi[$c["type"]] += $c["open_interest"] }
    END { printf "%d lines, SPX %d, SPXPM %d, SPXW %d, volume %d/%d, oi %d/%d, underlying %s at %s\n", n["C"], root["SPX"],
          root["SPXPM"], root["SPXW"], v["C"], v["P"], oi["C"], oi["P"], $c["spot"], $c["ts"] }' <table.csv
facts '$c["root"] == "SPXW" { w[$c["expiry"]]++ } $c["root"] == "SPX" { if ($c["expiry"] > last) last = $c["expiry"] }
    END { for (d in w) printf "SPXW expires %s; ", d; print "the last SPX " last }' <table.csv
# pyql's file tells the day only
oc-ingest --preset pyql-chain --ts 2011-01-24T19:03:00Z "$DIR/df_SPX_24jan2011.csv" |
    facts '{ n[$c["type"]]++; day[$c["expiry"]] = 1 }
        END { for (d in day) { days++; if (!first || d < first) first = d; if (d > last) last = d }
              printf "%d C, %d P, %d expiries %s..%s\n", n["C"], n["P"], days, first, last }'
oc-ingest --preset pyql-chain --ts 2011-01-24T19:03:00Z "$DIR/df_options_SPX_24jan2011.csv" >ivs.csv
reprice() { # COLUMN-OF-IV: largest difference to the side it belongs to
    oc-price --model black76 -m "iv=$1" ivs.csv |
        facts 'function abs(x) { return x < 0 ? -x : x }
            { day[$c["expiry"]] = 1; want = "'"$2"'" == "bid" ? $c["bid"] : ($c["bid"] + $c["ask"]) / 2
              if ((d = abs($c["price"] - want)) > most) most = d }
            END { for (d in day) days++; printf "%d rows, %d expiries, '"$1"' gives the '"$2"' within %.4f\n", NR - 1, days, most }'
}
reprice vendor_iv_bid bid
reprice vendor_iv mid
facts '{ same += $c["vendor_iv"] == $c["vendor_iv_bid"] && $c["vendor_iv"] == $c["vendor_iv_ask"] } END { print "three equal IVs on", same, "rows" }' <ivs.csv
