# Prices of a chain give back the forwards and rates that it was made of: dividends in cash, a negative rate, two settlements.
printf 'symbol,ex_date,amount\nSPX,2024-06-20,12.5\nSPX,2024-08-01,7\n' >dividends.csv
made() {
    oc-chain --symbol SPX --spot 5000 --schedule monthly:4@AM,daily:2 --strikes 25 --chain-size 40 --vol 20% --smile=-0.3,0.2 \
        --forward --ts 2024-06-03T14:30Z "$@" | oc-cat --keep ts,symbol,root,expiry,settle,type,strike,price,forward,rate,iv |
        sed '1s/forward,rate,iv/made_forward,made_rate,made_iv/' | awk -F, -v OFS=, 'NR == 1 { print $0, "bid", "ask"; next }
            { print $0, $8, $8 }'
}
# The largest errors, of the forward relative, of the rate absolute.
worst() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        function abs(x) { return x < 0 ? -x : x }
        { n[$c["status"]]++; f = abs($c["forward"] / $c["made_forward"] - 1); r = abs($c["rate"] - $c["made_rate"])
          if (f > worst_f) worst_f = f; if (r > worst_r) worst_r = r }
        END { for (s in n) print s, n[s]; print worst_f < 1e-10 ? "forwards agree" : "forward off by " worst_f
              print worst_r < 1e-9 ? "rates agree" : "rate off by " worst_r }'
}
made --rate 3% --dividend-yield 1% | oc-vol forward | worst
made --rate=-1.5% --dividend-yield 0 --dividends dividends.csv | oc-vol forward | worst
made --rate 4% --dividend-yield 0 --dividends dividends.csv | oc-vol forward --rate 4% --from executable | worst
# from here on oc-price prices with them: the volatilities of the chain come back, within 10 % of the money
made --rate=-1.5% --dividend-yield 0 --dividends dividends.csv | oc-vol forward |
    oc-price --iv --price-from bid --where 'strike >= 4500 && strike <= 5500' |
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } $c["expiry"] == "2024-06-03" || $c["expiry"] == "2024-06-04" { next }
        { d = $c["iv"] - $c["made_iv"]; if (d < 0) d = -d; n++; none += $c["iv"] == ""; if (d > worst) worst = d }
        END { print n " rows, " none + 0 " without, " (worst < 1e-9 ? "volatilities agree" : "off by " worst) }'
