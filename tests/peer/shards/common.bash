# common.bash - what the tests of shards share: a book of contracts, and the run that was never cut.
export PATH=$BUILD_DIR/bin:$PATH
dir=$(mktemp -d)

cat >"$dir/contracts.csv" <<'CSV'
contract_id,product,type,style,strike,spot,rate,dividend_yield,years,iv,fixings,average
a,european,C,E,100,100,0.03,0.01,1,0.2,,
b,asian,C,E,100,100,0.03,0.01,1,0.2,12,A
c,european,P,E,80,100,0.03,0.01,0.5,0.3,,
CSV
paths=${OC_FULL:+4000000}
paths=${paths:-150000}
run=(oc-mc price --paths "$paths" --seed 11 "$dir/contracts.csv")

ok() { echo "ok $name: $1"; }
not_ok() { echo "not ok $name: $1"; [ $# -lt 2 ] || head -n 5 "$2" | sed 's/^/# /'; }
same() { # WHAT FILE : the bytes of the whole run
    if [ -s "$dir/whole.csv" ] && cmp -s "$dir/whole.csv" "$2"; then ok "$1"; else not_ok "$1: other bytes" "$2"; fi
}
"${run[@]}" -o "$dir/whole.csv" 2>"$dir/err" || not_ok "the whole run" "$dir/err"
