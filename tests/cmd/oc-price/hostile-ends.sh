# with threads a run ends at every error, early or late, of a row or of the reader, and says what it says without them
awk 'BEGIN { print "type,strike,spot,years,iv,note"; for (i = 0; i < 60000; i++) printf "C,%d,100,1,0.2,row number %d\n", 50 + i % 100, i }' >good.csv
sed '40000s/100,1/x,1/' good.csv >late.csv
sed '300s/100,1/x,1/' good.csv >early.csv
oc-cat --kind contract -O arrow good.csv | head -c 600000 >cut.arrows
gzip -c good.csv | head -c 60000 >cut.csv.gz
A="--rate 5% --dividend-yield 0"
for f in late.csv early.csv cut.arrows cut.csv.gz "good.csv missing.csv" "good.csv cut.csv.gz"; do
    oc-price $A -j1 $f >one 2>one.err
    echo "$f: status $?"
    cat one.err
    for i in 1 2 3 4 5 6; do
        timeout 20 oc-price $A -j$((1 + i % 4)) --batch-rows $((10 ** (i % 3) * 40)) $f >many 2>many.err
        echo "status $?"
        cmp one many && cmp one.err many.err
    done | uniq
done
