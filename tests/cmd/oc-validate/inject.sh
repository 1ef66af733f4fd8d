# Faults are a function of records, options and seed: the same for any batches, threads and format; labels say where they are.
. "$TOP/tests/cmd/oc-validate/streams.bash"
ticks 3000 1 >ticks.csv
o=(--calendar XNYS --set gap=1500,stale=30)
echo "-- one fault, and its label"
oc-validate "${o[@]}" --inject crossed=.1% --labels l.csv ticks.csv >bad.csv
oc-cat l.csv --keep check,severity,symbol,line,column,value,row_key
while IFS=, read -r line; do sed -n "${line}p" bad.csv; done < <(oc-cat l.csv --keep line | tail -n +2)
echo "-- the same bytes"
oc-validate -q "${o[@]}" --inject all=.5% --labels one.l ticks.csv >one.csv
for w in "-j 4" "--batch-rows 1" "--batch-rows 77 -j 3"; do
    # shellcheck disable=SC2086
    oc-validate -q "${o[@]}" $w --inject all=.5% --labels l.csv ticks.csv >bad.csv
    cmp one.csv bad.csv && cmp one.l l.csv && echo "equal"
done
oc-validate -q "${o[@]}" --inject all=.5% --labels l.csv --seed 2 ticks.csv | cmp -s - one.csv || echo "another seed, other faults"
chains 60 1 -o chains.csv >chains.csv
oc-validate -q --arbitrage --inject all=1% --labels one.l chains.csv >one.csv
for w in "-j 4" "--batch-rows 1" "--batch-rows 77 -j 3"; do
    # shellcheck disable=SC2086
    oc-validate -q --arbitrage $w --inject all=1% --labels l.csv chains.csv >bad.csv
    cmp one.csv bad.csv && cmp one.l l.csv && echo "equal"
done
echo "-- and the same records from Arrow; lines of labels count its records, without a header"
oc-cat ticks.csv -o ticks.arrows
oc-validate -q "${o[@]}" --skip gap --inject all=.5% --labels one.l ticks.csv >one.csv
oc-validate -q "${o[@]}" --skip gap --inject all=.5% --labels a.l ticks.arrows -o bad.arrows
oc-cat diff one.csv bad.arrows && echo "the same records"
oc-validate -q "${o[@]}" --skip gap --samples all --checks c.csv bad.arrows -o /dev/null -O csv 2>/dev/null
oc-validate -q --score c.csv --truth a.l >score.csv; echo "status $?"
echo "-- a gap of a size; kinds stay"
bars 2000 1 >bars.csv
oc-validate -q --calendar XNYS --inject gap=5 --labels l.csv bars.csv | oc-cat --kind bar | wc -l
oc-cat l.csv --keep check,symbol,ts,end_ts,line,value
echo "-- precision: what is found in good records is false, what is not found is missed"
oc-validate -q --inject crossed=1% --labels l.csv ticks.csv >bad.csv
oc-validate -q --samples all --checks c.csv --set spread=.0001 --skip order bad.csv >/dev/null
oc-validate --score c.csv --truth l.csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i } { print $c["stat"], $c["source"], $c["value"] }' | grep -v explained
echo "status $?"
oc-validate -q --samples 3 --checks c.csv bad.csv >/dev/null
oc-validate -q --score c.csv --truth l.csv | head -2; echo "status $?"
oc-validate -q --score c.csv --truth c.csv --min-precision 0 >/dev/null; echo "status $?"
echo "-- mistakes"
try() { oc-validate "$@" ticks.csv >/dev/null; echo "status $?"; }
try --inject crossed
try --labels l.csv
try --inject nonsense --labels l.csv
try --inject location --labels l.csv
try --inject crossed=0 --labels l.csv
try --inject crossed=x --labels l.csv
try --inject crossed=.1%:5 --labels l.csv
try --inject ohlc --labels l.csv
try --inject vertical --labels l.csv
try --inject crossed --labels l.csv --checks c.csv
try --score c.csv
printf 'ts,symbol,price\n2024-09-03T14:00:00Z,A,x\n' | oc-validate --inject price --labels l.csv; echo "status $?"
printf 'check,severity\nnonsense,ok\n' >n.csv; oc-validate --score n.csv --truth l.csv; echo "status $?"
