# An error in a row, met by several threads: always the same bytes and the same status, and never a thread left waiting.
{
    echo type,strike,spot,years,iv
    for i in 1 2 3 4 5 6 7 8; do echo "C,$((90 + i)),100,1,0.2"; done
    echo C,x,100,1,0.2
    for i in 1 2 3 4 5 6 7 8; do echo "P,$((90 + i)),100,1,0.2"; done
} >in.csv
for j in 2 3; do
    for rows in 1 3; do
        for ((n = 0; n < 25; n++)); do
            timeout 10 oc-price --rate 5% --dividend-yield 0 -j $j --batch-rows $rows in.csv >out 2>err
            echo "-j$j --batch-rows $rows: status $?, $(wc -l <out) lines, $(cksum <out)"
        done | sort -u
    done
done
cat out err
