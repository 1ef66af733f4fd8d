# What reads a file, and what its figures show of their units: the same chain with volatilities and Greeks in several units.
f=$TOP/testdata/spx_synthetic.csv
oc-ingest --sniff "$f" | grep -A 4 '^  cboe-quotedata:'
oc-ingest --preset cboe-quotedata "$f" -O arrow | oc-price --iv --greeks first --rate 3.9% --dividend-yield 1.3% \
    --where 'expiry < 2027-03-01' --on-error na -O csv |
    oc-cat --where 'status == "ok"' --keep ts,symbol,expiry,type,strike,bid,ask,spot,iv,theta,vega -O csv >chain.csv
make() { # IV THETA VEGA STRIKE: factors
    awk -F, -v OFS=, -v a="$1" -v b="$2" -v c="$3" -v k="$4" 'NR == 1 { print "when,und,exp,cp,K,b,a,S,vol,th,ve,DTE"; next }
        { d = $3; gsub("-", " ", d); t = substr($1, 1, 10); gsub("-", " ", t)
          print $1, $2, $3, $4, $5 * k, $6, $7, $8, $9 * a, $10 * b, $11 * c, (mktime(d " 0 0 0") - mktime(t " 0 0 0")) / 86400 }' chain.csv
}
cat >own.preset <<'P'
version 1
kind quote
header "when,"
column ts from when time "%Y-%m-%dT%H:%M:%S%z"
column symbol from und
column expiry from exp
column type from cp
column strike from K
column bid from b
column ask from a
column spot from S
column vendor_iv from vol
column vendor_theta from th
column vendor_vega from ve
P
for case in '1 1 1 1' '100 1/365 1/100 1000' '1 1/252 1/100 100' '1 -1 7 1'; do
    echo "== $case"
    set -f
    make $(for x in $case; do awk "BEGIN { print $x }"; done) >own.csv
    oc-ingest --sniff --preset ./own.preset own.csv
done
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
echo '== none fits, one nearly fits, --sniff is suggested'
printf 'a,b\n1,2\n' >none.csv
sed '4s/Open Interest$/Open Int/' "$f" >near.csv
try oc-ingest --sniff --preset cboe-quotedata none.csv near.csv
oc-ingest --sniff near.csv 2>/dev/null | grep cboe-quotedata:
try oc-ingest none.csv
try oc-ingest --preset yahoo-options near.csv
try oc-ingest --sniff
try oc-ingest --sniff nowhere.csv
