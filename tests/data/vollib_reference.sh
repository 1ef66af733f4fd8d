# Reference values of vollib's tests: our prices and Greeks of the same options, a call and a put a record.
. "$TOP/tests/data/facts.bash"
sample vollib_reference
oc-ingest --preset vollib-reference "$DIR/test_data.json" >values.csv
echo "$(($(wc -l <values.csv) - 1)) options"
oc-price --model bsm --greeks first values.csv |
    facts 'function abs(x) { return x < 0 ? -x : x }
        function far(name, a, b) { if (abs(a - b) > most[name]) most[name] = abs(a - b) }
        $c["status"] != "ok" { print "no answer in row", NR }
        { far($c["type"] " price", $c["price"], $c["vendor_price"]); far("delta", $c["delta"], $c["vendor_delta"])
          far("gamma", $c["gamma"], $c["vendor_gamma"]); far("theta", $c["theta"], $c["vendor_theta"]); far("vega", $c["vega"], $c["vendor_vega"])
          far("rho", $c["rho"], $c["vendor_rho"]) }
        END { printf "largest differences: call %.1e, put %.1e, delta %.1e, gamma %.1e, theta %.1e, vega %.1e, rho %.1e\n", most["C price"],
              most["P price"], most["delta"], most["gamma"], most["theta"], most["vega"], most["rho"] }'
