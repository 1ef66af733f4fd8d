# An empty cell that a program before had no answer for, and said so, is no malformed input: the row has no answer.
printf '%s\n' type,strike,years,bid,ask,forward,rate,status \
    C,100,1,7,8,,,forward:few-pairs C,100,1,7,8,101,,rate:out-of-domain C,100,1,7,8,101,0.02,ok P,100,1,7,8,,0.02,'x:y forward:inconsistent' >q.csv
try() { oc-price "$@"; echo "status $?"; }
try --iv --float sig:6 q.csv
try --iv --strict --keep iv q.csv
echo "## what options supply is taken"
try --iv --forward 101 --rate 2% --float sig:6 --keep iv,status q.csv
echo "## an empty cell of which nothing is said is malformed, and so is one with a reason of another column"
for status in ok '' forward iv:no-bid forwards:few-pairs; do
    sed "4d; 3d; 2s/forward:few-pairs/$status/" q.csv | try --iv --keep iv
done
sed '2,3d; 4s/101,0.02,ok/101,,forward:outlier/; 5d' q.csv | try --iv --keep iv,status
echo "## volatilities that could not be implied, of a run before"
printf '%s\n' type,strike,years,bid,ask,forward,rate C,100,1,0,8,101,0.02 C,100,1,7,8,101,0.02 | oc-price --iv --price-from bid >iv.csv
try --greeks delta --float sig:6 --keep iv,price,delta,status iv.csv
echo "## coin without a spot"
printf '%s\n' kind,type,strike,years,bid,ask,forward,rate,inverse,status quote,C,100,1,0.07,0.08,101,,true,rate:no-spot | try --iv --kind quote --ts 2026-01-01T00:00Z
