# One letter, and one long name, never means two things in two programs.
for p in oc-ingest oc-price oc-cat; do
    $p --help=json | sed -n 's/^  {"name":"\([^"]*\)","letter":\("."\|null\),"argument":\("[^"]*"\|null\).*/\1 \2 \3/p' | sed "s/^/$p /"
done >options
awk '$3 != "null" && seen[$3] && seen[$3] != $2 { print "letter " $3 ": --" seen[$3] " and --" $2 " of " $1 } { seen[$3] = $2 }' options
awk '{ form = $3 " " $4 } seen[$2] && seen[$2] != form { print "--" $2 " of " $1 ": " form ", elsewhere " seen[$2] } { seen[$2] = form }' options
[ "$(wc -l <options)" -gt 100 ] && echo compared
