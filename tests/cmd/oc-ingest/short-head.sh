# `short N` and `head LINE CELL`: records of fewer cells, cells of the head that have no name; what of them is refused.
of() { { printf 'version 1\n'; cat; } >p.preset; }
try() { oc-ingest --preset ./p.preset "$@" >out 2>err; s=$?; cat out; [ $s = 0 ] || { sed 's/"!oc: output cut$//' err; echo "status $s"; }; }
printf 'kind quote\nheader K\nshort 2\ncolumn strike from K\ncolumn bid from b\ncolumn ask from c\ncolumn x from d\n' | of
printf 'K,b,c,d\n1,2\n3,4,5\n6,7,8,9\n"10","1"\n\n11,12,13,\n' >a.csv
try a.csv
mv out want; try a.csv -j2 --batch-rows 1 | cmp - want && echo same
printf 'K,b,c,d\n1,2\n3\n' | try
printf 'K,b,c,d\n1,2\n3,4,5,6,7\n' | try
printf 'K,b,c,d\n1,2\n3\n4,5,6,7,8\n9,9,9\n' | try --on-error skip --rejects r.csv
cut -d, -f2-5 r.csv
printf 'kind quote\nheader K\nshort 0\ncolumn strike from K\n' | of
try a.csv
printf 'kind quote\nheader K\nzone America/New_York\ncolumn ts head 2 1 time "%%b %%d %%Y @ %%H:%%M ET"\ncolumn spot head 1 2\ncolumn strike from K\n' | of
printf 'SPX (S&P),"1,290.59",+7.24,\nJan 24 2011 @ 14:03 ET,\nK\n1\n' >b.csv
try b.csv
try b.csv --ts 2011-01-24T21:00Z
printf '\nSPX,1290.59\nJan 24 2011 @ 14:03 ET\nK\n1\n' | try
printf 'SPX\nJan 24 2011 @ 14:03 ET\nK\n1\n' | try
printf 'SPX,1\nyesterday\nK\n1\n' | try
for bad in 'head 0 1' 'head 1 x' 'head 1 2 3' 'head'; do
    printf "kind quote\nheader K\ncolumn spot $bad\n" | of
    try b.csv
done
