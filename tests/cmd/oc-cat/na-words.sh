# Words of --na are missing numbers wherever records are read: digests, tables, comparisons too.
printf 'ts,symbol,type,strike,expiry,iv\n2026-01-02T00:00:00Z,X,C,100,2026-02-02,NaN\n' >a.csv
printf 'ts,symbol,type,strike,expiry,iv\n2026-01-02T00:00:00Z,X,C,100,2026-02-02,\n' >b.csv
oc-cat digest a.csv | cut -d ' ' -f 1 >a
oc-cat digest b.csv | cut -d ' ' -f 1 | cmp a - && echo "one digest"
oc-cat diff a.csv b.csv
oc-cat --table a.csv
oc-cat digest --na '' a.csv
