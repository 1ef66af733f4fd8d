# --on-error: stop writes the rows before and tells the place; na keeps the row; skip moves it out; nothing is lost.
printf 'type,strike,spot,years,iv,note\nC,100,100,1,0.2,a\nP,90,100,1,0.2,b\nC,x,100,1,0.2,c\nQ,100,100,1,0.2,d\nC,100,,1,0.2,e\nC,100,100,1,0.2,f\n' >in.csv
try() { echo "$*"; "$@" >out 2>err; echo "status $?"; cat out err; }
A="--rate 5% --dividend-yield 0"
try oc-price $A in.csv
try oc-price $A in.csv -j2 --batch-rows 1
try oc-price $A in.csv --on-error na
try oc-price $A in.csv --on-error skip
try oc-price $A in.csv --on-error skip --rejects r.csv
cat r.csv
oc-cat --raw r.csv
try oc-price $A in.csv --on-error skip --rejects r.csv --max-rejects 1
try oc-price $A --errors json in.csv -o never.csv
ls never.csv 2>&1
printf 'type,strike,spot,years,iv\nC,100,100,1,0.2\nC,100,100\n' >ragged.csv
try oc-price $A ragged.csv
try oc-price $A ragged.csv --on-error na
try oc-price $A ragged.csv --on-error skip --rejects r.csv
cat r.csv
# the row that is one too many ends the run, wherever blocks end; counts and shares are spelled as everywhere
for j in "-j1 --batch-rows 1" "-j3 --batch-rows 2" -j1; do
    oc-price $A in.csv --on-error skip --rejects r.csv --max-rejects 1 $j 2>&1 | cat - r.csv | cksum
done | uniq | wc -l
try oc-price $A in.csv --on-error skip --rejects r.csv --max-rejects 50.5%
try oc-price $A in.csv --on-error skip --rejects r.csv --max-rejects 1k --no-provenance
# a row of a binary stream has no text: it is given as CSV
printf 'type,strike,spot,years,iv,note\nC,100,100,1,0.2,"a,b"\nQ,100,100,1,0.2,\n' | oc-cat --kind contract -O arrow | try oc-price $A --on-error skip --rejects r.csv -O csv
cat r.csv
# no file is left of an output that could not begin, and no option writes over another's file
mkdir left
try oc-price $A in.csv -o left/out.csv --on-error skip --rejects left/no/r.csv
try oc-price $A in.csv -o left/out.csv --on-error skip --rejects left/out.csv
try oc-price $A in.csv -o left/out.csv --stats left/out.csv
ls -A left
# a row that --only leaves out keeps what --replace overwrites in others, and has no status where nothing was said
printf 'type,strike,spot,years,iv,price,status\nC,100,100,1,0.2,8,\nP,100,100,1,0.3,7,x:y\nP,100,100,1,0.4,9,\n' >only.csv
try oc-price $A only.csv --replace price --only 'type == "C"'
